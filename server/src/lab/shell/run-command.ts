import type { Assignment, SimpleCommand, Word } from '../../core/shell/script';
import { Refused } from '../ended';
import { programNamed } from '../programs';
import { BUILTINS } from './builtins';
import { expandText, expandWords } from './expand';
import type { Interpreter } from './interpret';
import { redirect } from './redirect';
import { Leave, print } from './shell';
import type { Shell } from './shell';

/** Runs a function, a builtin or a program, in that order. */
export async function runCommand(shell: Shell, command: SimpleCommand, interpreter: Interpreter): Promise<number> {
  try {
    return await runExpanded(shell, command, interpreter);
  } catch (error) {
    if (!(error instanceof Refused && error.isOrdinary)) throw error;
    await print(shell, 2, `sh: ${error.message}\n`);
    return error.status;
  }
}

async function runExpanded(shell: Shell, command: SimpleCommand, interpreter: Interpreter): Promise<number> {
  const words = await expandWords(shell, command.words, interpreter.substitute);
  const outer = shell.descriptors;
  const { descriptors, close } = await redirect(shell, command.redirects, interpreter.substitute);
  const before = await assign(shell, command.assignments, interpreter);
  shell.descriptors = descriptors;
  try {
    if (words.length === 0) return shell.status;
    return await runWords(shell, words, interpreter);
  } finally {
    shell.descriptors = outer;
    close();
    // In front of a command an assignment holds for the command alone; `export` and the like keep theirs.
    if (words.length > 0 && !DECLARATIONS.has(words[0] ?? '')) restore(shell, before);
  }
}

const DECLARATIONS: ReadonlySet<string> = new Set(['export', 'readonly', 'local']);

export async function runWords(shell: Shell, words: readonly string[], interpreter: Interpreter): Promise<number> {
  const [name = '', ...args] = words;
  const body = shell.functions.get(name);
  if (body) return runFunction(shell, args, () => interpreter.runNode(shell, body));
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (builtin) return builtin({ name, args, shell, interpreter });
  const program = programNamed(name);
  if (program === undefined) throw new Refused(`${name}: not found`, 127);
  const run = async (child: Shell): Promise<number> => {
    // A script of thousands of commands must not keep the lab from its other connections.
    await new Promise(setImmediate);
    return program({ name, args, shell: child, interpreter });
  };
  return interpreter.inFork(shell, shell.descriptors, run, words);
}

async function runFunction(shell: Shell, args: readonly string[], run: () => Promise<number>): Promise<number> {
  const outer = shell.args;
  shell.args = args;
  try {
    return await run();
  } catch (error) {
    if (error instanceof Leave && error.what === 'return') return error.status;
    throw error;
  } finally {
    shell.args = outer;
  }
}

const isList = (value: Assignment['value']): value is readonly Word[] => Array.isArray(value);

async function assign(
  shell: Shell,
  assignments: readonly Assignment[],
  interpreter: Interpreter,
): Promise<ReadonlyMap<string, string | undefined>> {
  const before = new Map<string, string | undefined>();
  for (const { name, value, append } of assignments) {
    if (isList(value)) throw new Refused("the lab's shell does not know arrays");
    const text = await expandText(shell, value, interpreter.substitute);
    const old = shell.variables.get(name);
    before.set(name, old);
    shell.variables.set(name, append ? (old ?? '') + text : text);
  }
  return before;
}

function restore({ variables }: Shell, before: ReadonlyMap<string, string | undefined>): void {
  for (const [name, value] of before) {
    if (value === undefined) variables.delete(name);
    else variables.set(name, value);
  }
}
