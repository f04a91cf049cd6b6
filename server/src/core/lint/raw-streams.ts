import { datasetOf } from '../runbook/dataset-use';
import type { Call, Invocation, Runbook } from '../runbook/runbook';
import { carriedCalls, isSend, placeCalls } from './carried-calls';
import type { StagePlace } from './carried-calls';
import type { LintContext } from './document';
import type { RelatedPlace } from './finding';
import { encryptionOf } from './knowledge';

/** A raw stream of a dataset that is encrypted, or of which nothing says that it is not. */
export interface RawStream {
  /** For people, e.g. `tank/prod`. */
  readonly dataset: string;
  /** Completes "… is encrypted"; absent where nothing says so. */
  readonly source?: string;
  readonly related: readonly RelatedPlace[];
}

/** What a program does to a raw stream that goes through it. */
export interface RawUse {
  readonly call: Call;
  readonly stream: RawStream;
}

/** Every call that a raw stream goes through in a pipeline. */
export function rawUses(
  runbook: Runbook,
  context: LintContext,
  places: ReadonlyMap<Call, StagePlace> = placeCalls(runbook),
): readonly RawUse[] {
  const streamOf = createRawStreams(runbook, context);
  return runbook.pipelines.flatMap((pipeline): readonly RawUse[] => {
    const streams = pipeline.stages.flatMap(({ invocations }) => invocations.filter(isSend).map(streamOf));
    const [stream] = streams;
    if (!stream || streams.includes(undefined)) return [];
    return carriedCalls(pipeline, places).map((call) => ({ call, stream }));
  });
}

/** Looks each send up once; a send without a surely raw stream of what may be encrypted has none. */
export function createRawStreams(runbook: Runbook, context: LintContext): (send: Invocation) => RawStream | undefined {
  const known = new Map<Invocation, RawStream | undefined>();
  return (send) => {
    if (!known.has(send)) known.set(send, readStream(send, runbook, context));
    return known.get(send);
  };
}

function readStream(send: Invocation, runbook: Runbook, context: LintContext): RawStream | undefined {
  const [operand] = send.operands;
  if (!send.flags['raw'] || send.flags['token'] || !operand) return undefined;
  const dataset = datasetOf(operand, send);
  const { state, source, related } = encryptionOf(dataset, runbook, context);
  if (state === 'unencrypted') return undefined;
  return { dataset: dataset.name, related, ...(state === 'encrypted' && { source }) };
}
