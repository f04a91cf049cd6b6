import type { Call, Invocation, PipelineUse, Runbook, Stage } from '../runbook/runbook';
import { networkEnds } from './network-end';
import { cipherOf, compressorOf } from './stream-programs';

/** Where a call stands in the innermost pipeline around it. */
export interface StagePlace {
  readonly pipeline: PipelineUse;
  readonly index: number;
  readonly stage: Stage;
}

/** The innermost pipeline of each call. */
export function placeCalls({ pipelines }: Runbook): ReadonlyMap<Call, StagePlace> {
  const places = new Map<Call, StagePlace>();
  // What is inside was met first.
  for (const pipeline of pipelines) {
    pipeline.stages.forEach((stage, index) => {
      for (const call of stage.calls) if (!places.has(call)) places.set(call, { pipeline, index, stage });
    });
  }
  return places;
}

/**
 * The calls that a stream goes through on its way from the sends of a pipeline, or to its receives. What else the same stages
 * run, such as `zfs list | gzip` on the other host, is left out.
 */
export function carriedCalls(pipeline: PipelineUse, places: ReadonlyMap<Call, StagePlace>): readonly Call[] {
  const first = pipeline.stages.findIndex((stage) => stage.invocations.some(isSend));
  const last = pipeline.stages.findLastIndex((stage) => stage.invocations.some(isReceive));
  return pipeline.stages.flatMap((stage, index) => {
    const isOnTheWay = (first !== -1 && first < index) || index < last;
    return isOnTheWay ? stage.calls.filter((call) => seesStream(call, stage, places)) : [];
  });
}

function seesStream(call: Call, stage: Stage, places: ReadonlyMap<Call, StagePlace>): boolean {
  const receive = stage.invocations.find(isReceive);
  if (receive && call.span.start > receive.span.end) return false;
  const place = places.get(call);
  if (!place || place.stage === stage || place.index === 0) return true;
  const [source] = place.pipeline.stages;
  return source?.invocations.length === 0 && source.calls.every(passesOn);
}

const passesOn = (call: Call): boolean =>
  /^(?:mbuffer|pv|cat|tee|dd|buffer|cstream|throttle|trickle|ssh|autossh|zstream)$/.test(call.name) ||
  compressorOf(call) !== undefined ||
  cipherOf(call) !== undefined ||
  networkEnds(call).length > 0;

export const isSend = ({ command }: Invocation): boolean => command?.subcommand === 'send' && !command.flags['dryRun'];

export const isReceive = ({ command }: Invocation): boolean =>
  command?.subcommand === 'receive' && !command.flags['dryRun'] && !command.flags['abort'];
