import { ProgressLocation, window } from 'vscode';
import type { RunEvent } from '../../server/src/protocol';
import type { Cli } from './cli';
import type { PlanReport } from './plan-report';
import { parseJson } from './plan-report';
import type { PolicySource } from './policy-source';
import type { RunState } from './run-progress';
import { LOOKING, describe, follow, percentOfRun } from './run-progress';

/** How a run ended. */
export interface RunEnd {
  readonly state: RunState & { readonly kind: 'finished' };
  /** The hosts had changed, so it stopped before a plan that nobody has seen. */
  readonly isReplanned: boolean;
}

/**
 * Runs the plan that was approved, with a notification that shows how far it is and can cancel it. Undefined
 * when the program did not get so far as to run; the person has been told why.
 */
export async function runPlan(cli: Cli, source: PolicySource, { digest }: PlanReport): Promise<RunEnd | undefined> {
  const { result, end } = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Rawsend: ${source.policy}`, cancellable: true },
    async (progress, token) => {
      let state: RunState = LOOKING;
      let lastDigest = digest;
      let reported = 0;
      const onLine = (line: string): void => {
        const event = parseEvent(line);
        if (event === undefined) return;
        state = follow(state, event);
        if (event.kind === 'planned') lastDigest = event.digest;
        const percent = Math.max(reported, percentOfRun(state) ?? 0);
        progress.report({ message: describe(state, Date.parse(event.time)), increment: percent - reported });
        reported = percent;
      };
      const child = cli.start({ name: 'run', options: ['--approve', digest, '--format', 'json'] }, source, onLine);
      token.onCancellationRequested(() => {
        progress.report({ message: 'stopping; what the target has received is kept' });
        child.cancel();
      });
      const result = await child.result;
      return { result, end: endOf(state, lastDigest !== digest && !token.isCancellationRequested) };
    },
  );
  if (end === undefined) await cli.showFailure(`Rawsend: ${source.policy} was not run`, result);
  return end;
}

/** A plan that follows the approved one runs; one that replaces it does not, and the run says that it was cancelled. */
const endOf = (state: RunState, isOther: boolean): RunEnd | undefined =>
  state.kind === 'finished' ? { state, isReplanned: isOther && state.outcome === 'cancelled' } : undefined;

function parseEvent(line: string): RunEvent | undefined {
  const event = parseJson(line);
  return isEvent(event) ? event : undefined;
}

/** The program is of the same release as this window, so the marks of an event are enough. */
const isEvent = (value: unknown): value is RunEvent =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'policy' in value &&
  'schema' in value &&
  value.schema === 1;
