import { textOf } from '../../core/shell/placed-text';
import type { List, ParameterPart, Word, WordPart } from '../../core/shell/script';
import { Refused } from '../ended';
import { homeOf } from '../host';
import type { Shell } from './shell';

/** Runs a command substitution and gives what it printed. */
export type Substitute = (shell: Shell, body: List) => Promise<string>;

/** The fields that words become, as POSIX splits them; names of files are not looked up. */
export async function expandWords(shell: Shell, words: readonly Word[], run: Substitute): Promise<readonly string[]> {
  const fields: string[] = [];
  for (const word of words) fields.push(...(await expandWord(shell, word, run)));
  return fields;
}

/** A word as one text: of an assignment, a redirect or a here-document. */
export async function expandText(shell: Shell, word: Word | undefined, run: Substitute): Promise<string> {
  const pieces: string[] = [];
  for (const part of word?.parts ?? []) {
    const value = await valueOf(shell, part, run);
    pieces.push(typeof value === 'string' ? value : value.join(' '));
  }
  return pieces.join('');
}

async function expandWord(shell: Shell, word: Word, run: Substitute): Promise<readonly string[]> {
  const fields: string[] = [];
  /** Undefined while no field has begun: an unquoted empty value makes none. */
  let open: string | undefined;
  const close = (): void => {
    if (open !== undefined) fields.push(open);
    open = undefined;
  };
  for (const part of word.parts) {
    const value = await valueOf(shell, part, run);
    if (typeof value !== 'string') {
      for (const [index, each] of value.entries()) {
        if (index > 0) close();
        open = (open ?? '') + each;
      }
    } else if (part.quoted || part.kind === 'literal') open = (open ?? '') + value;
    else {
      const pieces = value.split(/[ \t\n]+/);
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) close();
        if (piece !== '') open = (open ?? '') + piece;
      }
    }
  }
  close();
  return fields;
}

/** Several texts for `$@`, which never becomes one. */
async function valueOf(shell: Shell, part: WordPart, run: Substitute): Promise<string | readonly string[]> {
  if (part.kind === 'literal') return part.quoted ? textOf(part.text) : withHome(shell, textOf(part.text));
  if (part.kind === 'parameter') return parameter(shell, part, run);
  if (part.kind === 'command') return (await run(shell, part.script.statements)).replace(/\n+$/, '');
  throw new Refused(`the lab's shell does not know ${part.kind === 'process' ? 'process substitution' : part.source}`);
}

/** `~` and `~USER`, where a word begins with them. */
const withHome = (shell: Shell, text: string): string =>
  text.replace(/^~(\w*)(?=\/|$)/, (_, user: string) => homeOf(user === '' ? shell.process.user : user));

async function parameter(shell: Shell, part: ParameterPart, run: Substitute): Promise<string | readonly string[]> {
  if (part.index !== undefined || part.operator === 'other')
    throw new Refused(`the lab's shell does not know ${part.source}`);
  const value = lookUp(shell, part.name);
  if (part.operator === undefined) return value ?? '';
  const operand = (): Promise<string> => expandText(shell, part.operand, run);
  const text = typeof value === 'object' ? value.join(' ') : value;
  const edit = EDITS[part.operator];
  if (edit) return edit(text ?? '', await operand());
  const isSet = text !== undefined && !(part.operator.startsWith(':') && text === '');
  switch (part.operator.at(-1)) {
    case '-':
      return isSet ? text : operand();
    case '+':
      return isSet ? operand() : '';
    case '=':
      if (!isSet) shell.variables.set(part.name, await operand());
      return shell.variables.get(part.name) ?? '';
    case '?':
      if (!isSet) throw new Refused(`${part.name}: ${(await operand()) || 'parameter not set'}`);
      return text;
    default:
      throw new Refused(`the lab's shell does not know ${part.source}`);
  }
}

const EDITS: Readonly<Record<string, (text: string, pattern: string) => string>> = {
  '#': (text, pattern) => takeOff(text, pattern, (length) => [0, length], false),
  '##': (text, pattern) => takeOff(text, pattern, (length) => [0, length], true),
  '%': (text, pattern) => takeOff(text, pattern, (length) => [text.length - length, text.length], false),
  '%%': (text, pattern) => takeOff(text, pattern, (length) => [text.length - length, text.length], true),
};

/** Takes off the shortest or the longest end of a text that fits a pattern. */
function takeOff(
  text: string,
  pattern: string,
  place: (length: number) => readonly [number, number],
  longest: boolean,
): string {
  const matches = patternOf(pattern);
  const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
  for (const length of longest ? lengths.toReversed() : lengths) {
    const [from, to] = place(length);
    if (matches.test(text.slice(from, to))) return text.slice(0, from) + text.slice(to);
  }
  return text;
}

const patternOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
  );

function lookUp(shell: Shell, name: string): string | readonly string[] | undefined {
  const { args } = shell;
  switch (name) {
    case '@':
      return args;
    case '*':
      return args.join(' ');
    case '#':
      return String(args.length);
    case '?':
      return String(shell.status);
    case '$':
      return String(shell.pid);
    case '0':
      return 'sh';
    default:
      return /^\d+$/.test(name) ? args[Number(name) - 1] : shell.variables.get(name);
  }
}
