import { Refused } from '../ended';
import { readAll } from '../io';
import type { Process } from '../processes';
import { refuseOption } from '../shell/call';
import type { Call, Program } from '../shell/call';
import { outputOf, print } from '../shell/shell';
import { pause } from '../waiting';

/** What starts, lists and paces programs. */
export const processPrograms: Readonly<Record<string, Program>> = {
  sh,
  bash: sh,
  sudo: (call) => asUser(call, 'root'),
  doas: (call) => asUser(call, 'root'),
  env: ({ args, shell, interpreter }) => interpreter.runWords(shell, args),
  ps,
  pidof: async ({ args: [wanted = ''], shell }) => {
    const found = shell.host.processes.list().filter(({ args }) => args[0] === wanted);
    if (found.length > 0) await print(shell, 1, `${found.map(({ pid }) => pid).join(' ')}\n`);
    return found.length > 0 ? 0 : 1;
  },
  sleep: async ({ args: [seconds = '0'], shell }) => {
    await pause(Number(seconds) * 1000, shell.process.signal);
    return 0;
  },
  xargs: async ({ args, shell, interpreter }) => {
    const text = (await readAll(shell.descriptors.input, shell.process.signal)).toString();
    const words = text.split(/\s+/).filter((word) => word !== '');
    return interpreter.runWords(shell, [...args, ...words]);
  },
  pv,
};

async function sh(call: Call): Promise<number> {
  const { args, shell, interpreter } = call;
  const [option = '', text, , ...rest] = args;
  shell.args = rest;
  if (/^-[a-z]*c$/.test(option)) return interpreter.runText(shell, text ?? '');
  if (option !== '' && option !== '-s') refuseOption(call, option);
  const script = await readAll(shell.descriptors.input, shell.process.signal);
  return interpreter.runText(shell, script.toString());
}

/** As another user; everybody may. */
async function asUser(call: Call, user: string): Promise<number> {
  const { shell, interpreter } = call;
  const words = call.args[0] === '-n' ? call.args.slice(1) : call.args;
  if (words[0]?.startsWith('-') !== false) refuseOption(call, words[0] ?? 'a shell of its own');
  return interpreter.runWords({ ...shell, process: { ...shell.process, user } }, words);
}

/** The columns that `-o` names, for every process. */
async function ps({ args, shell }: Call): Promise<number> {
  const columns = args.flatMap((arg, index) => (args[index - 1] === '-o' ? [arg.replace(/=$/, '')] : []));
  const unknown = columns.find((name) => !Object.hasOwn(COLUMNS, name));
  if (unknown !== undefined || columns.length === 0)
    throw new Refused(`the lab's ps wants -o with pid, ppid, user or args`);
  const rows = shell.host.processes.list().map((process) => columns.map((name) => COLUMNS[name]?.(process)).join(' '));
  await print(shell, 1, rows.map((row) => `${row}\n`).join(''));
  return 0;
}

const COLUMNS: Readonly<Record<string, (process: Process) => string>> = {
  pid: ({ pid }) => String(pid).padStart(7),
  ppid: ({ parent }) => String(parent).padStart(7),
  user: ({ user }) => user,
  args: ({ args }) => args.join(' '),
};

/** `pv -q -L BYTES`: passes on at most so much a second. */
async function pv(call: Call): Promise<number> {
  const { args, shell } = call;
  const limit = Number(args[args.indexOf('-L') + 1]);
  if (!args.includes('-L') || !(limit > 0)) refuseOption(call, args.join(' '));
  const { signal } = shell.process;
  const { input } = shell.descriptors;
  let due = Date.now();
  for (let chunk = await input.read(signal); chunk; chunk = await input.read(signal)) {
    due = Math.max(due, Date.now() - 200) + (chunk.length / limit) * 1000;
    await outputOf(shell, 1).write(chunk, signal);
    const wait = due - Date.now();
    if (wait > 0) await pause(wait, signal);
  }
  return 0;
}
