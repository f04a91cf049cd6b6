/** What the kernel does with the stream of one snapshot, from its begin to its end (zfs_ioc_recv_impl, dmu_recv.c). */
import { parentOf } from '../../zfs/names';
import { omit } from '../omit';
import { isAllowed } from '../permissions';
import type { Dataset } from '../state';
import { recordSize } from '../stream';
import { change, withDatasets, withoutDatasets } from '../tree';
import { beginProblem, keyProblem } from './begin-check';
import type { Begin, Errno } from './begin-check';
import { isNewStream } from './check-destination';
import type { CommandProperties } from './command-properties';
import { findByGuid } from './destination';
import { finished, newerProblem } from './finish';
import { newDataset } from './new-dataset';
import { permitted } from './permitted-properties';
import type { Receiving, Session } from './session';
import { withStreamProperties } from './set-properties';

export type Taken = { readonly bytes: number } | { readonly errno: Errno };

export function* takeStream(session: Session, asked: Begin, properties: CommandProperties): Receiving<Taken> {
  const { begin, name } = asked;
  const errno = mayReceive(session, name) ? beginProblem(session.state, asked) : 'EPERM';
  if (errno !== undefined) return { errno };
  const before = session.state.datasets.get(name);
  if (before === undefined || (isNewStream(begin) && before)) {
    const [made, next] = newDataset(session.state, name, begin, asked.key);
    const origin = begin.isClone ? findByGuid(next, name, begin.fromGuid) : undefined;
    const base = origin?.snapshots.find((each) => each.guid === begin.fromGuid);
    const cloned = origin && base ? asClone(made, origin, base.name) : made;
    session.state = withDatasets(next, [
      before ? { ...cloned, local: before.local, received: before.received } : cloned,
    ]);
  }
  session.state = change(session.state, name, (each) =>
    withStreamProperties(each, before === undefined, permitted(session, name, properties)),
  );
  const wrong = keyProblem(session.state, asked);
  const data = wrong === undefined ? yield* readToEnd() : { bytes: 0, payload: 0, isWhole: false };
  if (wrong === undefined && data.isWhole) {
    const blocked = newerProblem(session.state, asked);
    if (blocked === undefined) {
      session.state = finished(session.state, asked);
      return { bytes: data.bytes };
    }
    restore(session, asked, before);
    return { errno: blocked };
  }
  keepOrForget(session, asked, before, wrong === undefined ? data.payload : 0);
  return { errno: wrong ?? 'ETRUNCATED' };
}

/** A clone opens with its origin's key, also when it came raw. */
function asClone(made: Dataset, origin: Dataset, snapshot: string): Dataset {
  const root = origin.crypto?.root;
  const crypto = made.crypto && root ? omit({ ...made.crypto, root }, 'keyLocation') : undefined;
  return { ...made, origin: `${origin.name}@${snapshot}`, ...(crypto && { crypto }) };
}

/** zfs asks for the permissions on the dataset, or on its parent where it is new. */
function mayReceive({ state, user }: Session, name: string): boolean {
  const place = state.datasets.has(name) ? name : (parentOf(name) ?? name);
  return ['receive', 'create', 'mount'].every((permission) => isAllowed(state, user, place, permission));
}

/** A cut stream: with `-s` what arrived stays, and the properties with it; else all is as before. */
function keepOrForget(session: Session, asked: Begin, before: Dataset | undefined, payload: number): void {
  const { begin, name } = asked;
  const had = begin.resumedAt ?? 0;
  if (!session.options.isResumable || payload + had === 0) {
    restore(session, asked, before);
    return;
  }
  const partial = {
    toName: begin.toName,
    toGuid: begin.toGuid,
    ...(begin.fromGuid !== undefined && { fromGuid: begin.fromGuid }),
    isRaw: begin.isRaw,
    bytes: had + payload,
    referenced: begin.referenced,
  };
  session.state = change(session.state, name, (each) => ({
    ...each,
    partial,
    ...(each.inconsistent && { referenced: had + payload }),
  }));
}

function restore(session: Session, { name }: Begin, before: Dataset | undefined): void {
  session.state = before ? withDatasets(session.state, [before]) : withoutDatasets(session.state, [name]);
}

interface Data {
  readonly bytes: number;
  readonly payload: number;
  readonly isWhole: boolean;
}

export function* readToEnd(): Receiving<Data> {
  let bytes = 0;
  let payload = 0;
  for (;;) {
    const record = yield;
    if (record === undefined) return { bytes, payload, isWhole: false };
    bytes += recordSize(record);
    if (record.kind === 'data') payload += record.bytes;
    else return { bytes, payload, isWhole: record.kind === 'end' };
  }
}
