import { isWithin } from './declarations';
import type { NamedDataset } from './describe-dataset';
import { routeOf } from './describe-host';
import type { Invocation, Runbook } from './runbook';

/** A send, the receive that gets its stream, and the document that says more about them. */
export interface Replication {
  readonly send: Invocation;
  readonly receive: Invocation;
  readonly source: NamedDataset;
  readonly target: NamedDataset;
  readonly runbook: Runbook;
}

/** The direct route is an ssh that the source starts; any other stream comes through the machine that runs the document. */
export function isRelayed({ send, receive }: Replication): boolean {
  const [from, to] = [routeOf(send), routeOf(receive)];
  return to.length <= from.length || !from.every((host, index) => to[index] === host);
}

/** The document may say in a comment that the target is used. */
export const isStandby = ({ target, runbook }: Replication): boolean =>
  runbook.declarations.some(({ kind, dataset }) => kind === 'standby' && isWithin(target.name, dataset));
