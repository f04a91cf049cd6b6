import { describeHost, describeWay, routeOf } from './describe-host';
import { describeReceive, receivedName } from './describe-receive';
import { describeSend } from './describe-send';
import type { Invocation, Runbook } from './runbook';

/**
 * What the pipeline around a send or receive does from one end to the other, a paragraph for each pair that the
 * document joins: the stream first, then what the target makes of it. Empty for other commands.
 */
export function describePipeline(invocation: Invocation, runbook: Runbook): readonly string[] {
  return streamsOf(invocation, runbook).map((stream) => describeStream(stream, runbook));
}

/** One end of a stream or both, as far as the document shows them. */
interface Stream {
  readonly send?: Invocation;
  readonly receive?: Invocation;
}

function streamsOf(invocation: Invocation, { receivers, senders }: Runbook): readonly Stream[] {
  const name = invocation.subcommand?.name;
  if (invocation.program !== 'zfs') return [];
  if (name === 'send') {
    const found = receivers.get(invocation) ?? [];
    return found.length === 0 ? [{ send: invocation }] : found.map((receive) => ({ send: invocation, receive }));
  }
  if (name !== 'receive') return [];
  const found = senders.get(invocation) ?? [];
  return found.length === 0 ? [{ receive: invocation }] : found.map((send) => ({ send, receive: invocation }));
}

function describeStream({ send, receive }: Stream, runbook: Runbook): string {
  const sent = send && describeSend(send, runbook);
  if (!receive) return sent ? paragraph([`${sent.stream}.`, ...sent.warnings, ...toNowhere(send)]) : '';
  const place = routeOf(receive).length > 0 ? ` on ${describeHost(routeOf(receive))}` : '';
  if (receive.flags['abort']) return `Throws away what an interrupted receive had kept${place}.`;
  const sentences = describeReceive(receive, send);
  const name = receivedName(receive, send);
  if (!send || !sent)
    return paragraph([`Takes a stream, whose sender this document does not show, into ${name}${place}.`, ...sentences]);
  const way = describeWay(routeOf(send), routeOf(receive));
  return paragraph([`${sent.stream},${way} into ${name}.`, ...sent.warnings, ...sentences]);
}

const paragraph = (sentences: readonly string[]): string => sentences.join(' ');

const toNowhere = ({ flags }: Invocation): readonly string[] =>
  flags['dryRun'] ? [] : ['No `zfs receive` in this document gets the stream.'];
