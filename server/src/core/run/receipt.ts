import type { Plan } from '../plan/plan';
import type { Outcome, RunEvent } from './event';
import type { Check } from './verification';

/** The record of one run of one policy, written before success is claimed. Holds no secret. */
export interface Receipt {
  readonly schema: 1;
  readonly id: string;
  readonly policy: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly outcome: Outcome;
  readonly message: string;
  /** The digests of the plans that were executed, in order. */
  readonly digests: readonly string[];
  readonly plans: readonly Plan[];
  /** Progress events are left out. */
  readonly events: readonly RunEvent[];
  readonly checks: readonly Check[];
}
