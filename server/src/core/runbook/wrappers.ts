import { HOLE, textOf } from '../shell/placed-text';
import type { Field } from './runbook';

/** A program that runs the command in its arguments. */
interface Wrapper {
  /** Letters of the flags that take an argument of their own. */
  readonly valued?: string;
  /** Long flags that take the next word as their argument. */
  readonly long?: readonly string[];
  /** Arguments before the command, e.g. the time of `timeout`. */
  readonly operands?: number;
  /** `NAME=value` may stand before the command. */
  readonly assigns?: true;
  /** With one of these letters it prints or edits something and runs nothing. */
  readonly inert?: string;
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valued: 'ughpCrtTURDac',
    long: ['user', 'group', 'host', 'prompt', 'close-from', 'role', 'type', 'chdir', 'chroot', 'command-timeout'],
    assigns: true,
    inert: 'eKlvV',
  },
  doas: { valued: 'uCa', inert: 'LC' },
  pfexec: { valued: 'P' },
  env: { valued: 'uC', long: ['unset', 'chdir'], assigns: true },
  nice: { valued: 'n', long: ['adjustment'] },
  ionice: { valued: 'cnpPu', long: ['class', 'classdata', 'pid'], inert: 'pPu' },
  chrt: { valued: 'TPDp', operands: 1, inert: 'pm' },
  timeout: { valued: 'ks', long: ['kill-after', 'signal'], operands: 1 },
  time: { valued: 'fo', long: ['format', 'output'] },
  nohup: {},
  setsid: {},
  stdbuf: { valued: 'ioe', long: ['input', 'output', 'error'] },
  command: { inert: 'vV' },
  builtin: {},
  exec: { valued: 'a' },
  flock: { valued: 'wE', long: ['timeout', 'wait', 'conflict-exit-code'], operands: 1 },
  chronic: {},
  sshpass: { valued: 'fdpP' },
  caffeinate: { valued: 'tw' },
  'systemd-inhibit': { long: ['what', 'who', 'why', 'mode'] },
  'systemd-run': { valued: 'puGHM', long: ['unit', 'property', 'slice', 'description', 'uid', 'gid', 'host'] },
};

/** The fields of the command that is run in the end, or nothing when none is. */
export function stripWrappers(fields: readonly Field[]): readonly Field[] {
  let rest = fields;
  for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
    const name = programName(rest[0]);
    const wrapper = name !== undefined && Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    if (!wrapper) return rest;
    rest = afterWrapper(wrapper, rest.slice(1));
  }
  return [];
}

/** Nobody runs one program by so many others. */
const MAX_WRAPPERS = 16;

/** The program's name without its directory, which need not be known; undefined when the name is not. */
export function programName(field: Field | undefined): string | undefined {
  if (!field) return undefined;
  const text = textOf(field.text);
  const name = text.slice(text.lastIndexOf('/') + 1);
  return name.includes(HOLE) ? undefined : name;
}

function afterWrapper(wrapper: Wrapper, fields: readonly Field[]): readonly Field[] {
  let index = 0;
  for (; index < fields.length; index++) {
    const word = textOf(fields[index]?.text ?? []);
    if (word === '--') {
      index += 1;
      break;
    }
    if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(word)) continue;
    if (!word.startsWith('-') || word === '-') break;
    if (!word.startsWith('--') && hasLetter(word, wrapper.inert)) return [];
    if (takesNext(wrapper, word)) index += 1;
  }
  const start = index + (wrapper.operands ?? 0);
  return fields.slice(start);
}

function takesNext(wrapper: Wrapper, word: string): boolean {
  if (word.startsWith('--')) return wrapper.long?.includes(word.slice(2)) === true;
  const last = word.at(-1) ?? '';
  return wrapper.valued?.includes(last) === true && !hasLetter(word.slice(0, -1), wrapper.valued);
}

const hasLetter = (word: string, letters = ''): boolean =>
  Array.from(letters).some((letter) => word.includes(letter, 1));
