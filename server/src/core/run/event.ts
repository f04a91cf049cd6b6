import type { Check } from './verification';

export type Outcome = 'done' | 'up-to-date' | 'conflict' | 'failed' | 'cancelled' | 'verification-failed';

/** What every event carries: schema, ISO 8601 UTC time, and the policy's name. */
interface Base {
  readonly schema: 1;
  readonly time: string;
  readonly policy: string;
}

/** One line of `rawsend run --format json`. The last event of a policy is `finished`. */
export type RunEvent = Base &
  (
    | { readonly kind: 'planned'; readonly digest: string; readonly steps: number; readonly bytes?: number }
    | { readonly kind: 'step-started'; readonly step: string; readonly title: string; readonly bytes?: number }
    | { readonly kind: 'progress'; readonly step: string; readonly bytes: number; readonly total?: number }
    | { readonly kind: 'step-finished'; readonly step: string; readonly ok: boolean; readonly message?: string }
    | { readonly kind: 'note'; readonly message: string }
    | {
        readonly kind: 'conflict';
        readonly code: string;
        readonly message: string;
        readonly choices: readonly string[];
      }
    | { readonly kind: 'verified'; readonly ok: boolean; readonly checks: readonly Check[] }
    | { readonly kind: 'finished'; readonly outcome: Outcome; readonly message: string; readonly receipt?: string }
  );

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event before the run stamps it. */
export type EventBody = DistributiveOmit<RunEvent, keyof Base>;
