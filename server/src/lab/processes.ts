import { Killed } from './ended';

/** A shell or a program of a host. */
export interface Process {
  readonly pid: number;
  /** The process id of the script that it belongs to, as sshd makes a login shell the leader of a group. */
  readonly group: number;
  readonly parent: number;
  readonly user: string;
  readonly args: readonly string[];
  /** Aborted with `Killed` by a signal. */
  readonly signal: AbortSignal;
  readonly kill: (number: number) => void;
}

export const SIGNALS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, PIPE: 13, TERM: 15 };

/** What runs on one host. */
export class Processes {
  readonly #running = new Map<number, Process>();
  #last = 1000;

  start(args: readonly string[], user: string, parent?: Process): Process {
    const pid = (this.#last += 1);
    const ended = new AbortController();
    const process: Process = {
      pid,
      group: parent?.group ?? pid,
      parent: parent?.pid ?? 1,
      user,
      args,
      signal: ended.signal,
      kill: (number) => ended.abort(new Killed(number)),
    };
    this.#running.set(pid, process);
    return process;
  }

  end({ pid }: Process): void {
    this.#running.delete(pid);
  }

  list(): readonly Process[] {
    return [...this.#running.values()];
  }

  /** Those that a number on kill's command line means; a negative one is a group. */
  find(number: number): readonly Process[] {
    return this.list().filter(({ pid, group }) => (number < 0 ? group === -number : pid === number));
  }
}
