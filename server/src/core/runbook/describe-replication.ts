import { isWithin } from './declarations';
import type { NamedDataset } from './describe-dataset';
import type { Invocation, Runbook } from './runbook';

/** A send, the receive that gets its stream, and the document that says more about them. */
export interface Replication {
  readonly send: Invocation;
  readonly receive: Invocation;
  readonly source: NamedDataset;
  readonly target: NamedDataset;
  readonly runbook: Runbook;
}

/** The document may say in a comment that the target is used. */
export const isStandby = ({ target, runbook }: Replication): boolean =>
  runbook.declarations.some(({ kind, dataset }) => kind === 'standby' && isWithin(target.name, dataset));
