import { compareWithBaseline, type BaselineEntry } from '../../core/lint/baseline';
import type { Document, LintContext } from '../../core/lint/document';
import { lintDocument, runbookOf } from '../../core/lint/lint-document';
import { withLive } from '../../core/live/with-live';
import { gatherNeighbours, sayingsOf } from '../../core/lint/neighbours';
import type { Neighbours, Sayings } from '../../core/lint/neighbours';
import type { Runbook } from '../../core/runbook/runbook';
import type { LintResult, UnreadFile } from '../reporters/lint-result';

/** A document and by what it is linted: plain data, so it can be handed to another thread. */
export interface LintTask {
  readonly document: Document;
  readonly context: LintContext;
  /** Findings that are known and not reported. */
  readonly baseline: readonly BaselineEntry[];
  /** Findings come without fixes, because nobody named this document. */
  readonly unfixed: boolean;
}

/** A task whose document was read; there is no runbook of a policy file, or of a text that is too large. */
export interface ReadTask {
  readonly task: LintTask;
  readonly runbook?: Runbook;
  readonly failure?: UnreadFile;
}

export function readTask(task: LintTask): ReadTask {
  try {
    const runbook = runbookOf(task.document);
    return { task, ...(runbook && { runbook }) };
  } catch (error) {
    return { task, failure: crashed(task.document.path, error) };
  }
}

/** What the documents of the tasks say to each other, in their order. */
export const neighboursOf = (said: readonly (Sayings | undefined)[]): Neighbours =>
  gatherNeighbours(said.filter((sayings) => sayings !== undefined));

export const saidBy = ({ runbook }: ReadTask): Sayings | undefined => runbook && sayingsOf(runbook);

export function lintTask({ task, runbook, failure }: ReadTask, neighbours: Neighbours): LintResult {
  if (failure) return failure;
  const { document, context, baseline, unfixed } = task;
  const { path, text } = document;
  try {
    const found = lintDocument(document, { ...withLive(document, context), neighbours }, runbook);
    const { fresh, known, gone } = compareWithBaseline(text, found, baseline);
    const findings = unfixed ? fresh.map((finding) => ({ ...finding, fixes: [] })) : fresh;
    return { kind: 'linted', path, text, original: text, findings, known, gone };
  } catch (error) {
    return crashed(path, error);
  }
}

/** One document that takes the analysis down must not keep the others from being linted. */
function crashed(path: string, error: unknown): UnreadFile {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `${path} could not be analysed, which is a bug in rawsend, please report it: ${reason}`;
  return { kind: 'unread', path, message, wrongUse: false };
}
