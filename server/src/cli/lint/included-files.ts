import path from 'node:path';
import { documentKind } from '../../core/lint/document-kind';
import type { UnreadFile } from '../reporters/lint-result';
import type { ReadPolicy, WholePolicy } from '../read-included';
import type { UpwardSearch } from '../repository';
import type { FoundFile } from './find-files';

/** Files that are policy files because others include them, whatever they are called. */
export interface FoundIncluded {
  /** Included by what is linted, and meant by no operand. */
  readonly added: readonly FoundFile[];
  /** Whether a policy file that is linted includes this one, or the nearest `rawsend.yaml` of something that is. */
  readonly has: (file: string) => boolean;
}

interface Sources {
  readonly cwd: string;
  readonly search: UpwardSearch;
  readonly readPolicy: ReadPolicy;
}

/** Whoever lints a policy file wants to hear of all that it is made of: an unsafe choice counts wherever it is written. */
export async function findIncluded(
  found: readonly (FoundFile | UnreadFile)[],
  { cwd, search, readPolicy }: Sources,
): Promise<FoundIncluded> {
  const files = found.flatMap((entry) => (entry.kind === 'found' ? entry : []));
  const linted = files.filter(({ origin, file }) => origin !== 'stdin' && hasPolicyName(file)).map(({ file }) => file);
  const folders = new Set(files.map(({ file }) => path.dirname(file)));
  const nearest = new Set([...folders].flatMap((folder) => search.nearestPolicy(folder) ?? []));
  const included = async (policies: readonly string[]): Promise<ReadonlySet<string>> =>
    new Set((await Promise.all(policies.map(async (file) => readable(await readPolicy(file))))).flat());
  const [byLinted, byNearest] = await Promise.all([included(linted), included([...nearest])]);
  const meant = new Set(files.map(({ file }) => file));
  const added = [...byLinted].filter((file) => !meant.has(file));
  return {
    added: added.map((file) => ({ kind: 'found', path: path.relative(cwd, file), file, origin: 'included' })),
    has: (file) => byLinted.has(file) || byNearest.has(file),
  };
}

export const hasPolicyName = (file: string): boolean => documentKind({ path: file, text: '' }) === 'policy';

/** What a policy file includes, absolute; what cannot be read is told where it is included. */
const readable = (policy: WholePolicy | undefined): readonly string[] =>
  [...(policy?.included.files ?? [])].flatMap(([file, text]) => (text.ok ? [path.resolve(file)] : []));
