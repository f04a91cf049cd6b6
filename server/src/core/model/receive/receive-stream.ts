/** `zfs receive` as a whole, driven record by record, so that it can be fed while a stream still arrives. */
import { notModelled } from '../outcome';
import { findProperty, isOtherProperty, isUserProperty } from '../property-table';
import type { State } from '../state';
import type { StreamRecord } from '../stream';
import { mountReceived } from './mount-received';
import { receiveOne } from './receive-one';
import { receivePackage } from './receive-package';
import { refuse } from './session';
import type { Receiving, ReceiveOptions, Result, Session } from './session';

export const newSession = (state: State, options: ReceiveOptions, user?: string): Session => ({
  state,
  user,
  out: [],
  err: [],
  late: [],
  options,
  mountsAtEnd: false,
  renames: 0,
});

export function* receiveStream(session: Session): Receiving<Result> {
  const { options } = session;
  const unknown = options.set
    .map(({ name }) => name)
    .concat(options.ignored)
    .find(isUnknown);
  if (unknown !== undefined) return refuse(session, 'cannot receive', invalidProperty(session.state, unknown));
  const [target = ''] = options.target.split('@');
  if (options.naming !== 'as-typed' && !session.state.datasets.has(target))
    return refuse(session, 'cannot receive', `specified fs (${options.target}) does not exist`);
  const first = yield;
  const result = yield* body(session, first);
  if (result === 'received' && options.mounts && session.mountsAtEnd && !options.isDryRun)
    return mountReceived(session);
  return result;
}

function* body(session: Session, first: StreamRecord | undefined): Receiving<Result> {
  if (first?.kind === 'package') return yield* receivePackage(session, first);
  if (first?.kind === 'begin') return yield* receiveOne(session, first, { top: first.toName.split('@')[0] ?? '' });
  return refuse(session, 'cannot receive', 'failed to read from stream');
}

/** What a receive can neither set nor leave out (zfs_receive_checkprops). */
function isUnknown(name: string): boolean {
  if (isUserProperty(name)) return false;
  if (isOtherProperty(name)) return notModelled(`the property ${name}`);
  const rule = findProperty(name);
  return rule === undefined || rule.kind === 'fact' || rule.name === 'volsize';
}

const invalidProperty = (state: State, name: string): string =>
  state.release === '2.1' ? `invalid property '${name}'` : `cannot receive: invalid property '${name}'`;
