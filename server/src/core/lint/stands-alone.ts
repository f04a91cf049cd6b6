import { parseShell } from '../shell/parse-shell';
import type { Span } from '../text/span';

/** Longer ones are not worth the time, and no fix is lost on them that a person would take. */
const MAX_LENGTH = 5000;

/**
 * Whether a part of a document is shell text by itself. What stands in quotes that end elsewhere is not, and a fix that writes at
 * its edges would leave them open.
 */
export function standsAlone(text: string, { start, end }: Span): boolean {
  const part = text.slice(start, end);
  if (part.length > MAX_LENGTH || ESCAPED_QUOTE.test(part)) return false;
  // In parentheses, for what is open at the end of a text is no problem there.
  return parseShell(`( ${part} )`).problems.length === 0;
}

/** Quoted text that has quotes of its own: where it ends cannot be told from the part alone. */
const ESCAPED_QUOTE = /\\['"]|['"]\\/;
