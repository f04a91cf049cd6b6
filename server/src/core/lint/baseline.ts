/**
 * Findings that were there before, so that a linter can be introduced without repairing everything first. What is no
 * longer found does not come back by itself: it is counted as gone.
 */
import type { Result } from '../result';
import { err, ok } from '../result';
import type { Finding } from './finding';
import { fingerprintOf } from './fingerprint';

/** How often a finding stands in a document. */
export interface BaselineEntry {
  /** With `/`, relative to the folder of the baseline. */
  readonly path: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly count: number;
}

/** The findings of one document as entries. */
export function toEntries(path: string, text: string, findings: readonly Finding[]): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const { rule } = finding;
    const fingerprint = fingerprintOf(text, finding);
    const key = keyOf({ rule, fingerprint });
    entries.set(key, { path, rule, fingerprint, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  return [...entries.values()];
}

/** What a document's findings are beside its entries. */
export interface Compared {
  readonly fresh: readonly Finding[];
  /** How many were known. */
  readonly known: number;
  /** Entries that are found less often than they count, with how many are gone. */
  readonly gone: readonly BaselineEntry[];
}

/** Of equal findings the first ones are the known ones. */
export function compareWithBaseline(
  text: string,
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
): Compared {
  const left = new Map(entries.map((entry) => [keyOf(entry), entry.count]));
  const fresh = findings.filter((finding) => {
    const key = keyOf({ rule: finding.rule, fingerprint: fingerprintOf(text, finding) });
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
  const gone = entries.map((entry) => ({ ...entry, count: left.get(keyOf(entry)) ?? 0 }));
  return { fresh, known: findings.length - fresh.length, gone: gone.filter(({ count }) => count > 0) };
}

const keyOf = ({ rule, fingerprint }: Pick<BaselineEntry, 'rule' | 'fingerprint'>): string => `${rule} ${fingerprint}`;

/** Sorted, an entry a line: two branches that change different entries merge without a conflict. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries
    .toSorted((a, b) => compare(a.path, b.path) || compare(keyOf(a), keyOf(b)))
    .map(({ path, rule, fingerprint, count }) => `    ${JSON.stringify({ path, rule, fingerprint, count })}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "schema": 1,\n  "findings": ${list}\n}\n`;
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** The error completes a sentence that begins with the name of the file. An entry that stands twice after a merge counts once. */
export function parseBaseline(text: string): Result<readonly BaselineEntry[], string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('is not JSON');
  }
  if (!isRecord(value) || value['schema'] !== 1 || !Array.isArray(value['findings']))
    return err('is not a baseline that this version of rawsend understands');
  const entries = new Map<string, BaselineEntry>();
  for (const entry of value['findings']) {
    if (!isEntry(entry)) return err(`has an entry that is not understood: ${JSON.stringify(entry)}`);
    const key = `${entry.path}\n${keyOf(entry)}`;
    if ((entries.get(key)?.count ?? 0) < entry.count) entries.set(key, entry);
  }
  return ok([...entries.values()]);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { path, rule, fingerprint, count } = value;
  const named = typeof path === 'string' && typeof rule === 'string' && typeof fingerprint === 'string';
  return named && Number.isSafeInteger(count) && Number(count) > 0;
}
