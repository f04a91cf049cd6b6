import type { Plan } from '../plan/plan';
import type { EventBody, RunEvent } from './event';
import type { Receipt } from './receipt';
import type { RunRequest, Verdict } from './run-request';
import type { Check } from './verification';

/**
 * Stamps and passes on the events of a run, and keeps what its receipt needs. Progress is passed on and not
 * kept, so the memory of a run is bounded by its steps and not by its length.
 */
export interface RunRecord {
  readonly emit: (body: EventBody) => void;
  readonly planned: (plan: Plan) => void;
  readonly verified: (checks: readonly Check[]) => void;
  /** The receipt as it would be now; `finished` is its last event. */
  readonly receipt: (verdict: Verdict) => Receipt;
}

export function createRunRecord(request: RunRequest): RunRecord {
  const startedAt = request.clock();
  const events: RunEvent[] = [];
  const plans: Plan[] = [];
  let checks: readonly Check[] = [];
  const stamp = (body: EventBody): RunEvent => ({
    schema: 1,
    time: request.clock(),
    policy: request.policy,
    ...body,
  });
  const emit = (body: EventBody): void => {
    const event = stamp(body);
    if (event.kind !== 'progress') events.push(event);
    request.emit(event);
  };
  return {
    emit,
    planned: (plan) => plans.push(plan),
    verified(found) {
      checks = found;
      emit({ kind: 'verified', ok: found.every(({ ok }) => ok), checks: found });
    },
    receipt: ({ outcome, message }) => ({
      schema: 1,
      id: request.id,
      policy: request.policy,
      startedAt,
      finishedAt: request.clock(),
      outcome,
      message,
      digests: plans.map(({ digest }) => digest),
      plans,
      events: [...events, stamp({ kind: 'finished', outcome, message })],
      checks,
    }),
  };
}
