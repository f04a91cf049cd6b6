/**
 * After a raw package: roots where the source has roots, and their key locations; what was its own root by being received alone
 * goes back under its parent's (recv_fix_encryption_hierarchy of libzfs_sendrecv.c).
 */
import { parentOf } from '../../zfs/names';
import { isRoot, withCrypto, withoutLoaded } from '../keys';
import { openProblem } from '../names';
import { notModelled } from '../outcome';
import { isAllowed } from '../permissions';
import { omit } from '../omit';
import type { Dataset, State } from '../state';
import { change, mustFind, subtree, withDatasets } from '../tree';
import { packedWithAny } from './packed-index';
import type { PackedIndex } from './packed-index';
import type { Session } from './session';

export function fixEncryptionRoots(session: Session, top: string, index: PackedIndex): boolean {
  const problem = openProblem(session.state, top, 'dataset');
  if (problem !== undefined) {
    // 2.1 looks for what the stream names, and not for what is there.
    if (session.state.release !== '2.1') session.err.push(problem);
    return true;
  }
  const within = index.header.isRecursive ? subtree(session.state, top) : [mustFind(session.state, top)];
  for (const { name } of within) {
    const next = fixed(session.state, mustFind(session.state, name), top, index);
    const [before, after] = [session.state.datasets.get(name)?.crypto, next.datasets.get(name)?.crypto];
    const may = (permission: string): boolean => isAllowed(session.state, session.user, name, permission);
    // Without the permission zfs stops here; of the root it says nothing.
    if (before?.root !== after?.root && !may('change-key')) return false;
    if (before?.keyLocation !== after?.keyLocation && after?.keyLocation !== undefined && !may('keylocation')) {
      session.err.push(`cannot set property for '${name}': permission denied`);
      return false;
    }
    session.state = next;
  }
  return true;
}

function fixed(state: State, dataset: Dataset, top: string, index: PackedIndex): State {
  if (dataset.crypto === undefined) return state;
  const packed = packedWithAny(index, dataset.snapshots);
  if (packed === undefined) return state;
  if (packed.properties === undefined)
    return notModelled('zfs receive of a raw package made with -h alone, which aborts');
  if (packed.isEncryptionRoot) {
    const own = isRoot(dataset) || dataset.origin !== undefined ? state : asRoot(state, dataset);
    const location =
      packed.properties?.['keylocation'] ?? notModelled('zfs receive of a raw package made with -b, which aborts');
    const isHere = isRoot(mustFind(own, dataset.name));
    return isHere ? change(own, dataset.name, (each) => withCrypto(each, { keyLocation: location })) : own;
  }
  return isRoot(dataset) && dataset.name !== top ? underParent(state, dataset) : state;
}

/** A root of its own, without a key: nothing is wrapped anew. */
function asRoot(state: State, dataset: Dataset): State {
  const old = dataset.crypto?.root;
  const taken = subtree(state, dataset.name).filter((each) => each.crypto?.root === old);
  return withDatasets(
    state,
    taken.map((each) =>
      withCrypto(each, { root: dataset.name, ...(each.name === dataset.name && { keyLocation: 'prompt' }) }),
    ),
  );
}

function underParent(state: State, dataset: Dataset): State {
  const root = state.datasets.get(parentOf(dataset.name) ?? '')?.crypto?.root;
  if (root === undefined) return state;
  // Its clones too, wherever they are: they have the same key.
  const taken = [...state.datasets.values()].filter((each) => each.crypto?.root === dataset.name);
  return withDatasets(
    state,
    taken.map((each) => {
      if (each.crypto === undefined) return each;
      const crypto = omit(withoutLoaded(each.crypto), 'keyLocation');
      return { ...each, crypto: { ...crypto, root } };
    }),
  );
}
