import { existsSync } from 'node:fs';
import path from 'node:path';
import { formatBaseline, parseBaseline, toEntries, type BaselineEntry } from '../../core/lint/baseline';
import { usageFailure, worldFailure } from '../failure';
import type { LintedFile, LintResult } from '../reporters/lint-result';
import { errorCode, readTextFile, replaceFile, writeAtomically } from '../text-file';

export const DEFAULT_BASELINE = 'rawsend-baseline.json';

/** A baseline as it was read; its paths are relative to its folder, so that it holds wherever lint is started. */
export interface BaselineFile {
  readonly file: string;
  /** By absolute path. */
  readonly entries: ReadonlyMap<string, readonly BaselineEntry[]>;
}

/** Rejects with a Failure when it is missing or something else. */
export async function readBaseline(file: string, cwd: string): Promise<BaselineFile> {
  const shown = path.relative(cwd, file);
  const hint = `'rawsend lint --write-baseline=${shown} …' writes it`;
  const read = await readTextFile(file);
  if (!read.ok)
    throw (read.error.wrongUse ? usageFailure : worldFailure)(`the baseline ${shown} ${read.error.reason}`, hint);
  const parsed = parseBaseline(read.value.text);
  if (!parsed.ok) throw usageFailure(`the baseline ${shown} ${parsed.error}`, hint);
  const entries = new Map<string, BaselineEntry[]>();
  for (const entry of parsed.value) {
    const key = path.resolve(path.dirname(file), entry.path);
    const known = entries.get(key);
    if (known === undefined) entries.set(key, [entry]);
    else known.push(entry);
  }
  return { file, entries };
}

/** What a baseline has that is no longer found: in the files that were linted, and all of files that are not there any more. */
export function goneFrom({ entries }: BaselineFile, linted: ReadonlyMap<string, LintedFile>): readonly BaselineEntry[] {
  return [...entries].flatMap(([file, known]) => {
    const result = linted.get(file);
    if (result !== undefined) return result.gone ?? known;
    return existsSync(file) ? [] : known;
  });
}

/** The linted files by absolute path. What came from standard input goes by its name. */
export const lintedByFile = (results: readonly LintResult[], cwd: string): ReadonlyMap<string, LintedFile> =>
  new Map(results.flatMap((result) => (result.kind === 'linted' ? [[path.resolve(cwd, result.path), result]] : [])));

/** Writes what was found. Entries of files that were not linted stay, so that a part of a tree can be written anew. */
export async function writeBaseline(
  file: string,
  linted: ReadonlyMap<string, LintedFile>,
  cwd: string,
): Promise<readonly BaselineEntry[]> {
  const old = existsSync(file) ? (await readBaseline(file, cwd)).entries : new Map<string, BaselineEntry[]>();
  const kept = [...old].filter(([known]) => !linted.has(known) && existsSync(known)).flatMap(([, entries]) => entries);
  const found = [...linted].flatMap(([name, { text, findings }]) =>
    toEntries(relativePath(file, name), text, findings),
  );
  const entries = [...kept, ...found];
  try {
    const content = Buffer.from(formatBaseline(entries));
    await (existsSync(file) ? replaceFile(file, content) : writeAtomically(file, content, { mode: 0o644 }));
  } catch (error) {
    throw worldFailure(
      `the baseline ${path.relative(cwd, file)} cannot be written (${errorCode(error) ?? 'unknown error'})`,
    );
  }
  return entries;
}

const relativePath = (baseline: string, file: string): string =>
  path.relative(path.dirname(baseline), file).replaceAll(path.sep, '/');
