/** What the kernel does with the stream of one snapshot, from its begin to its end (zfs_ioc_recv_impl, dmu_recv.c). */
import { parentOf } from '../../zfs/names';
import { remounted } from '../mounts';
import { omit } from '../omit';
import { withoutFreed } from '../destroy/destroy-snapshots';
import { isAllowed } from '../permissions';
import { isReadonly } from '../properties';
import type { Dataset, State } from '../state';
import { recordSize } from '../stream';
import { change, subtree, withDatasets, withoutDatasets } from '../tree';
import { beginProblem, keyProblem } from './begin-check';
import type { Begin, Errno } from './begin-check';
import { isNewStream } from './check-destination';
import type { CommandProperties } from './command-properties';
import { findByGuid } from './destination';
import { finished, newerProblem } from './finish';
import { newDataset } from './new-dataset';
import { permitted } from './permitted-properties';
import type { Receiving, Session } from './session';
import { hasEverReceived, withDelayedProperties, withStreamProperties } from './set-properties';

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
  const isFirst = before !== undefined && !hasEverReceived(session.state, name);
  const allowed = permitted(session, name, properties);
  session.state = change(session.state, name, (each) => withStreamProperties(each, isFirst, allowed));
  session.state = withReadonly(session.state, name);
  // A rest that does not begin where the last one ended is found out by its first record.
  const isStale = begin.resumedAt !== undefined && begin.resumedAt !== before?.partial?.bytes;
  const wrong = keyProblem(session.state, asked) ?? (isStale ? 'EINVAL' : undefined);
  const data = wrong === undefined ? yield* readToEnd() : { bytes: 0, payload: 0, isWhole: false };
  if (wrong === undefined && data.isWhole) {
    const blocked = newerProblem(session.state, asked);
    if (blocked === undefined) {
      const done = change(finished(session.state, asked), name, (each) => withDelayedProperties(each, allowed));
      // The hidden clone of a resumed increment is gone, which may have been all that kept its base.
      session.state = before?.partial ? withoutFreed(done) : done;
      return { bytes: data.bytes };
    }
    keepOrForget(session, asked, before, data.payload);
    return { errno: blocked };
  }
  keepOrForget(session, asked, before, wrong === undefined ? data.payload : 0);
  return { errno: wrong ?? 'ETRUNCATED' };
}

/** A mounted file system is told at once that it may not be written to any more, or may. */
function withReadonly(state: State, root: string): State {
  const differs = ({ mount, ...dataset }: Dataset): boolean =>
    mount !== undefined && mount.readonly !== isReadonly(state, dataset);
  return subtree(state, root).some(differs) ? remounted(state, root) : state;
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

/**
 * A cut stream: with `-s` what arrived stays, and of a new dataset the properties with it; else all is as before, but what was
 * there to be resumed is gone.
 */
function keepOrForget(session: Session, asked: Begin, before: Dataset | undefined, payload: number): void {
  const { begin, name } = asked;
  const had = before?.partial?.bytes ?? 0;
  if (!session.options.isResumable || payload + had === 0) {
    restore(session, asked, before);
    return;
  }
  const originGuid = before?.partial?.originGuid ?? (before && cloneOrigin(before, asked));
  const partial = {
    toName: begin.toName,
    toGuid: begin.toGuid,
    ...(begin.fromGuid !== undefined && { fromGuid: begin.fromGuid }),
    ...(originGuid !== undefined && { originGuid }),
    isRaw: begin.isRaw,
    bytes: had + payload,
    referenced: begin.referenced,
  };
  if (before && !before.inconsistent) {
    session.state = withDatasets(session.state, [{ ...before, partial }]);
    return;
  }
  session.state = change(session.state, name, (each) => ({
    ...each,
    partial,
    ...(each.inconsistent && { referenced: had + payload, written: had + payload }),
  }));
}

const cloneOrigin = ({ snapshots }: Dataset, { begin, isForced }: Begin): string | undefined =>
  isForced ? begin.fromGuid : snapshots.at(-1)?.guid;

function restore(session: Session, { name }: Begin, before: Dataset | undefined): void {
  const isKept = before && !before.inconsistent;
  session.state = isKept
    ? withDatasets(session.state, [omit(before, 'partial')])
    : withoutDatasets(session.state, [name]);
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
