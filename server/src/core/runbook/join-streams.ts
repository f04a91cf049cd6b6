import type { Analysis } from './analysis';
import type { Invocation, Ran } from './runbook';

/**
 * Pairs each receive with the sends of the parts before it, unless a pipeline within has done so. The parts are the stages of
 * a pipeline; of one command they are its process substitutions and itself.
 */
export function joinStreams({ receivers, senders }: Analysis, parts: readonly Pick<Ran, 'invocations'>[]): void {
  const sends: Invocation[] = [];
  for (const { invocations } of parts) {
    const unpaired = invocations.filter((invocation) => isReceive(invocation) && !senders.has(invocation));
    for (const receive of sends.length > 0 ? unpaired : []) {
      senders.set(receive, [...sends]);
      for (const send of sends) receivers.set(send, [...(receivers.get(send) ?? []), receive]);
    }
    sends.push(...invocations.filter(isSend));
  }
}

const isSend = (invocation: Invocation): boolean => invocation.command?.subcommand === 'send';
const isReceive = (invocation: Invocation): boolean => invocation.command?.subcommand === 'receive';
