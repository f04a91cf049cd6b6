import { Refused } from '../ended';
import type { Interpreter } from './interpret';
import type { Shell } from './shell';

/** A builtin or a program at work. */
export interface Call {
  /** What stands behind the name. */
  readonly args: readonly string[];
  readonly name: string;
  /** Of a program: a fork for it alone. */
  readonly shell: Shell;
  readonly interpreter: Interpreter;
}

/** Its exit status. */
export type Program = (call: Call) => Promise<number>;

/** Flags without arguments in front of the operands; what is not one of `known` is refused. */
export function takeFlags(
  call: Call,
  known: string,
): { readonly flags: ReadonlySet<string>; readonly operands: readonly string[] } {
  const flags = new Set<string>();
  const end = call.args.findIndex((arg) => !/^-./.test(arg) || arg === '--');
  const options = end === -1 ? call.args : call.args.slice(0, end);
  for (const letter of options.flatMap((option) => option.slice(1).split(''))) {
    if (!known.includes(letter)) refuseOption(call, `-${letter}`);
    flags.add(letter);
  }
  const rest = call.args.slice(options.length);
  return { flags, operands: rest[0] === '--' ? rest.slice(1) : rest };
}

export function refuseOption({ name }: Call, option: string): never {
  throw new Refused(`the lab's ${name} does not know ${option}`);
}
