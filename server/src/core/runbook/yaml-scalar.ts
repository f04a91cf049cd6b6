import { derived, placeOf, sliceOf, textOf } from '../shell/placed-text';
import type { PlacedText, Placement, Run } from '../shell/placed-text';
import type { Span } from '../text/span';

/**
 * The text of a YAML scalar, each character with its place. `at` is the scalar with its quotes or its block header, `value`
 * what the YAML parser read: where this reading differs, the value stands for the whole place.
 */
export function readScalar(placement: Placement, at: Span, value: string): PlacedText {
  const style = placement.text.charAt(at.start);
  const text = (READERS.get(style) ?? readPlain)(placement, at);
  return textOf(text).trimEnd() === value.trimEnd() ? text : [derived(value, placeOf(placement, at.start, at.end))];
}

type Reader = (placement: Placement, at: Span) => PlacedText;

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['|', readBlock],
  ['>', readBlock],
  ['"', readDouble],
  ["'", readSingle],
]);

interface Line {
  /** Without the indentation of the block. */
  readonly start: number;
  readonly end: number;
  readonly empty: boolean;
  /** Deeper than the block, so a folded block keeps its line ends. */
  readonly deeper: boolean;
}

function readBlock(placement: Placement, at: Span): PlacedText {
  const header = placement.text.indexOf('\n', at.start);
  if (header === -1 || header >= at.end) return [];
  const lines = blockLines(placement.text, header + 1, at);
  const folded = placement.text.charAt(at.start) === '>';
  const result: Run[] = [];
  lines.forEach((line, index) => {
    result.push(...sliceOf(placement, line.start, line.end));
    const next = lines[index + 1];
    if (!next) return;
    const lineBreak = placeOf(placement, line.end, Math.min(line.end + 1, placement.text.length));
    result.push(...lineEnd(folded ? foldedEnd(lines, index) : '\n', lineBreak));
  });
  return result;
}

const lineEnd = (text: string, at: Span): PlacedText => (text === '' ? [] : [derived(text, at)]);

/** A folded line end is a space; of empty lines each but the first end of line counts. */
function foldedEnd(lines: readonly Line[], index: number): string {
  const [line, next] = [lines[index], lines[index + 1]];
  if (!line || !next) return '';
  if (line.empty || line.deeper || next.deeper) return '\n';
  return next.empty ? '' : ' ';
}

function blockLines(text: string, from: number, at: Span): readonly Line[] {
  const written = text.slice(from, at.end).split('\n');
  const indicated = /^[|>][-+]?([1-9])/.exec(text.slice(at.start, at.start + 3))?.[1];
  const first = written.find((line) => line.trim() !== '') ?? '';
  const own = first.length - first.trimStart().length;
  const indent = indicated === undefined ? own : Math.min(own, Number(indicated) + indentOfKey(text, at.start));
  let start = from;
  return written.map((line): Line => {
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    const cut = Math.min(indent, content.length);
    const result = { start: start + cut, end: start + content.length };
    start += line.length + 1;
    return {
      ...result,
      empty: content.trim() === '',
      deeper: /^[ \t]/.test(content.slice(cut)) && content.trim() !== '',
    };
  });
}

function indentOfKey(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset) + 1;
  return /^ */.exec(text.slice(start, offset))?.[0].length ?? 0;
}

/** Line ends in a plain or quoted scalar are one space, or a newline for each empty line between. */
function readPlain(placement: Placement, at: Span): PlacedText {
  return readFlow(placement, at, () => undefined);
}

function readSingle(placement: Placement, at: Span): PlacedText {
  return readFlow(placement, inside(placement, at), (text, i) =>
    text.startsWith("''", i) ? { length: 2, text: "'" } : undefined,
  );
}

function readDouble(placement: Placement, at: Span): PlacedText {
  return readFlow(placement, inside(placement, at), (text, i) => {
    if (text[i] !== '\\') return undefined;
    const joined = /^\\\r?\n[ \t]*/.exec(text.slice(i, i + 200))?.[0];
    if (joined !== undefined) return { length: joined.length, text: '' };
    const code = /^\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/.exec(text.slice(i, i + 10))?.[0];
    if (code !== undefined) return { length: code.length, text: codePoint(code.slice(2)) };
    const character = text.charAt(i + 1);
    return { length: 2, text: ESCAPES[character] ?? character };
  });
}

const codePoint = (hex: string): string => {
  const code = Number.parseInt(hex, 16);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '';
};

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001B',
  N: '\u0085',
  _: '\u00A0',
  L: '\u2028',
  P: '\u2029',
};

function inside({ text }: Placement, at: Span): Span {
  const closed = at.end - at.start > 1 && text[at.end - 1] === text[at.start];
  return { start: at.start + 1, end: closed ? at.end - 1 : at.end };
}

type Escape = (text: string, offset: number) => Omit<Fold, 'before'> | undefined;

function readFlow(placement: Placement, at: Span, escape: Escape): PlacedText {
  const { text } = placement;
  const result: Run[] = [];
  let plain = at.start;
  const take = (until: number): void => {
    if (until > plain) result.push(...sliceOf(placement, plain, until));
  };
  for (let i = at.start; i < at.end;) {
    const found = /[\n\\']/.test(text.charAt(i)) ? (foldAt(text, i, at) ?? escapeAt(escape(text, i))) : undefined;
    if (!found) {
      i += 1;
      continue;
    }
    const start = i - found.before;
    take(start);
    i = Math.min(i + found.length, at.end);
    result.push(...lineEnd(found.text, placeOf(placement, start, i)));
    plain = i;
  }
  take(at.end);
  return result;
}

const escapeAt = (found: Omit<Fold, 'before'> | undefined): Fold | undefined => found && { ...found, before: 0 };

interface Fold {
  /** Blanks before the line end, which are no part of the value. */
  readonly before: number;
  readonly length: number;
  readonly text: string;
}

function foldAt(text: string, offset: number, at: Span): Fold | undefined {
  if (text[offset] !== '\n') return undefined;
  let start = offset;
  while (start > at.start && /[ \t\r]/.test(text.charAt(start - 1))) start -= 1;
  let end = offset;
  let breaks = 0;
  while (end < at.end && /[ \t\r\n]/.test(text.charAt(end))) {
    if (text[end] === '\n') breaks += 1;
    end += 1;
  }
  return { before: offset - start, length: end - offset, text: breaks === 1 ? ' ' : '\n'.repeat(breaks - 1) };
}
