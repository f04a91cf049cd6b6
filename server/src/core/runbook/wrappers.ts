import { HOLE, derived, textOf } from '../shell/placed-text';
import type { Field } from './runbook';
import { WRAPPERS } from './wrapper-table';
import type { Wrapper } from './wrapper-table';

/** The fields of the command that is run in the end, or nothing when none is. */
export function stripWrappers(fields: readonly Field[]): readonly Field[] {
  let rest = fields;
  for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
    const name = programName(rest[0]);
    const wrapper = name !== undefined && Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    if (!wrapper) return rest;
    const [program, ...args] = rest;
    if (!program || !wraps(wrapper, args)) return rest;
    rest = afterWrapper(wrapper, program, args.slice(wrapper.words?.length ?? 0));
  }
  return [];
}

/** Some programs run another one only when they are asked to. */
function wraps({ words = [], needs }: Wrapper, args: readonly Field[]): boolean {
  if (!words.every((word, index) => textOf(args[index]?.text ?? []) === word)) return false;
  return (
    needs === undefined || args.some(({ text }) => /^-[A-Za-z]/.test(textOf(text)) && hasLetter(textOf(text), needs))
  );
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

function afterWrapper(wrapper: Wrapper, program: Field, fields: readonly Field[]): readonly Field[] {
  let index = 0;
  let isShell = false;
  for (; index < fields.length; index++) {
    const word = textOf(fields[index]?.text ?? []);
    if (word === '--') {
      index += 1;
      break;
    }
    if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(word)) continue;
    if (!word.startsWith('-') || word === '-') break;
    if (!word.startsWith('--') && hasLetter(word, wrapper.inert)) return [];
    isShell ||= !word.startsWith('--') && hasLetter(word, wrapper.shell);
    if (takesNext(wrapper, word)) index += 1;
  }
  const command = fields.slice(index + (wrapper.operands ?? 0));
  const [first] = command;
  // `sudo -s`, and `flock FILE -c TEXT`.
  const sh: Field = { ...program, text: [derived('sh', program.span)], arity: 'one' };
  if (!first) return isShell ? [sh] : [];
  return textOf(first.text) === '-c' ? [sh, ...command] : command;
}

function takesNext(wrapper: Wrapper, word: string): boolean {
  if (word.startsWith('--')) return wrapper.long?.includes(word.slice(2)) === true;
  const last = word.at(-1) ?? '';
  return wrapper.valued?.includes(last) === true && !hasLetter(word.slice(0, -1), wrapper.valued);
}

const hasLetter = (word: string, letters = ''): boolean =>
  Array.from(letters).some((letter) => word.includes(letter, 1));
