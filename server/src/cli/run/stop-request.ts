import type { Cancel } from '../../core/run/host';
import { EXIT } from '../exit-code';
import type { Io, StopReason } from '../io';

export interface StopRequest {
  readonly cancel: Cancel;
  readonly forget: () => void;
}

/**
 * Turns Ctrl-C, signals and the parent's messages into one request to cancel. A second Ctrl-C ends the process
 * at once; what was received so far stays resumable then too, but no receipt says so.
 */
export function listenForStop(io: Io, onFirst: (reason: StopReason) => void): StopRequest {
  let reason: StopReason | undefined;
  const listeners = new Set<() => void>();
  const forget = io.onStop((next) => {
    if (reason !== undefined) {
      if (next === 'interrupt') io.abort(EXIT.failed);
      return;
    }
    reason = next;
    onFirst(next);
    for (const listener of listeners) listener();
    listeners.clear();
  });
  return {
    forget,
    cancel: {
      requested: () => reason !== undefined,
      onRequest: (listener) => {
        if (reason !== undefined) listener();
        else listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
