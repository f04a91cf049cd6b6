import { createPlacement, sliceOf, textOf, unknown } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import { freshIdentity } from './analysis';
import type { Analysis } from './analysis';
import type { Field } from './runbook';

/**
 * The command that `xargs`, `parallel` or `find -exec` runs for each of its arguments, with the argument unknown;
 * undefined for any other program, and where nothing is run.
 */
export function readRepeater(analysis: Analysis, name: string, args: readonly Field[]): readonly Field[] | undefined {
  if (name === 'xargs' || name === 'parallel') return readXargs(analysis, args);
  if (name !== 'find') return undefined;
  const start = args.findIndex((field) => /^-(?:exec|ok)(?:dir)?$/.test(textOf(field.text)));
  if (start === -1) return undefined;
  const end = args.findIndex((field, index) => index > start && /^[;+]$/.test(textOf(field.text)));
  return replaceMark(analysis, args.slice(start + 1, end === -1 ? args.length : end), '{}');
}

/** The flags of xargs(1) and parallel(1) that take an argument of their own. */
const VALUED = /^-[aEeIijLlnPsd]$|^--(?:max-args|max-lines|max-procs|max-chars|delimiter|arg-file|replace|jobs)$/;

function readXargs(analysis: Analysis, args: readonly Field[]): readonly Field[] | undefined {
  let index = 0;
  let mark: string | undefined;
  for (; index < args.length; index++) {
    const word = textOf(args[index]?.text ?? []);
    if (!word.startsWith('-')) break;
    if (/^-(?:I|i|-replace)/.test(word)) mark = word.slice(2) || textOf(args[index + 1]?.text ?? []);
    if (VALUED.test(word) && word !== '-i') index += 1;
  }
  const command = args.slice(index);
  const [first] = command;
  if (!first) return undefined;
  if (mark !== undefined) return replaceMark(analysis, command, mark);
  const more = unknown('each line', freshIdentity(analysis), first.span);
  return [...command, { text: [more], span: first.span, arity: 'some' }];
}

function replaceMark(analysis: Analysis, fields: readonly Field[], mark: string): readonly Field[] {
  const identity = freshIdentity(analysis);
  return fields.map((field) => {
    const at = mark === '' ? -1 : textOf(field.text).indexOf(mark);
    if (at === -1) return field;
    const placement = createPlacement(field.text);
    const text: PlacedText = [
      ...sliceOf(placement, 0, at),
      unknown(mark, identity, field.span),
      ...sliceOf(placement, at + mark.length, placement.text.length),
    ];
    return { ...field, text };
  });
}
