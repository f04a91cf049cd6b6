import { Refused } from '../ended';
import { readLine } from '../io';
import { SIGNALS } from '../processes';
import { programNamed } from '../programs';
import type { Call, Program } from './call';
import { formatPrintf } from './printf';
import { Leave, print } from './shell';
import { evaluateTest } from './test';

const done = async (): Promise<number> => 0;

/** What a shell does itself. */
export const BUILTINS: Readonly<Record<string, Program>> = {
  ':': done,
  true: done,
  false: async () => 1,
  export: done,
  readonly: done,
  umask: done,
  cd: done,
  wait: done,
  local: async ({ args, shell }) => {
    for (const name of args) shell.variables.set(name, '');
    return 0;
  },
  echo: async ({ args, shell }) => {
    const [first, ...rest] = args;
    const [words, end] = first === '-n' ? [rest, ''] : [args, '\n'];
    await print(shell, 1, words.join(' ') + end);
    return 0;
  },
  printf: async ({ args: [format = '', ...args], shell }) => {
    await print(shell, 1, formatPrintf(format, args));
    return 0;
  },
  test: async ({ args, shell }) => Number(!evaluateTest(shell.host, args)),
  '[': async ({ args, shell }) => {
    if (args.at(-1) !== ']') throw new Refused('[: missing ]');
    return Number(!evaluateTest(shell.host, args.slice(0, -1)));
  },
  read,
  eval: ({ args, shell, interpreter }) => interpreter.runText(shell, args.join(' ')),
  exec: async ({ args, shell, interpreter }) => {
    if (args.length === 0) throw new Refused("the lab's shell does not know exec without a command");
    if (args[0] === 'sh' && args[1] === '-c') throw new Leave('exit', await interpreter.runText(shell, args[2] ?? ''));
    throw new Leave('exit', await interpreter.runWords(shell, args));
  },
  command: async ({ args, shell, interpreter }) => {
    const [first, name = ''] = args;
    if (first !== '-v') return interpreter.runWords(shell, args);
    if (!Object.hasOwn(BUILTINS, name) && programNamed(name) === undefined) return 127;
    await print(shell, 1, `${name}\n`);
    return 0;
  },
  exit: async ({ args, shell }) => {
    throw new Leave('exit', Number(args[0] ?? shell.status) & 255);
  },
  return: async ({ args, shell }) => {
    throw new Leave('return', Number(args[0] ?? shell.status));
  },
  break: async () => {
    throw new Leave('break', 0);
  },
  continue: async () => {
    throw new Leave('continue', 0);
  },
  shift: async ({ args, shell }) => {
    shell.args = shell.args.slice(Number(args[0] ?? 1));
    return 0;
  },
  set,
  trap: async ({ args: [action, ...names], shell }) => {
    if (names.includes('EXIT')) shell.exitTrap = action === '-' ? undefined : action;
    return 0;
  },
  kill,
};

async function read({ args, shell }: Call): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const line = await readLine(shell.descriptors.input, shell.process.signal);
  const text = (line ?? '').replace(/\n$/, '');
  const separators = shell.variables.get('IFS');
  const trimmed = separators === '' ? text : text.replace(/^[ \t]+|[ \t]+$/g, '');
  const fields = separators === '' ? [text] : trimmed.split(/[ \t]+/);
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    shell.variables.set(name, (isLast ? fields.slice(index).join(' ') : fields[index]) ?? '');
  }
  return line?.endsWith('\n') ? 0 : 1;
}

async function set({ args, shell }: Call): Promise<number> {
  for (const [index, arg] of args.entries()) {
    if (arg === 'pipefail' && args[index - 1]?.endsWith('o'))
      shell.options.pipefail = args[index - 1]?.startsWith('-') === true;
    else if (/^[-+][euo]+$/.test(arg)) {
      if (arg.includes('e')) shell.options.errexit = arg.startsWith('-');
    } else throw new Refused(`the lab's shell does not know set ${arg}`);
  }
  return 0;
}

async function kill(call: Call): Promise<number> {
  const { host } = call.shell;
  let signal = 'TERM';
  const targets: string[] = [];
  for (let rest = call.args; rest.length > 0; rest = rest.slice(1)) {
    const [first = ''] = rest;
    if (first === '-s') {
      signal = rest[1] ?? '';
      rest = rest.slice(1);
    } else if (first === '--') {
      targets.push(...rest.slice(1));
      break;
    } else if (first.startsWith('-') && targets.length === 0) signal = first.slice(1);
    else targets.push(first);
  }
  const number = signal === '0' ? 0 : (SIGNALS[signal.replace(/^SIG/, '')] ?? Number(signal));
  if (!Number.isInteger(number)) throw new Refused(`kill: ${signal}: invalid signal specification`, 1);
  const found = targets.map((target) => host.processes.find(Number(target)));
  for (const process of found.flat()) if (number > 0) process.kill(number);
  const missing = targets.filter((_, index) => found[index]?.length === 0);
  for (const target of missing) await print(call.shell, 2, `kill: (${target}) - No such process\n`);
  return missing.length > 0 || targets.length === 0 ? 1 : 0;
}
