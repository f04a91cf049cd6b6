import { Refused } from '../ended';
import { openToRead, openToWrite } from '../files';
import { readAll, readLine } from '../io';
import type { Source } from '../io';
import { refuseOption, takeFlags } from '../shell/call';
import type { Call, Program } from '../shell/call';
import { outputOf, print } from '../shell/shell';

/** What filters text and bytes. */
export const textPrograms: Readonly<Record<string, Program>> = {
  cat: async (call) => {
    const { operands } = takeFlags(call, '');
    for (const source of sources(call, operands)) await copy(call, source, Infinity);
    return 0;
  },
  head,
  wc: async (call) => {
    const { flags, operands } = takeFlags(call, 'cl');
    const unit = flags.has('l') ? countLines : (chunk: Buffer): number => chunk.length;
    let count = 0;
    for (const source of sources(call, operands))
      for (let chunk = await read(call, source); chunk; chunk = await read(call, source)) count += unit(chunk);
    await print(call.shell, 1, `${count}\n`);
    return 0;
  },
  grep,
  sort: (call) => lines(call, 'u', (all, flags) => (flags.has('u') ? [...new Set(all)] : [...all]).toSorted()),
  uniq: (call) => lines(call, '', (all) => all.filter((line, index) => line !== all[index - 1])),
  base64: async (call) => {
    const { flags, operands } = takeFlags(call, 'd');
    for (const source of sources(call, operands)) {
      const bytes = await readAll(source, call.shell.process.signal);
      const made = flags.has('d')
        ? Buffer.from(bytes.toString(), 'base64')
        : Buffer.from(bytes.toString('base64').replaceAll(/.{1,76}/g, '$&\n'));
      await outputOf(call.shell, 1).write(made, call.shell.process.signal);
    }
    return 0;
  },
  tee: async (call) => {
    const { operands } = takeFlags(call, '');
    const files = operands.map((path) => openToWrite(call.shell.host, path, false));
    const { input } = call.shell.descriptors;
    for (let chunk = await read(call, input); chunk; chunk = await read(call, input))
      for (const sink of [...files, outputOf(call.shell, 1)]) await sink.write(chunk, call.shell.process.signal);
    for (const file of files) file.close();
    return 0;
  },
  seq: async ({ args, shell }) => {
    const [first, last] = args.length > 1 ? [Number(args[0]), Number(args[1])] : [1, Number(args[0])];
    for (let number = first; number <= last; number += 1) await print(shell, 1, `${number}\n`);
    return 0;
  },
  dd,
};

const read = ({ shell }: Call, source: Source): Promise<Buffer | undefined> => source.read(shell.process.signal);

const sources = ({ shell }: Call, paths: readonly string[]): readonly Source[] =>
  paths.length === 0
    ? [shell.descriptors.input]
    : paths.map((path) => (path === '-' ? shell.descriptors.input : openToRead(shell.host, path)));

const countLines = (chunk: Buffer): number => chunk.toString('latin1').split('\n').length - 1;

async function copy(call: Call, source: Source, limit: number): Promise<void> {
  const { process } = call.shell;
  for (let left = limit; left > 0;) {
    const chunk = await read(call, source);
    if (chunk === undefined) return;
    const taken = chunk.subarray(0, Math.min(left, chunk.length));
    await outputOf(call.shell, 1).write(taken, process.signal);
    left -= taken.length;
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** `4m`, `64k`, `1M`. */
function sizeOf(call: Call, text: string | undefined): number {
  const [, number = '', unit = ''] = /^(\d+)([kmg]?)$/i.exec(text ?? '') ?? [];
  if (number === '') refuseOption(call, `the size ${text ?? ''}`);
  return Number(number) * (UNITS[unit.toLowerCase()] ?? 1);
}

async function head(call: Call): Promise<number> {
  const [option = '', ...rest] = call.args;
  const [, unit, attached = ''] = /^-([cn])?(\d*.*)$/.exec(option) ?? [];
  const isGiven = unit !== undefined || attached !== '';
  const size = isGiven ? attached || rest[0] : '10';
  const paths = isGiven ? rest.slice(attached === '' ? 1 : 0) : call.args;
  for (const source of sources(call, paths)) {
    if (unit === 'c') await copy(call, source, sizeOf(call, size));
    else
      for (let left = sizeOf(call, size); left > 0; left -= 1) {
        const line = await readLine(source, call.shell.process.signal);
        if (line === undefined) break;
        await print(call.shell, 1, line);
      }
  }
  return 0;
}

async function grep(call: Call): Promise<number> {
  const { flags, operands } = takeFlags(call, 'cvqEFi');
  const [pattern = '', ...paths] = operands;
  const source = flags.has('F') ? pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern;
  const matches = new RegExp(source, flags.has('i') ? 'i' : '');
  let count = 0;
  for (const from of sources(call, paths)) {
    for (let line = await readLine(from, call.shell.process.signal); line !== undefined;) {
      if (matches.test(line.replace(/\n$/, '')) !== flags.has('v')) {
        count += 1;
        if (!flags.has('c') && !flags.has('q')) await print(call.shell, 1, line);
      }
      line = await readLine(from, call.shell.process.signal);
    }
  }
  if (flags.has('c')) await print(call.shell, 1, `${count}\n`);
  return count > 0 ? 0 : 1;
}

async function lines(
  call: Call,
  known: string,
  change: (lines: readonly string[], flags: ReadonlySet<string>) => readonly string[],
): Promise<number> {
  const { flags, operands } = takeFlags(call, known);
  const all: string[] = [];
  for (const source of sources(call, operands)) {
    const text = (await readAll(source, call.shell.process.signal)).toString();
    all.push(...text.split('\n').filter((line, index, every) => index < every.length - 1 || line !== ''));
  }
  await print(
    call.shell,
    1,
    change(all, flags)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return 0;
}

/** `dd if= of= bs= count=`; its figures on standard error are left out. */
async function dd(call: Call): Promise<number> {
  const given = Object.fromEntries(call.args.map((arg) => [arg.split('=', 1)[0] ?? '', arg.replace(/^\w*=?/, '')]));
  const unknown = Object.keys(given).find((name) => !['if', 'of', 'bs', 'count', 'conv', 'status'].includes(name));
  if (unknown !== undefined) throw new Refused(`the lab's dd does not know ${unknown}=`);
  const size = given['count'] === undefined ? Infinity : Number(given['count']) * sizeOf(call, given['bs'] ?? '512');
  const { shell } = call;
  const input = given['if'] === undefined ? shell.descriptors.input : openToRead(shell.host, given['if']);
  if (given['of'] === undefined) {
    await copy(call, input, size);
    return 0;
  }
  const file = openToWrite(shell.host, given['of'], false);
  const outputs = new Map(shell.descriptors.outputs).set(1, file);
  await copy({ ...call, shell: { ...shell, descriptors: { ...shell.descriptors, outputs } } }, input, size);
  file.close();
  return 0;
}
