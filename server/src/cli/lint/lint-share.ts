import type { Neighbours, Sayings } from '../../core/lint/neighbours';
import type { LintResult } from '../reporters/lint-result';
import { lintTask, readTask, saidBy } from './lint-task';
import type { LintTask, ReadTask } from './lint-task';

/** Tasks that several threads take from, each the next one that nobody has: who is faster does more. */
export interface SharedTasks {
  readonly tasks: readonly LintTask[];
  /** One number in shared memory: the index of the next task. */
  readonly next: Int32Array;
}

/** Results by the index of their task. */
export type ByIndex<Value> = ReadonlyMap<number, Value>;

/** What a thread took, read and ready to be linted. */
export type Share = ByIndex<ReadTask>;

export function takeShare({ tasks, next }: SharedTasks): Share {
  const share = new Map<number, ReadTask>();
  for (let index = Atomics.add(next, 0, 1); index < tasks.length; index = Atomics.add(next, 0, 1)) {
    const task = tasks[index];
    if (task) share.set(index, readTask(task));
  }
  return share;
}

export const sayingsIn = (share: Share): ByIndex<Sayings | undefined> => mapValues(share, saidBy);

export const lintShare = (share: Share, neighbours: Neighbours): ByIndex<LintResult> =>
  mapValues(share, (read) => lintTask(read, neighbours));

const mapValues = <From, To>(map: ByIndex<From>, convert: (value: From) => To): ByIndex<To> =>
  new Map([...map].map(([index, value]) => [index, convert(value)]));
