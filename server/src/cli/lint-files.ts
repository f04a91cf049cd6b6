import nodePath from 'node:path';
import { applyFixes } from '../core/lint/apply-fixes';
import { documentKind } from '../core/lint/document-kind';
import type { Document, LintContext } from '../core/lint/document';
import type { Finding } from '../core/lint/finding';
import { lintDocument } from '../core/lint/lint-document';
import type { LintedFile, LintResult } from './reporters/lint-result';
import { readTextFile, replaceTextFile, errorCode, type TextFile } from './text-file';

export type FixMode = 'none' | 'safe' | 'all';

/** One fix can make room for the next, e.g. two flags in one place; a correct rule needs far fewer rounds. */
const MAX_ROUNDS = 10;

export interface LintRequest {
  readonly cwd: string;
  readonly fix: FixMode;
  /** Whether fixed text goes back into the file. */
  readonly write: boolean;
  /** The context for one file, by its absolute path. */
  readonly contextFor: (file: string) => Promise<LintContext>;
}

/** Lints one file and, when asked to, writes the fixed text back. Never rejects for what a file can be. */
export async function lintFile(typed: string, request: LintRequest): Promise<LintResult> {
  const file = nodePath.resolve(request.cwd, typed);
  const read = await readTextFile(file);
  if (!read.ok) {
    const { reason, wrongUse } = read.error;
    return { kind: 'unread', path: typed, message: `${typed} ${reason}`, wrongUse };
  }
  const result = lintText(
    { path: typed, text: read.value.text },
    { context: await request.contextFor(file), fix: request.fix },
  );
  if (!request.write || result.text === result.original) return result;
  const failure = await writeBack(file, read.value, result.text);
  return failure === undefined
    ? result
    : { kind: 'unread', path: typed, message: `${typed} ${failure}`, wrongUse: false };
}

/** Lints a text and fixes it in memory. */
export function lintText(
  document: Document,
  { context, fix }: { readonly context: LintContext; readonly fix: FixMode },
): LintedFile {
  const lint = (current: string): readonly Finding[] => lintDocument({ ...document, text: current }, context);
  const { path, text } = document;
  const findings = lint(text);
  const understood = documentKind(document) !== undefined;
  if (fix === 'none') return { kind: 'linted', path, text, original: text, findings, understood };
  let state = { text, findings };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = applyFixes(state.text, state.findings, fix);
    if (next === state.text) break;
    state = { text: next, findings: lint(next) };
  }
  return { kind: 'linted', path, original: text, understood, ...state };
}

async function writeBack(file: string, original: TextFile, text: string): Promise<string | undefined> {
  if (!original.lossless) return 'is not UTF-8, so its fixes are not written; convert it first';
  try {
    await replaceTextFile(file, original.mark + text);
    return undefined;
  } catch (error) {
    return `cannot be written (${errorCode(error) ?? 'unknown error'}); it is unchanged`;
  }
}
