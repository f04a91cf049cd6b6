import type { CommandStep, Step, StreamStep } from '../plan/plan';
import { explainZfsError } from '../zfs/errors';
import { explainCommand, explainStream, explainUnset, saidBy } from './explain-failure';
import { HostError } from './host';
import type { CheckRequest, Host } from './host';
import type { RunRecord } from './run-record';
import type { RunRequest } from './run-request';

/** Undefined when every step succeeded. */
export interface StepFailure {
  readonly step: Step;
  readonly message: string;
}

/** Runs steps in their order and stops at the first that fails, or when the run is cancelled. */
export async function executeSteps(
  request: RunRequest,
  record: RunRecord,
  steps: readonly Step[],
  bytes: ReadonlyMap<string, number>,
): Promise<StepFailure | undefined> {
  for (const [index, step] of steps.entries()) {
    if (request.cancel?.requested() === true && !isCover(step)) return { step, message: 'cancelled before this step' };
    const message = await executeStep(request, record, step, bytes.get(step.id));
    if (message === undefined) continue;
    await coverKeyLocations(request, record, steps.slice(index));
    return { step, message };
  }
  return undefined;
}

/** The property that covers what a stream has just brought is set, cancelled or not. */
const isCover = (step: Step): boolean => step.kind === 'command' && step.purpose === 'set';

/** Resolves with why it failed, or undefined. A host that is lost on the way is a failure of the step. */
async function executeStep(
  request: RunRequest,
  record: RunRecord,
  step: Step,
  total?: number,
): Promise<string | undefined> {
  record.emit({
    kind: 'step-started',
    step: step.id,
    title: step.title,
    ...(total === undefined ? {} : { bytes: total }),
  });
  const message = await attempt(() =>
    step.kind === 'command' ? executeCommand(request, step) : executeStream(request, record, step, total),
  );
  const failed = message === undefined ? { ok: true } : { ok: false, message };
  record.emit({ kind: 'step-finished', step: step.id, ...failed });
  return message;
}

async function attempt(execute: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await execute();
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}

/** Commands are short, so a cancellation waits for them. */
async function executeCommand(request: RunRequest, step: CommandStep): Promise<string | undefined> {
  const result = await hostOf(request, step.host).exec(step.command);
  if (result.code === 0) return undefined;
  const known = explainZfsError(result.stderr)?.code;
  if (known !== undefined && step.tolerates.includes(known)) return undefined;
  return explainCommand(step.command.slice(0, 2).join(' '), result);
}

async function executeStream(
  request: RunRequest,
  record: RunRecord,
  step: StreamStep,
  total: number | undefined,
): Promise<string | undefined> {
  const result = await request.transport.stream({
    source: hostOf(request, step.host),
    target: hostOf(request, step.receiver.host),
    send: step.command,
    receive: step.receiver.command,
    ...wayOf(request, step),
    onProgress: (bytes) =>
      record.emit({ kind: 'progress', step: step.id, bytes, ...(total === undefined ? {} : { total }) }),
  });
  const failure = explainStream(result) ?? explainUnset(step.receiver.command, result.receive);
  if (failure !== undefined) return failure;
  for (const [name, stage] of [
    ['zfs send', result.send],
    ['zfs receive', result.receive],
  ] as const) {
    const said = saidBy(stage);
    if (said !== '') record.emit({ kind: 'note', message: `${step.id}: ${name} succeeded and said: ${said}` });
  }
  return undefined;
}

/**
 * A `-R` stream that failed half-way may have brought the source's keylocation already. What the plan has ready
 * for that moment is run all the same, cancelled or not: a vault must not be left with the place of its key.
 */
async function coverKeyLocations(request: RunRequest, record: RunRecord, rest: readonly Step[]): Promise<void> {
  const [failed, ...after] = rest;
  if (failed?.kind !== 'stream' || failed.purpose !== 'adopt') return;
  for (const step of after) {
    if (!isCover(step)) return;
    await executeStep(request, record, step);
  }
}

/** Whether the streams of these steps can be carried at all, before anything is changed. Rejects with a HostError. */
export async function checkRoute(request: RunRequest, steps: readonly Step[]): Promise<void> {
  const step = steps.find((one) => one.kind === 'stream');
  if (step === undefined) return;
  await request.transport.check?.({
    source: hostOf(request, step.host),
    target: hostOf(request, step.receiver.host),
    ...wayOf(request, step),
  });
}

function wayOf(
  { cancel }: RunRequest,
  { limit, address, jump }: StreamStep,
): Pick<CheckRequest, 'limit' | 'address' | 'jump' | 'cancel'> {
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(address === undefined ? {} : { address }),
    ...(jump === undefined ? {} : { jump }),
    ...(cancel === undefined ? {} : { cancel }),
  };
}

function hostOf({ hosts }: RunRequest, name: string): Host {
  const host = hosts[name];
  if (host === undefined) throw new Error(`no connection to the host ${name}`);
  return host;
}
