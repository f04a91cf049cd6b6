import type { Span } from '../text/span';
import { span } from '../text/span';
import type { RunbookSource } from './extractor';
import { estimateLine, lineSourceOf, pipelineLine } from './lens-terminal';
import type { TerminalLine } from './lens-terminal';
import { isRunbook } from './extractors';
import { readRunbook } from './read-runbook';
import type { Invocation } from './runbook';
import { tooLarge } from './text-gate';

/** A `zfs send`, and what can be done with it. */
export interface SendPlace {
  readonly span: Span;
  /** A dry run of it that only measures. */
  readonly estimate?: TerminalLine;
  /** The pipeline that it begins, on one line. */
  readonly pipeline?: TerminalLine;
}

/** The sends of a runbook that write a stream, one for each place. */
export function sendPlaces(document: RunbookSource): readonly SendPlace[] {
  const { text } = document;
  if (!text.includes('send') || !isRunbook(document) || tooLarge(text) !== undefined) return [];
  const runbook = readRunbook(document);
  const source = lineSourceOf(runbook);
  const sends = new Map<number, Invocation>();
  for (const invocation of runbook.invocations) {
    if (isStream(invocation) && !sends.has(invocation.programSpan.start))
      sends.set(invocation.programSpan.start, invocation);
  }
  return [...sends.values()].map((send) => {
    const [estimate, pipeline] = [estimateLine(send, source), pipelineLine(send, source)];
    return { span: nameOf(send), ...(estimate && { estimate }), ...(pipeline && { pipeline }) };
  });
}

export const isStream = ({ program, subcommand, flags }: Invocation): boolean =>
  program === 'zfs' && subcommand?.name === 'send' && !flags['dryRun'];

/** `zfs send`, or the variable that holds it. */
function nameOf({ programSpan, words: [verb] }: Invocation): Span {
  return verb && verb.span.start >= programSpan.end ? span(programSpan.start, verb.span.end) : programSpan;
}
