import { applyFixes } from '../../core/lint/apply-fixes';
import { compareWithBaseline, type BaselineEntry } from '../../core/lint/baseline';
import type { LintContext } from '../../core/lint/document';
import { lintDocument, runbookOf } from '../../core/lint/lint-document';
import { gatherNeighbours } from '../../core/lint/neighbours';
import type { Neighbours } from '../../core/lint/neighbours';
import type { LintedFile, UnreadFile } from '../reporters/lint-result';
import { crashed, type Draft } from './read-drafts';

export type FixMode = 'none' | 'safe' | 'all';

/** A draft, and by what it is linted. */
export interface Task extends Draft {
  readonly context: LintContext;
  /** Findings that are known and not reported. */
  readonly baseline: readonly BaselineEntry[];
}

/** One fix can make room for the next, e.g. two flags in one place; a correct rule needs far fewer rounds. */
const MAX_ROUNDS = 10;

/**
 * Lints documents that know of each other, and fixes them in memory. Every round lints all of them anew, because what is
 * fixed in one may change what is found in another.
 */
export function lintTogether(tasks: readonly Task[], fix: FixMode): readonly (LintedFile | UnreadFile)[] {
  const results = fix === 'none' ? lintRound(tasks) : lintAndFix(tasks, fix);
  return results.map((result, index) => toResult(result, tasks[index]?.document.text ?? ''));
}

function lintAndFix(tasks: readonly Task[], fix: 'safe' | 'all'): readonly (LintedFile | UnreadFile)[] {
  let current = tasks;
  let results = lintRound(current);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = results;
    const known = new Set(current);
    const next = current.map((task, index) => fixed(task, found[index], fix));
    if (next.every((task) => known.has(task))) break;
    current = next;
    results = lintRound(current);
  }
  return results;
}

function lintRound(tasks: readonly Task[]): readonly (LintedFile | UnreadFile)[] {
  const neighbours = gatherNeighbours(tasks.flatMap(({ runbook }) => runbook ?? []));
  return tasks.map((task) => lintTask(task, neighbours));
}

function lintTask({ document, context, runbook, baseline }: Task, neighbours: Neighbours): LintedFile | UnreadFile {
  const { path, text } = document;
  try {
    const findings = lintDocument(document, { ...context, neighbours }, runbook);
    const { fresh, known, gone } = compareWithBaseline(text, findings, baseline);
    return { kind: 'linted', path, text, original: text, findings: fresh, known, gone };
  } catch (error) {
    return crashed(path, error);
  }
}

/** The same task where nothing is to be fixed. */
function fixed(task: Task, result: LintedFile | UnreadFile | undefined, fix: 'safe' | 'all'): Task {
  if (result?.kind !== 'linted') return task;
  const text = applyFixes(result.text, result.findings, fix);
  if (text === result.text) return task;
  const { runbook: outdated, ...rest } = task;
  const document = { ...task.document, text };
  const runbook = outdated && runbookOf(document);
  return { ...rest, document, ...(runbook && { runbook }) };
}

/** Texts are kept for what is to be shown or written. */
function toResult(result: LintedFile | UnreadFile, original: string): LintedFile | UnreadFile {
  if (result.kind === 'unread') return result;
  const isSilent = result.findings.length === 0 && result.text === original;
  return isSilent ? { ...result, text: '', original: '' } : { ...result, original };
}
