import type { Span } from '../text/span';
import { resolvedWords } from './describe-words';
import type { RunbookSource } from './extractor';
import { isRunbook } from './extractors';
import { readRunbook } from './read-runbook';
import { tooLarge } from './text-gate';

/** What a word of a command is when it runs, to be shown behind it. */
export interface InlayValue {
  readonly offset: number;
  readonly label: string;
  /** The whole value, where the label has no room for it. */
  readonly full?: string;
}

/** Longer values are cut in the text and whole in the tooltip. */
const MAX_LABEL = 40;

/** The values of variables in the ZFS commands of a runbook, as far as they are known. */
export function inlayValues(document: RunbookSource): readonly InlayValue[] {
  const { text } = document;
  if (!text.includes('$') || !isRunbook(document) || tooLarge(text) !== undefined) return [];
  return resolvedWords(readRunbook(document).invocations, text).map(({ span, values }) => {
    const value = values.join(' ');
    const offset = behindQuote(text, span);
    if (value.length <= MAX_LABEL) return { offset, label: `= ${value}` };
    return { offset, label: `= ${value.slice(0, MAX_LABEL - 1)}…`, full: value };
  });
}

/** A hint stands behind the quotes of its word, not within. */
const behindQuote = (text: string, { start, end }: Span): number =>
  text[end] === '"' && text[start - 1] === '"' ? end + 1 : end;
