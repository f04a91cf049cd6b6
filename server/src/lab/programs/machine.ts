import { Refused } from '../ended';
import type { Program } from '../shell/call';
import { takeFlags } from '../shell/call';
import { print } from '../shell/shell';

const done: Program = async () => 0;

const says =
  (text: (call: Parameters<Program>[0]) => string): Program =>
  async (call) => {
    await print(call.shell, 1, `${text(call)}\n`);
    return 0;
  };

/** What tells of the machine, and what keeps its few files. */
export const machinePrograms: Readonly<Record<string, Program>> = {
  hostname: says(({ shell }) => shell.host.name),
  whoami: says(({ shell }) => shell.process.user),
  uname: says(() => 'Linux'),
  id: says(({ shell }) => (shell.process.user === 'root' ? '0' : '1000')),
  date: says(({ args }) => (args.includes('+%s') ? String(Math.floor(Date.now() / 1000)) : new Date().toUTCString())),
  // Folders and modes are not kept: every path can be written.
  mkdir: done,
  chmod: done,
  chown: done,
  sync: done,
  mktemp: async ({ shell }) => {
    const path = `/tmp/tmp.${shell.process.pid}`;
    shell.host.files.set(path, Buffer.alloc(0));
    await print(shell, 1, `${path}\n`);
    return 0;
  },
  cp: async (call) => {
    const { host } = call.shell;
    const { operands } = takeFlags(call, 'pf');
    const to = operands.at(-1) ?? '';
    for (const path of operands.slice(0, -1)) {
      const bytes = host.files.get(path);
      if (bytes === undefined) throw new Refused(`cp: cannot stat '${path}': No such file or directory`, 1);
      // Folders are not kept: what is no file is taken for one.
      host.files.set(host.files.has(to) ? to : `${to.replace(/\/$/, '')}/${path.split('/').at(-1) ?? ''}`, bytes);
    }
    return 0;
  },
  touch: async ({ args, shell }) => {
    for (const path of args) if (!shell.host.files.has(path)) shell.host.files.set(path, Buffer.alloc(0));
    return 0;
  },
  rm: async (call) => {
    const { flags, operands } = takeFlags(call, 'frR');
    const missing = operands.filter((path) => !call.shell.host.files.delete(path));
    if (flags.has('f')) return 0;
    for (const path of missing)
      await print(call.shell, 2, `rm: cannot remove '${path}': the lab keeps no file of that name\n`);
    return missing.length > 0 ? 1 : 0;
  },
};
