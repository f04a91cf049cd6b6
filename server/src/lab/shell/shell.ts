import type { ShellNode } from '../../core/shell/script';
import type { LabHost } from '../host';
import type { Sink, Source } from '../io';
import type { Process } from '../processes';

/** One shell at work: a script, or one that it forked. */
export interface Shell {
  readonly host: LabHost;
  readonly process: Process;
  /** `$$`, which forks keep. */
  readonly pid: number;
  readonly variables: Map<string, string>;
  readonly functions: Map<string, ShellNode>;
  /** `$1` and on. */
  args: readonly string[];
  /** `$?` */
  status: number;
  /** By number; 0 is read, the others are written. */
  descriptors: Descriptors;
  readonly options: { errexit: boolean; pipefail: boolean };
  /** Scripts by `EXIT`. The lab's signals end a shell at once, so their traps have nothing to do. */
  exitTrap: string | undefined;
}

export interface Descriptors {
  readonly input: Source;
  /** 1 and 2, and what a script opens beside them. */
  readonly outputs: ReadonlyMap<number, Sink>;
}

/** `exit`, `return`, `break` and `continue` leave what is around them. */
export class Leave extends Error {
  override readonly name = 'Leave';
  constructor(
    readonly what: 'exit' | 'return' | 'break' | 'continue',
    readonly status: number,
  ) {
    super(what);
  }
}

/** A shell that a shell forks: a copy, with a process of its own in the same group. With `args`, it becomes a program. */
export function fork(shell: Shell, args?: readonly string[]): Shell {
  const process = shell.host.processes.start(args ?? ['sh'], shell.process.user, shell.process);
  return {
    ...shell,
    process,
    pid: args ? process.pid : shell.pid,
    variables: new Map(shell.variables),
    functions: new Map(shell.functions),
    options: { ...shell.options },
    exitTrap: undefined,
  };
}

export const print = (shell: Shell, descriptor: number, text: string): Promise<void> =>
  text === '' ? Promise.resolve() : outputOf(shell, descriptor).write(Buffer.from(text), shell.process.signal);

export function outputOf({ descriptors }: Shell, number: number): Sink {
  const sink = descriptors.outputs.get(number);
  if (sink === undefined) throw new Error(`descriptor ${number} is not open`);
  return sink;
}
