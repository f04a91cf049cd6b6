import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Neighbours, Sayings } from '../../core/lint/neighbours';
import type { LintResult } from '../reporters/lint-result';
import { lintShare, sayingsIn, takeShare } from './lint-share';
import type { ByIndex, SharedTasks } from './lint-share';
import { lintTask, neighboursOf, readTask } from './lint-task';
import type { LintTask } from './lint-task';

/** Starts a thread that runs `helpLint` on the tasks. */
export type StartHelper = (tasks: SharedTasks) => Worker;

/** A helper starts in a tenth of a second, in which this many characters are linted. */
const WORTH_A_HELPER = 60_000;

/** More helpers wait for the memory and not for the processor. */
const MAX_HELPERS = 7;

/**
 * Lints documents that know of each other, many of them on several threads. The results do not depend on who does what;
 * what a helper leaves undone, because it cannot start or ends too early, is done here.
 */
export async function lintInThreads(
  tasks: readonly LintTask[],
  startHelper: StartHelper | undefined,
): Promise<readonly LintResult[]> {
  const shared: SharedTasks = { tasks, next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
  const helpers = startHelper ? startHelpers(shared, startHelper) : [];
  const share = takeShare(shared);
  const said = new Map([...sayingsIn(share), ...(await join(helpers.map((helper) => helper.sayings())))]);
  const lost = new Map(tasks.flatMap((task, index) => (said.has(index) ? [] : [[index, readTask(task)] as const])));
  for (const [index, sayings] of sayingsIn(lost)) said.set(index, sayings);
  const neighbours = neighboursOf(tasks.map((_, index) => said.get(index)));

  const awaited = helpers.map((helper) => helper.lint(neighbours));
  const own = [...lintShare(share, neighbours), ...lintShare(lost, neighbours)];
  const results = new Map([...own, ...(await join(awaited))]);
  return tasks.map((task, index) => results.get(index) ?? lintTask(readTask(task), neighbours));
}

async function join<Value>(parts: readonly Promise<ByIndex<Value>>[]): Promise<readonly (readonly [number, Value])[]> {
  return (await Promise.all(parts)).flatMap((part) => [...part]);
}

interface Helper {
  readonly sayings: () => Promise<ByIndex<Sayings | undefined>>;
  readonly lint: (neighbours: Neighbours) => Promise<ByIndex<LintResult>>;
}

function startHelpers(shared: SharedTasks, start: StartHelper): readonly Helper[] {
  const characters = shared.tasks.reduce((sum, { document }) => sum + document.text.length, 0);
  const worth = Math.floor(characters / WORTH_A_HELPER);
  const count = Math.min(availableParallelism() - 1, worth, MAX_HELPERS);
  return Array.from({ length: count }, () => toHelper(start(shared)));
}

/** A helper that ended answers nothing more, so everything that it took counts as undone. */
function toHelper(worker: Worker): Helper {
  const ended = new Promise<ByIndex<never>>((resolve) => {
    // `exit` follows; without a listener the error would end the process.
    worker.on('error', () => undefined);
    worker.once('exit', () => resolve(new Map<number, never>()));
  });
  const answer = <Value>(): Promise<ByIndex<Value>> =>
    Promise.race([ended, new Promise<ByIndex<Value>>((resolve) => worker.once('message', resolve))]);
  return {
    sayings: answer,
    lint: (neighbours) => {
      const results = answer<LintResult>();
      worker.postMessage(neighbours);
      return results;
    },
  };
}
