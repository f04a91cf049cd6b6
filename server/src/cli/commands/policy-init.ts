import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { draftPolicy, type DraftFacts } from '../../core/plan/draft-policy';
import { planPolicies } from '../../core/plan/plan-policies';
import { formatPolicy } from '../../core/policy/format-policy';
import { parsePolicy } from '../../core/policy/parse-policy';
import { DEFAULT_IGNORE } from '../../core/policy/schema-receive';
import type { Host } from '../../core/run/host';
import { readInventory } from '../../core/run/read-inventory';
import { nearest as nearestOf } from '../../core/text/nearest';
import type { Inventory } from '../../core/zfs/inventory';
import { poolOf } from '../../core/zfs/names';
import { EXIT, type ExitCode } from '../exit-code';
import { usageFailure, worldFailure } from '../failure';
import type { Io } from '../io';
import { type OpenHosts, readHosts } from '../open-hosts';
import { wrapText } from '../reporters/wrap-text';
import { harmless } from '../style';
import { errorCode } from '../text-file';
import { type End, readEnds } from './policy-ends';
import type { PolicyInvocation } from './policy-options';

/** Asks two hosts, read only, and prints a policy for a dataset that exists. */
export async function initPolicy(invocation: PolicyInvocation, io: Io): Promise<ExitCode> {
  const { values } = invocation;
  const ends = readEnds(invocation);
  const entries = [...new Map(ends.map(({ entry }) => [entry.name, entry])).values()];
  const facts = await readHosts(entries, { io, sshConfig: values['ssh-config'] }, (open) => lookAt(ends, open, io));
  const text = draftText(facts, io);
  if (values.output === undefined) io.stdout.write(text);
  else await writeNew(values.output, text, io);
  return EXIT.done;
}

async function lookAt([source, target]: readonly [End, End], { hosts }: OpenHosts, io: Io): Promise<DraftFacts> {
  const look = (end: End, ...roots: readonly string[]): Promise<Inventory> =>
    readInventory(hostOf(hosts, end), io.now().toISOString(), { roots });
  const isOneHost = source.entry.name === target.entry.name;
  const [from, to, staying] = await Promise.all([
    look(source, source.dataset, ...(isOneHost ? [target.dataset] : [])),
    look(target, target.dataset, ...(isOneHost ? [source.dataset] : [])),
    readStaying(hostOf(hosts, source), source),
  ]);
  if (from.datasets.every(({ name }) => name !== source.dataset))
    throw noSource(source, await look(source, poolOf(source.dataset)));
  return {
    source: { ...source, inventory: from },
    target: { ...target, inventory: to },
    staying,
    conflicts: [],
  };
}

function hostOf(hosts: OpenHosts['hosts'], { entry: { name } }: End): Host {
  const host = hosts[name];
  if (host === undefined) throw new Error(`${name} was opened under another name`);
  return host;
}

/** Set at the source, and kept there by the defaults. A host that does not say is no reason to stop. */
async function readStaying(host: Host, { dataset }: End): Promise<DraftFacts['staying']> {
  const columns = ['-Hp', '-r', '-t', 'filesystem,volume', '-s', 'local,received', '-o', 'name,property,value'];
  const { code, stdout } = await host.exec(['zfs', 'get', ...columns, DEFAULT_IGNORE.join(','), dataset]);
  const rows = code === 0 ? stdout.split('\n').map((line) => line.split('\t')) : [];
  return rows.flatMap(([name, property, value]) =>
    name === undefined || property === undefined || value === undefined ? [] : [{ dataset: name, property, value }],
  );
}

/** The draft, with what a plan of it would refuse said at its top. */
function draftText(facts: DraftFacts, io: Io): string {
  const { source, target } = facts;
  const { file, problems } = parsePolicy(draftPolicy(facts));
  if (file === undefined) throw usageFailure(problems[0]?.message ?? 'these two cannot be one policy');
  const inventories = { [target.entry.name]: target.inventory, [source.entry.name]: source.inventory };
  const { jobs } = planPolicies(file, Object.keys(file.policies), inventories, io.now().toISOString());
  const conflicts = jobs.flatMap((job) => job.conflicts.map(({ message }) => message));
  const formatted = formatPolicy(draftPolicy({ ...facts, conflicts }));
  if (!formatted.ok) throw new Error(formatted.error[0]?.message);
  return formatted.value.split('\n').flatMap(wrapComment).join('\n');
}

/** A line that is a comment, so that it can be read beside the policy. */
function wrapComment(line: string): readonly string[] {
  const [, margin, text] = /^( *# )(.*)$/.exec(line) ?? [];
  if (margin === undefined || text === undefined || line.length <= WIDTH) return [line];
  return wrapText(text, WIDTH - margin.length).map((part) => margin + part);
}

const WIDTH = 100;

function noSource({ entry, dataset }: End, inventory: Inventory): Error {
  const meant = nearestOf(
    dataset,
    inventory.datasets.map(({ name }) => name),
  );
  const pools = inventory.pools.map(({ name }) => name).join(', ');
  const hint = meant === undefined ? `Its pools are ${pools}` : `Did you mean ${meant}?`;
  return usageFailure(`${entry.name} has no dataset ${dataset}`, hint);
}

async function writeNew(file: string, text: string, io: Io): Promise<void> {
  const shown = harmless(file);
  try {
    await writeFile(path.resolve(io.cwd, file), text, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw usageFailure(`${shown} exists already, and is left as it is`);
    throw worldFailure(`${shown} cannot be written (${errorCode(error) ?? 'unknown error'})`);
  }
  io.stdout.write(`${shown}: written. Read it, then: rawsend plan -f ${shown}\n`);
}
