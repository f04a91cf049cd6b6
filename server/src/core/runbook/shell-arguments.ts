import { isKnown, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Dialect, Field, Pipefail } from './runbook';

/** What a call of a shell runs. */
export interface ShellArguments {
  readonly dialect: Dialect;
  readonly pipefail: Pipefail;
  /** The text after `-c`. */
  readonly command?: PlacedText;
  /** It runs its standard input. */
  readonly readsInput: boolean;
  readonly positional: readonly Field[];
}

const SHELLS: Readonly<Record<string, Dialect>> = {
  sh: 'sh',
  dash: 'sh',
  ash: 'sh',
  bash: 'bash',
  rbash: 'bash',
  ksh: 'ksh',
  ksh88: 'ksh',
  ksh93: 'ksh',
  pdksh: 'ksh',
  dtksh: 'ksh',
  mksh: 'ksh',
  oksh: 'ksh',
  zsh: 'zsh',
  su: 'unknown',
  runuser: 'unknown',
};

/** The dialect of a shell program by its name. */
export const dialectOf = (program: string): Dialect | undefined =>
  Object.hasOwn(SHELLS, program) ? SHELLS[program] : undefined;

/** Reads the arguments of `sh`, `bash`, `su -c` …; undefined for any other program. */
export function readShellArguments(program: string, args: readonly Field[]): ShellArguments | undefined {
  const dialect = dialectOf(program);
  if (dialect === undefined) return undefined;
  const options = readOptions(args);
  const rest = args.slice(options.end);
  const base = { dialect, pipefail: options.pipefail, readsInput: false, positional: [] };
  if (program === 'su' || program === 'runuser')
    return { ...base, ...suCommand(args), readsInput: !args.some((field) => isWord(field, '-c')) };
  if (options.command) {
    const [command, , ...positional] = rest;
    return command ? { ...base, command: command.text, positional } : base;
  }
  // With a file to run, standard input is that script's.
  return { ...base, readsInput: options.fromInput || rest.length === 0, positional: options.fromInput ? rest : [] };
}

const isWord = (field: Field, word: string): boolean => isKnown(field.text) && textOf(field.text) === word;

function suCommand(args: readonly Field[]): { readonly command?: PlacedText } {
  const command = args[args.findIndex((field) => isWord(field, '-c')) + 1];
  return command && args.some((field) => isWord(field, '-c')) ? { command: command.text } : {};
}

interface Options {
  readonly command: boolean;
  readonly fromInput: boolean;
  readonly pipefail: Pipefail;
  /** Index of the first operand. */
  readonly end: number;
}

/** `-euo pipefail -c`: letters may be joined, and each `o` takes a word. */
function readOptions(args: readonly Field[]): Options {
  let [command, fromInput, pipefail]: [boolean, boolean, Pipefail] = [false, false, 'off'];
  let index = 0;
  for (; index < args.length; index++) {
    const word = textOf(args[index]?.text ?? []);
    if (word === '--' || word === '-') {
      index += 1;
      break;
    }
    if (!/^[-+][A-Za-z-]/.test(word)) break;
    if (word.startsWith('--')) continue;
    command ||= word.includes('c');
    fromInput ||= word.includes('s');
    for (const _ of word.matchAll(/[oO]/g)) {
      index += 1;
      if (textOf(args[index]?.text ?? []) === 'pipefail') pipefail = word.startsWith('-') ? 'on' : 'off';
    }
  }
  return { command, fromInput, pipefail, end: index };
}
