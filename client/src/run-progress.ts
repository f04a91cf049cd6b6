import type { Outcome, RunEvent } from '../../server/src/protocol';
import { formatMeter, percentOf } from './progress';
import { unreachable } from './unreachable';

/** Where a run stands, as its events tell. */
export type RunState =
  | { readonly kind: 'looking' }
  | {
      readonly kind: 'working';
      readonly title: string;
      readonly startedAt: number;
      readonly bytes: number;
      readonly total?: number;
      readonly done: Done;
    }
  | { readonly kind: 'proven'; readonly ok: boolean }
  | { readonly kind: 'finished'; readonly outcome: Outcome; readonly message: string; readonly receipt?: string };

/** How much of the whole is over. */
interface Done {
  /** Bytes of the steps that are over. */
  readonly bytes: number;
  /** Bytes of all steps. */
  readonly planned?: number;
  /** The step that is going on, from 1. */
  readonly step: number;
  readonly steps: number;
}

export const LOOKING: RunState = { kind: 'looking' };

/** The state after an event. */
export function follow(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'planned':
      return working('preparing', event, {
        bytes: 0,
        step: 0,
        steps: event.steps,
        ...(event.bytes === undefined ? {} : { planned: event.bytes }),
      });
    case 'step-started':
      return {
        ...working(event.title, event, over(state)),
        ...(event.bytes === undefined ? {} : { total: event.bytes }),
      };
    case 'progress':
      return state.kind === 'working'
        ? { ...state, bytes: event.bytes, ...(event.total === undefined ? {} : { total: event.total }) }
        : state;
    case 'verified':
      return { kind: 'proven', ok: event.ok };
    case 'finished':
      return {
        kind: 'finished',
        outcome: event.outcome,
        message: event.message,
        ...(event.receipt === undefined ? {} : { receipt: event.receipt }),
      };
    case 'step-finished':
    case 'note':
    case 'conflict':
      return state;
    default:
      return unreachable(event);
  }
}

/** What the notification says; `now` in milliseconds. */
export function describe(state: RunState, now: number): string {
  switch (state.kind) {
    case 'looking':
      return 'looking at both hosts';
    case 'working':
      return [...(state.bytes === 0 ? [] : [formatMeter(state, now)]), ...stepOf(state.done), state.title].join(' · ');
    case 'proven':
      return state.ok ? 'verified' : 'the verification failed';
    case 'finished':
      return state.message;
    default:
      return unreachable(state);
  }
}

/** How much of the whole run is over, 0 to 99; undefined where nothing is known about its size. */
export function percentOfRun(state: RunState): number | undefined {
  if (state.kind !== 'working' || state.done.planned === undefined || state.done.planned === 0) return undefined;
  return percentOf(state.done.bytes + state.bytes, state.done.planned);
}

/** Steps that come after the proof belong to no count. */
const stepOf = ({ step, steps }: Done): readonly string[] => (step === 0 ? [] : [`step ${step} of ${steps}`]);

const working = (title: string, { time }: RunEvent, done: Done): RunState => ({
  kind: 'working',
  title,
  startedAt: Date.parse(time),
  bytes: 0,
  done,
});

const over = (state: RunState): Done =>
  state.kind === 'working'
    ? { ...state.done, bytes: state.done.bytes + state.bytes, step: state.done.step + 1 }
    : { bytes: 0, step: 0, steps: 0 };
