import { Lexer } from 'yaml';
import type { Span } from '../text/span';
import { span } from '../text/span';

/** Where the comments of a YAML text stand, each from its `#` to the end of its line, in their order. */
export const commentPlaces = (text: string): readonly Span[] =>
  wordsOf(text).flatMap(({ source, start }) => (source.startsWith('#') ? [span(start, start + source.length)] : []));

/** Comments, anchors, aliases and tags in their order: what a YAML text holds beside its values. */
export const marksOf = (text: string): readonly string[] =>
  wordsOf(text).flatMap(({ source }) => (/^[#&*!]/.test(source) ? [source.trimEnd()] : []));

interface Word {
  readonly source: string;
  readonly start: number;
}

/** The words of the text as YAML sees them, without its scalars. */
function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let start = 0;
  let isScalar = false;
  for (const source of new Lexer().lex(text)) {
    if (SIGNS.has(source)) {
      isScalar = source === SCALAR;
      continue;
    }
    if (!isScalar) words.push({ source, start });
    isScalar = false;
    start += source.length;
  }
  return words;
}

/** The lexer says by these what comes, and they are not in the text. */
const SCALAR = '\u001F';
const SIGNS: ReadonlySet<string> = new Set([SCALAR, '\u0002', '\u0018']);
