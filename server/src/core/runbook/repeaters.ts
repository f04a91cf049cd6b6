import { createPlacement, sliceOf, textOf, unknown } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import { freshIdentity } from './analysis';
import type { Analysis } from './analysis';
import type { Field } from './runbook';
import { joinFields } from './ssh-arguments';

/** What is run again and again: the words of a command, or a text for a shell. */
export type Repeated =
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'text'; readonly text: PlacedText };

/**
 * The commands that `xargs`, `parallel` or `find -exec` runs for each of its arguments, with the argument unknown;
 * none for any other program, and where nothing is run.
 */
export function readRepeater(analysis: Analysis, name: string, args: readonly Field[]): readonly Repeated[] {
  if (name === 'find' || name === 'fd') return readFind(analysis, args);
  if (name !== 'xargs' && name !== 'parallel') return [];
  const end = name === 'parallel' ? args.findIndex((field) => /^:{3,4}\+?$/.test(textOf(field.text))) : -1;
  const fields = readXargs(analysis, end === -1 ? args : args.slice(0, end));
  if (!fields) return [];
  // What parallel is given goes through a shell.
  return name === 'parallel' ? [{ kind: 'text', text: joinFields(fields) }] : [{ kind: 'fields', fields }];
}

function readFind(analysis: Analysis, args: readonly Field[]): readonly Repeated[] {
  const commands: Repeated[] = [];
  let start = -1;
  args.forEach((field, index) => {
    const word = textOf(field.text);
    if (start === -1 && /^-(?:exec|ok)(?:dir)?$|^(?:-x|--exec)$/.test(word)) start = index + 1;
    else if (start !== -1 && (/^[;+]$/.test(word) || index === args.length - 1)) {
      const end = /^[;+]$/.test(word) ? index : args.length;
      commands.push({ kind: 'fields', fields: replaceMark(analysis, args.slice(start, end), '{}') });
      start = -1;
    }
  });
  return commands;
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
  if (mark !== undefined || command.some(hasMark)) return replaceMark(analysis, command, mark ?? '{}');
  const more = unknown('each line', freshIdentity(analysis), first.span);
  return [...command, { text: [more], span: first.span, arity: 'some' }];
}

const hasMark = (field: Field): boolean => textOf(field.text).includes('{}');

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
