import { derived, placeOf, sliceOf } from './placed-text';
import type { PlacedText, Placement, Run } from './placed-text';

/** Where a literal stands decides which backslashes are escapes. */
export type QuotingContext = 'bare' | 'double' | 'here-document' | 'backtick';

/** The characters that a backslash can escape; elsewhere it stands for itself. Bare text escapes everything. */
const ESCAPABLE: Readonly<Record<Exclude<QuotingContext, 'bare'>, string>> = {
  double: '$`"\\\n',
  'here-document': '$`\\\n',
  backtick: '$`\\',
};

/**
 * The text that a literal stands for, each character with its place.
 * `from` and `to` delimit it in the placement's text, without its quotes.
 */
export function decodeLiteral(source: Placement, from: number, to: number, context: QuotingContext): PlacedText {
  const written = source.text.slice(from, to);
  if (!written.includes('\\')) return sliceOf(source, from, to);
  const result: Run[] = [];
  let plain = from;
  for (let at = written.indexOf('\\'); at !== -1 && at + 1 < written.length; at = written.indexOf('\\', at)) {
    const i = from + at;
    const next = written.charAt(at + 1);
    if (context !== 'bare' && !ESCAPABLE[context].includes(next)) {
      at += 1;
      continue;
    }
    result.push(...sliceOf(source, plain, i));
    // A backslash before a newline joins the lines.
    if (next !== '\n') result.push(...escaped(source, i));
    at += 2;
    plain = from + at;
  }
  if (plain < to) result.push(...sliceOf(source, plain, to));
  return result;
}

/** A here-document body after `<<-`: tabs at the start of each line are not part of it. */
export function dropLeadingTabs(source: Placement, from: number, to: number): readonly (readonly [number, number])[] {
  const pieces: [number, number][] = [];
  let position = from;
  while (position < to) {
    if (source.text[position - 1] === '\n') position = skipTabs(source.text, position, to);
    const newline = source.text.indexOf('\n', position);
    const end = newline === -1 || newline >= to ? to : newline + 1;
    if (end > position) pieces.push([position, end]);
    position = end;
  }
  return pieces;
}

function skipTabs(text: string, from: number, to: number): number {
  let position = from;
  while (position < to && text[position] === '\t') position += 1;
  return position;
}

const ANSI_C: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  E: '\u001B',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** `$'…'`, given its inner text and its value. Escapes by number lose their exact places, nothing else does. */
export function decodeAnsiC(source: Placement, from: number, to: number, value: string): PlacedText {
  const result: Run[] = [];
  for (let i = from; i < to; i++) {
    if (source.text[i] !== '\\') {
      result.push(...sliceOf(source, i, i + 1));
      continue;
    }
    const character = ANSI_C[source.text.charAt(i + 1)];
    if (character === undefined) return [derived(value, placeOf(source, from, to))];
    result.push(derived(character, placeOf(source, i, i + 2)));
    i += 1;
  }
  return result;
}

function escaped(source: Placement, backslash: number): PlacedText {
  const [character] = sliceOf(source, backslash + 1, backslash + 2);
  if (!character || character.kind === 'unknown') return character ? [character] : [];
  return [derived(character.text, placeOf(source, backslash, backslash + 2))];
}
