import { createPlacement, derived, placeOf, sliceOf, textOf } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import type { Field, Input } from './runbook';
import { joinFields } from './ssh-arguments';

/** What `echo`, `printf`, `cat` and `tee` print, as far as the document says it; undefined otherwise. */
export function printedText(name: string, args: readonly Field[], input: Input | undefined): PlacedText | undefined {
  if (name === 'tee') return input?.text;
  if (name === 'cat') return args.every((field) => textOf(field.text) === '-') ? input?.text : undefined;
  if (name === 'echo') return echoed(args);
  return formatted(args);
}

function echoed(args: readonly Field[]): PlacedText {
  const first = args.findIndex((field) => !/^-[neE]+$/.test(textOf(field.text)));
  if (first === -1) return [];
  const text = joinFields(args.slice(first));
  const hasEscapes = args.slice(0, first).some((field) => textOf(field.text).includes('e'));
  return hasEscapes ? replaceMarks(text, (mark) => ESCAPES[mark]) : text;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\\\': '\\', '\\"': '"', '%%': '%' };

/** A format of `%s` and simple escapes. The words that are left over go through it again. */
function formatted([format, ...words]: readonly Field[]): PlacedText | undefined {
  const text = textOf(format?.text ?? []);
  if (!format || text.startsWith('-') || /%[^sq%]|\\[^nt"\\]/.test(text)) return undefined;
  const rounds = /%[sq]/.test(text) ? Math.max(1, words.length) : 1;
  if (rounds * text.length > MAX_GROWTH * (64 + lengthOf(words))) return undefined;
  const printed: Run[] = [];
  let next = 0;
  for (let round = 0; round < rounds && (round === 0 || next < words.length); round++) {
    for (const run of replaceMarks(format.text, (mark) => (/%[sq]/.test(mark) ? words[next++]?.text : ESCAPES[mark]))) {
      printed.push(run);
    }
  }
  return printed;
}

/** A long format for each of many words grows faster than the document does. */
const MAX_GROWTH = 8;

const lengthOf = (fields: readonly Field[]): number =>
  fields.reduce((sum, field) => sum + textOf(field.text).length + 1, 0);

/** The text with what its escapes and directives stand for, each in its place. */
function replaceMarks(text: PlacedText, valueOf: (mark: string) => string | PlacedText | undefined): PlacedText {
  const placement = createPlacement(text);
  const result: Run[] = [];
  let plain = 0;
  for (const { index, 0: mark } of placement.text.matchAll(/%[sq%]|\\[nt"\\]/g)) {
    const value = valueOf(mark) ?? '';
    const place = placeOf(placement, index, index + mark.length);
    result.push(...sliceOf(placement, plain, index), ...(typeof value === 'string' ? [derived(value, place)] : value));
    plain = index + mark.length;
  }
  return [...result, ...sliceOf(placement, plain, placement.text.length)];
}
