import { HostError } from '../core/run/host';
import type { Cancel } from '../core/run/host';

export interface StopOptions {
  readonly host: string;
  readonly cancel?: Cancel | undefined;
  /** Ends the work and its traces. What it throws is dropped: the cancellation is the news. */
  readonly stop: () => Promise<unknown>;
}

/** Waits for `work`; once cancellation is requested, stops it and rejects with a HostError `cancelled`. */
export async function untilCancelled<T>(work: Promise<T>, options: StopOptions): Promise<T> {
  const { cancel } = options;
  if (cancel === undefined) return work;
  let forget: () => void = nothing;
  const cancelled = new Promise<never>((_resolve, reject) => {
    forget = cancel.onRequest(() => {
      const refuse = (): void => reject(cancelledOn(options.host));
      options.stop().then(refuse, refuse);
    });
  });
  // Work that fails because it was stopped has nobody left to hear of it.
  work.catch(nothing);
  const settled = work.then(
    (value) => (cancel.requested() ? cancelled : { value }),
    (error: unknown) => {
      if (cancel.requested()) return cancelled;
      throw error;
    },
  );
  try {
    const { value } = await Promise.race([settled, cancelled]);
    return value;
  } finally {
    forget();
  }
}

export function throwIfCancelled(host: string, cancel: Cancel | undefined): void {
  if (cancel?.requested() === true) throw cancelledOn(host);
}

const cancelledOn = (host: string): HostError => new HostError('cancelled', host, `Cancelled on ${host}`);

const nothing = (): void => undefined;
