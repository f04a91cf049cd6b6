import type { MessagePort } from 'node:worker_threads';
import type { Neighbours } from '../../core/lint/neighbours';
import { lintShare, sayingsIn, takeShare, type SharedTasks } from './lint-share';

/** The other thread of `lint-in-threads.ts`: says what its documents say, hears what all say, and lints its own. */
export function helpLint(port: MessagePort, tasks: SharedTasks): void {
  const share = takeShare(tasks);
  port.postMessage(sayingsIn(share));
  port.once('message', (neighbours: Neighbours) => {
    port.postMessage(lintShare(share, neighbours));
    port.close();
  });
}
