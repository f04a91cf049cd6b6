import { derived, describe, isKnown, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import { span } from '../text/span';
import type { Field } from './runbook';

/** What an `ssh` command line asks for. */
export interface SshArguments {
  /** As written, unknown values by their names. */
  readonly destination: string;
  /** What the remote shell is given; undefined when it reads standard input. */
  readonly command?: PlacedText;
}

/** A flag that takes an argument: its letter, and the argument with unknown values by their names. */
export interface SshFlag {
  readonly letter: string;
  readonly value: string;
}

/** The flags of ssh(1) that take an argument. */
const VALUED = /[BbcDEeFIiJLlmOoPpQRSWw]/;

/** Reads ssh's arguments; undefined when there is no destination or nothing is run there. */
export function readSshArguments(fields: readonly Field[]): SshArguments | undefined {
  const { first, start } = findParts(fields);
  const destination = fields[first];
  if (!destination || forbidsCommand(fields.slice(0, first))) return undefined;
  const command = joinFields(fields.slice(start));
  return { destination: describe(destination.text), ...(start < fields.length && { command }) };
}

/** The flags that take an argument, wherever they stand. */
export function readSshFlags(fields: readonly Field[]): readonly SshFlag[] {
  const { first, start } = findParts(fields);
  return [fields.slice(0, first), fields.slice(first + 1, start)].flatMap(valuedFlags);
}

/** Where the destination stands, and where the command begins: ssh reads flags after the destination too. */
function findParts(fields: readonly Field[]): { readonly first: number; readonly start: number } {
  const first = skipFlags(fields, 0);
  return { first, start: skipFlags(fields, first + 1) };
}

function valuedFlags(fields: readonly Field[]): readonly SshFlag[] {
  return fields.flatMap((field, index) => {
    const word = describe(field.text);
    const position = word.startsWith('-') ? word.search(VALUED) : -1;
    const letter = word[position];
    if (letter === undefined) return [];
    const next = fields[index + 1];
    const value = word.slice(position + 1) || (next && describe(next.text));
    return value === undefined ? [] : { letter, value };
  });
}

/** What a shell makes of several words that it is given as one text: they are joined by spaces. */
export function joinFields(fields: readonly Field[]): PlacedText {
  return fields.flatMap((field, index): PlacedText => {
    const before = fields[index - 1];
    if (!before) return valueOfSole(field.text, fields.length);
    const gap = span(before.span.end, Math.max(before.span.end, field.span.start));
    return [derived(' ', gap), ...field.text];
  });
}

/** Text that is nothing but a variable is read where its value was written. */
function valueOfSole(text: PlacedText, fields: number): PlacedText {
  const values = text.map((run) =>
    run.kind !== 'verbatim' && run.span.start === text[0]?.span.start ? run.value : [],
  );
  if (fields !== 1 || values.length === 0 || values.some((value) => !value?.length)) return text;
  return valueOfSole(
    values.flatMap((value) => value ?? []),
    1,
  );
}

function skipFlags(fields: readonly Field[], from: number): number {
  let index = from;
  for (; index < fields.length; index++) {
    const word = textOf(fields[index]?.text ?? []);
    if (word === '--') return index + 1;
    // A bare variable before the destination mostly holds options.
    if (isOptionVariable(fields, index)) continue;
    if (!word.startsWith('-') || word === '-') return index;
    const position = word.search(VALUED);
    if (position === word.length - 1) index += 1;
  }
  return index;
}

/** `ssh $SSH_OPTS host …`: an unquoted unknown word that is named like options, or a list. */
function isOptionVariable(fields: readonly Field[], index: number): boolean {
  const field = fields[index];
  if (!field || isKnown(field.text) || field.arity === 'one') return false;
  return field.arity === 'list' || /opt|arg|flag|param/i.test(describe(field.text));
}

const forbidsCommand = (flags: readonly Field[]): boolean =>
  flags.some((field) => /^-[A-Za-z]*[NGQOW]/.test(textOf(field.text)) && !/^-[oilpFJc]/.test(textOf(field.text)));
