import path from 'node:path';
import { bringersFirst } from '../core/policy/bringer';
import { type ParsedPolicy, parsePolicy } from '../core/policy/parse-policy';
import type { HostEntry, Policy, PolicyFile } from '../core/policy/policy';
import { EXIT } from './exit-code';
import { Failure, usageFailure, worldFailure } from './failure';
import type { Io } from './io';
import { formatFindings } from './reporters/lint-text';
import { createIncludedReader } from './read-included';
import { findPolicyFile } from './repository';
import { styleFor } from './style';
import { listNames } from '../core/text/list-names';
import { nearest as nearestOf } from '../core/text/nearest';
import { decodeText } from './text-encoding';
import { readTextFile } from './text-file';

/** The option of every command that reads a policy file. */
export const FILE_OPTION = {
  file: {
    type: 'string',
    short: 'f',
    argument: 'FILE',
    summary: 'The policy file; - is standard input, as a file here (default: the nearest rawsend.yaml)',
  },
} as const;

/** What every command that takes policies says of its operands. */
export const NAME_OPERAND =
  'NAME is a policy of the file, with all of its targets, or NAME:HOST one of them; it may be left out when there is only one policy.';

/** A policy file without errors. */
export interface LoadedPolicy {
  /** As messages name it. */
  readonly path: string;
  readonly file: PolicyFile;
  /** Where everything in it is written. */
  readonly parsed: ParsedPolicy;
}

/**
 * Reads the policy file that `-f` names, or the nearest one. Throws a Failure when there is none, and one with
 * exit code 1, after printing the findings to standard error, when it has errors: nothing is done on a policy that is wrong.
 */
export async function loadPolicy(option: string | undefined, io: Io): Promise<LoadedPolicy> {
  const found = option ?? findPolicyFile(io.cwd);
  if (found === undefined)
    throw usageFailure(
      'there is no rawsend.yaml here or above, within the repository',
      'Name the policy file with -f FILE',
    );
  const shown = found === '-' ? 'stdin' : path.relative(io.cwd, path.resolve(io.cwd, found)) || found;
  const text = await readPolicyText(found, io);
  // What comes on standard input stands in the working folder.
  const place = found === '-' ? `${path.resolve(io.cwd)}/` : path.resolve(io.cwd, found);
  const parsed = parsePolicy(text, await createIncludedReader()(place, text));
  return { path: shown, ...checkPolicy(shown, { text, parsed }, io) };
}

async function readPolicyText(file: string, io: Io): Promise<string> {
  if (file === '-') return decodeText(await io.stdin.read()).text;
  const read = await readTextFile(path.resolve(io.cwd, file));
  if (read.ok) return read.value.text;
  throw (read.error.wrongUse ? usageFailure : worldFailure)(`the policy file ${file} ${read.error.reason}`);
}

/** Read here and not linted: a comment can hide a finding, but not make a wrong policy a right one. */
function checkPolicy(
  shown: string,
  { text, parsed }: { readonly text: string; readonly parsed: ParsedPolicy },
  io: Io,
): Omit<LoadedPolicy, 'path'> {
  if (parsed.file !== undefined) return { file: parsed.file, parsed };
  const findings = parsed.problems.map((problem) => ({ ...problem, severity: 'error' as const }));
  const report = formatFindings({ path: shown, text, findings }, styleFor(io.stderr, io.env));
  io.stderr.write(report);
  throw new Failure(EXIT.findings, `${shown} has errors, so nothing was done`);
}

/** A hint is read by a person. */
const MOST_NAMES = 20;

/**
 * The policies that were named, each once and after what brings its source; without a name those of the only entry there is.
 * An entry with several targets is all of its policies, and `ENTRY:HOST` is one of them. Throws a usage Failure.
 */
export function chooseNames({ path, file }: LoadedPolicy, names: readonly string[]): readonly string[] {
  const policies = Object.values(file.policies);
  const entries = [...new Set(policies.map(({ entry }) => entry))];
  const known = [...new Set(policies.flatMap(({ entry, name }) => [entry, name]))];
  const [only, ...others] = entries;
  if (names.length === 0 && (only === undefined || others.length > 0))
    throw usageFailure('name a policy', `${path} has ${listNames(entries, MOST_NAMES) || 'none'}`);
  const chosen = (names.length === 0 ? entries : names).flatMap((name) => {
    const meant = policies.filter((policy) => [policy.entry, policy.name, nameOfTarget(policy)].includes(name));
    if (meant.length > 0) return meant.map((policy) => policy.name);
    const nearest = nearestOf(name, known);
    const hint =
      nearest === undefined ? `It has ${listNames(known, MOST_NAMES) || 'none'}` : `Did you mean ${nearest}?`;
    throw usageFailure(`${path} has no policy ${name}`, hint);
  });
  return bringersFirst(file, [...new Set(chosen)]);
}

/** Of the only target of an entry too, so that what calls it so need not change when another one joins or leaves. */
const nameOfTarget = ({ entry, target }: Policy): string => `${entry}:${target.host}`;

/** The hosts of the named policies, each once. */
export function hostsOf({ file }: LoadedPolicy, names: readonly string[]): readonly HostEntry[] {
  const policies = names.map((name) => file.policies[name]).filter((policy) => policy !== undefined);
  const hosts = new Set(policies.flatMap((policy) => [policy.source.host, policy.target.host]));
  return [...hosts].map((host) => file.hosts[host]).filter((entry) => entry !== undefined);
}
