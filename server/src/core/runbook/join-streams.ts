import type { Analysis } from './analysis';
import type { Invocation, Ran } from './runbook';

/**
 * Pairs each receive with the sends of the parts before it, unless a pipeline within has done so. The parts are the stages of
 * a pipeline; of one command they are its process substitutions and itself.
 */
export function joinStreams({ receivers, senders }: Analysis, parts: readonly Pick<Ran, 'invocations'>[]): void {
  let sends: readonly Invocation[] = [];
  for (const { invocations } of parts) {
    const unpaired = invocations.filter((invocation) => isReceive(invocation) && !senders.has(invocation));
    for (const receive of sends.length > 0 ? unpaired : []) {
      senders.set(receive, sends);
      for (const send of sends) addTo(receivers, send, receive);
    }
    const own = invocations.filter(isSend);
    if (own.length > 0) sends = [...sends, ...own].slice(-MAX_SENDS);
  }
}

/** More sends into one pipeline are none that a person writes. */
const MAX_SENDS = 8;

function addTo(receivers: Map<Invocation, Invocation[]>, send: Invocation, receive: Invocation): void {
  const known = receivers.get(send);
  if (known) known.push(receive);
  else receivers.set(send, [receive]);
}

const isSend = (invocation: Invocation): boolean => invocation.command?.subcommand === 'send';
const isReceive = (invocation: Invocation): boolean => invocation.command?.subcommand === 'receive';
