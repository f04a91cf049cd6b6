import path from 'node:path';
import type { Basis } from '../../core/change/basis';
import type { PolicyChange } from '../../core/change/compare-policies';
import { describeChange } from '../../core/change/compare-policies';
import { matchPolicies } from '../../core/change/match-policies';
import { foreseePlan } from '../../core/foresee/foresee-plan';
import type { PolicyFile } from '../../core/policy/policy';
import { EXIT, type ExitCode } from '../exit-code';
import { Failure, usageFailure } from '../failure';
import type { Io } from '../io';
import { readInventoryFile } from '../lint/inventory-file';
import { loadPolicy } from '../load-policy';
import { diffOf, formatChanges } from '../reporters/change-text';
import { toJsonReport } from '../reporters/format-option';
import { styleFor } from '../style';
import { decodeText } from '../text-encoding';
import { readTextFile } from '../text-file';
import type { PolicyInvocation } from './policy-options';

/** Prints what a change of a policy file does to what runs. No host is asked. */
export async function diffPolicies({ values, operands }: PolicyInvocation, io: Io): Promise<ExitCode> {
  const [oldFile, newFile, ...more] = operands;
  if (oldFile === undefined || newFile === undefined || more.length > 0)
    throw usageFailure('policy diff takes two files: OLD NEW', 'rawsend policy diff before.yaml rawsend.yaml');
  if (oldFile === '-' && newFile === '-') throw usageFailure('only one of both files can be standard input');
  const inventories = await Promise.all(
    (values.inventory ?? []).map((file) => readInventoryFile(path.resolve(io.cwd, file))),
  );
  const before = await loadSide(oldFile, io);
  const matches = matchPolicies(before, await loadSide(newFile, io));
  const facts = { inventories, now: io.now().toISOString(), foresee: foreseePlan };
  const changes = matches.filter(({ kind }) => kind !== 'unchanged').map((match) => describeChange(match, facts));
  const unchanged = matches.filter(({ kind }) => kind === 'unchanged').flatMap(({ after }) => after?.policy.name ?? []);
  io.stdout.write(
    values.format === 'json'
      ? toJsonReport({ changes: changes.map(toFacts), unchanged })
      : formatChanges(changes, unchanged.length, styleFor(io.stdout, io.env)),
  );
  return changes.length === 0 ? EXIT.done : EXIT.findings;
}

/** For a file that there was not, git gives an empty one. */
const NO_POLICIES: PolicyFile = { version: 1, hosts: {}, policies: {} };

async function loadSide(file: string, io: Io): Promise<PolicyFile> {
  const stdin = file === '-' ? await io.stdin.read() : undefined;
  const read = stdin === undefined ? await readTextFile(path.resolve(io.cwd, file)) : undefined;
  const text = stdin === undefined ? read?.ok && read.value.text : decodeText(stdin).text;
  if (typeof text === 'string' && text.trim() === '') return NO_POLICIES;
  try {
    const given = stdin === undefined ? io : { ...io, stdin: { ...io.stdin, read: () => Promise.resolve(stdin) } };
    return (await loadPolicy(file, given)).file;
  } catch (error) {
    // The code of a finding is that of a difference here.
    if (error instanceof Failure && error.exitCode === EXIT.findings)
      throw new Failure(EXIT.failed, error.message, error.hint);
    throw error;
  }
}

const toFacts = (change: PolicyChange): object => ({
  policy: change.name,
  ...(change.formerName === undefined ? {} : { formerName: change.formerName }),
  kind: change.kind,
  basis: basisFacts(change.basis),
  steps: change.steps,
  words: change.words,
  before: change.before,
  after: change.after,
  diff: diffOf(change),
});

const basisFacts = (basis: Basis): object =>
  basis.kind === 'sample'
    ? basis
    : {
        kind: basis.kind,
        hosts: Object.entries(basis.inventories).map(([host, { takenAt }]) => ({ host, takenAt })),
      };
