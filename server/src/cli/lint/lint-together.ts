import { applyFixes } from '../../core/lint/apply-fixes';
import type { LintResult } from '../reporters/lint-result';
import { lintInThreads, type StartHelper } from './lint-in-threads';
import { lintTask, neighboursOf, readTask, saidBy } from './lint-task';
import type { LintTask, ReadTask } from './lint-task';

export type FixMode = 'none' | 'safe' | 'all';

/** One fix can make room for the next, e.g. two flags in one place; a correct rule needs far fewer rounds. */
const MAX_ROUNDS = 10;

/**
 * Lints documents that know of each other, and fixes them in memory. Every round lints all of them anew, because what is
 * fixed in one may change what is found in another. Without fixes, `startHelper` shares many documents with other threads.
 */
export async function lintTogether(
  tasks: readonly LintTask[],
  fix: FixMode,
  startHelper?: StartHelper,
): Promise<readonly LintResult[]> {
  const results = fix === 'none' ? await lintInThreads(tasks, startHelper) : lintAndFix(tasks, fix);
  return results.map((result, index) => toResult(result, tasks[index]?.document.text ?? ''));
}

function lintAndFix(tasks: readonly LintTask[], fix: 'safe' | 'all'): readonly LintResult[] {
  let current = tasks.map(readTask);
  let results = lintRound(current);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = results;
    const known = new Set(current);
    const next = current.map((read, index) => fixed(read, found[index], fix));
    if (next.every((read) => known.has(read))) break;
    current = next;
    results = lintRound(current);
  }
  return results;
}

function lintRound(tasks: readonly ReadTask[]): readonly LintResult[] {
  const neighbours = neighboursOf(tasks.map(saidBy));
  return tasks.map((read) => lintTask(read, neighbours));
}

/** The same task where nothing is to be fixed. */
function fixed(read: ReadTask, result: LintResult | undefined, fix: 'safe' | 'all'): ReadTask {
  if (result?.kind !== 'linted') return read;
  const text = applyFixes(result.text, result.findings, fix);
  if (text === result.text) return read;
  return readTask({ ...read.task, document: { ...read.task.document, text } });
}

/** Texts are kept for what is to be shown or written. */
function toResult(result: LintResult, original: string): LintResult {
  if (result.kind === 'unread') return result;
  const isSilent = result.findings.length === 0 && result.text === original;
  return isSilent ? { ...result, text: '', original: '' } : { ...result, original };
}
