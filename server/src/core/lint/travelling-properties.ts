import type { Invocation, Runbook } from '../runbook/runbook';
import { upstreamOf } from './knowledge';

/** The flags of `zfs send` with which the source's properties travel, the farthest first. */
const FLAGS: readonly (readonly [name: string, written: string])[] = [
  ['replicate', '-R'],
  ['props', '-p'],
  ['backup', '-b'],
];

/** The flag that brings the source's properties to a receive, as far as the document shows its stream. */
export function propertyFlag(receive: Invocation, runbook: Runbook): string | undefined {
  const sends = upstreamOf(receive, runbook);
  return FLAGS.find(([name]) => sends.some(({ command }) => command?.flags[name]))?.[1];
}
