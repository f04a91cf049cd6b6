import { createPlacement, derived, placeOf, sliceOf, unknown } from '../shell/placed-text';
import type { PlacedText, Placement, Run } from '../shell/placed-text';
import type { Span } from '../text/span';

/** One word of a command line of systemd. */
export interface SystemdWord {
  readonly text: PlacedText;
  /** With its quotes. */
  readonly span: Span;
  /** Written with quotes or escapes, so a `;` is no separator. */
  readonly quoted: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
};

/** Splits a value as systemd.service(5) does: both quotes, escapes as in C, `%` specifiers as unknown values. */
export function systemdWords(value: PlacedText): readonly SystemdWord[] {
  const placement = createPlacement(value);
  const { text } = placement;
  const words: SystemdWord[] = [];
  let runs: Run[] | undefined;
  let quoted = false;
  let [quote, start] = ['', 0];
  const end = (at: number): void => {
    if (runs) words.push({ text: runs, quoted, span: placeOf(placement, start, at) });
    [runs, quoted] = [undefined, false];
  };
  for (let i = 0; i < text.length;) {
    const character = text.charAt(i);
    if (quote === '' && /\s/.test(character)) {
      end(i);
      i += 1;
      continue;
    }
    if (!runs) start = i;
    if (character === quote || (quote === '' && /["']/.test(character))) {
      quote = quote === '' ? character : '';
      runs ??= [];
      quoted = true;
      i += 1;
    } else {
      const piece = readPiece(placement, i);
      (runs ??= []).push(...piece.runs);
      quoted ||= character === '\\';
      i += piece.length;
    }
  }
  end(text.length);
  return words;
}

function readPiece(placement: Placement, at: number): { readonly runs: PlacedText; readonly length: number } {
  const { text } = placement;
  if (text[at] === '\\' && at + 1 < text.length) {
    const code = /^\\(?:x[\da-fA-F]{2}|[0-7]{3})/.exec(text.slice(at, at + 4))?.[0];
    const length = code?.length ?? 2;
    const decoded =
      code === undefined ? (ESCAPES[text.charAt(at + 1)] ?? text.charAt(at + 1)) : fromCode(code.slice(1));
    return { runs: [derived(decoded, placeOf(placement, at, at + length))], length };
  }
  const specifier = /^%[%A-Za-z]/.exec(text.slice(at, at + 2))?.[0];
  if (specifier === '%%') return { runs: sliceOf(placement, at, at + 1), length: 2 };
  if (specifier !== undefined) {
    return { runs: [unknown(specifier, `specifier:${specifier}`, placeOf(placement, at, at + 2))], length: 2 };
  }
  const length = Math.max(1, /^[^\s"'\\%]+/.exec(text.slice(at, at + MAX_PLAIN))?.[0].length ?? 1);
  return { runs: sliceOf(placement, at, at + length), length };
}

/** Plain text is taken in stretches of this length. */
const MAX_PLAIN = 200;

const fromCode = (code: string): string =>
  String.fromCharCode(code.startsWith('x') ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8));
