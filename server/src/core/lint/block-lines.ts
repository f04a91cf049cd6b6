import { span } from '../text/span';
import type { Span } from '../text/span';

/**
 * The lines of the block of code that begins at an offset, for a comment that cannot stand inside of it: a fence, an indented
 * or literal block, a directive, a listing. Undefined where no block begins.
 */
export function blockLines(text: string, from: number): Span | undefined {
  const first = lineFrom(text, from);
  const written = text.slice(from, first);
  const fence = /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(`{3,}|~{3,})/.exec(written)?.[1];
  if (fence !== undefined)
    return span(
      from,
      endBefore(text, first, (line) => line.replace(/^[ \t>]*/, '').startsWith(fence)),
    );
  // The attributes of a listing stand above it.
  const listing = /^(?:\[[^\]\n]*\][ \t]*\r?\n)?(?:\.[^\s.][^\n]*\n)?(-{4,}|\.{4,})[ \t]*\r?\n/.exec(
    text.slice(from, from + 500),
  );
  if (listing) {
    const [whole, mark = ''] = listing;
    return span(
      from,
      endBefore(text, from + whole.length, (line) => line.trimEnd() === mark),
    );
  }
  if (/^[ \t]*\.\.[ \t]+[\w-]+::|::[ \t]*\r?\n?$/.test(written))
    return span(from, indentedEnd(text, first, indentOf(written) + 1));
  return /^(?: {4}|\t)/.test(written) ? span(from, indentedEnd(text, first, 1)) : undefined;
}

/** Behind empty lines. */
export function skipEmptyLines(text: string, from: number): number {
  const blank = /^(?:[ \t]*\r?\n){0,100}/.exec(text.slice(from, from + 1000))?.[0].length ?? 0;
  return from + blank;
}

const lineFrom = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
};

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The end of the line that closes a block. */
function endBefore(text: string, from: number, closes: (line: string) => boolean): number {
  for (let at = from; at < text.length;) {
    const next = lineFrom(text, at);
    if (closes(text.slice(at, next))) return next;
    at = next;
  }
  return text.length;
}

/** Where the first line stands that is neither empty nor indented as far. */
function indentedEnd(text: string, from: number, indent: number): number {
  for (let at = from; at < text.length;) {
    const next = lineFrom(text, at);
    const line = text.slice(at, next);
    if (line.trim() !== '' && indentOf(line) < indent) return at;
    at = next;
  }
  return text.length;
}
