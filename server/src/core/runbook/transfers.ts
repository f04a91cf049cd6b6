import { datasetOf, receiveTarget } from './dataset-use';
import type { DatasetUse } from './dataset-use';
import { datasetKey, mayHold } from './runbook';
import type { Invocation } from './runbook';

/** One stream of a document: what is sent, in which form, into which dataset. */
export interface Transfer {
  readonly send: Invocation;
  /** Absent for a stream that goes to a file or to a place that the document does not show. */
  readonly receive?: Invocation;
  /** Absent for `-t`, where only the token knows. */
  readonly source?: DatasetUse;
  readonly target?: DatasetUse;
  readonly raw: 'yes' | 'no' | 'unknown';
  readonly range: 'full' | 'increment' | 'unknown';
  /** Whether the stream holds what is below the dataset too (`-R`). */
  readonly tree: 'yes' | 'no' | 'unknown';
}

/** Every stream, in the order of the sends. Dry runs carry nothing and are left out. */
export function readTransfers(
  invocations: readonly Invocation[],
  receivers: ReadonlyMap<Invocation, readonly Invocation[]>,
): readonly Transfer[] {
  const sends = invocations.filter(({ command }) => command?.subcommand === 'send' && !command.flags['dryRun']);
  return sends.flatMap((send) => {
    const receives = receivers.get(send) ?? [undefined];
    return receives.map((receive) => ({ ...contentOf(send), ...(receive && into(receive, send)) }));
  });
}

export function readRawReceives(transfers: readonly Transfer[]): ReadonlyMap<string, Invocation> {
  const receives = new Map<string, Invocation>();
  for (const { raw, receive, target } of transfers) {
    if (raw !== 'yes' || !receive || !target || receive.command?.flags['dryRun']) continue;
    const key = datasetKey(target.route, target.key);
    if (!receives.has(key)) receives.set(key, receive);
  }
  return receives;
}

function into(receive: Invocation, send: Invocation): Pick<Transfer, 'receive' | 'target'> {
  const target = receiveTarget(receive, [send]);
  return target ? { receive, target } : { receive };
}

function contentOf(send: Invocation): Omit<Transfer, 'receive' | 'target'> {
  const { flags } = send;
  const [operand] = send.operands;
  const has = (name: string): 'yes' | 'no' | 'unknown' => {
    if (flags[name]) return 'yes';
    return flags['token'] || flags['saved'] || mayHold(send, name).length > 0 ? 'unknown' : 'no';
  };
  const based = [has('incremental'), has('intermediates')];
  const isIncrement = based.includes('yes');
  const range = based.includes('unknown') && !isIncrement ? 'unknown' : 'full';
  return {
    send,
    ...(operand && { source: datasetOf(operand, send) }),
    raw: has('raw'),
    range: isIncrement ? 'increment' : range,
    tree: has('replicate'),
  };
}
