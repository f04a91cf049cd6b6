import { Killed } from './ended';

/** Several may wait for one thing to change; a signal ends the wait. */
export class Waiting {
  #wakers: (() => void)[] = [];

  wake(): void {
    for (const waker of this.#wakers.splice(0)) waker();
  }

  wait(signal: AbortSignal): Promise<void> {
    return untilKilled(signal, (resolve) => {
      this.#wakers.push(resolve);
      return () => (this.#wakers = this.#wakers.filter((each) => each !== resolve));
    });
  }
}

/**
 * Waits until `start`'s callback is called, or rejects with `Killed`. What `start` returns forgets the callback, whichever
 * comes first.
 */
export function untilKilled(signal: AbortSignal, start: (resolve: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(killedBy(signal));
      return;
    }
    const settle = (how: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      // A callback that comes at once is there before what forgets it.
      queueMicrotask(() => forget());
      how();
    };
    const onAbort = (): void => settle(() => reject(killedBy(signal)));
    signal.addEventListener('abort', onAbort, { once: true });
    const forget = start(() => settle(resolve));
  });
}

export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  untilKilled(signal, (resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    return () => clearTimeout(timer);
  });

const killedBy = (signal: AbortSignal): Killed => (signal.reason instanceof Killed ? signal.reason : new Killed(9));
