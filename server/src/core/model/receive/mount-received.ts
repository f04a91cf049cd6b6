/** What a receive without -u mounts (changelist_gather and changelist_postfix of libzfs_changelist.c). */
import { isKeyLoaded, isReadable } from '../keys';
import { isMountable, mounted, reachedByMountpoint } from '../mounts';
import { canMount, valueOf } from '../properties';
import type { Dataset } from '../state';
import { mustFind } from '../tree';
import type { Result, Session } from './session';

/** The top, and what is below it as far as mountpoints are inherited; canmount=noauto does not keep it from being mounted. */
export function mountReceived(session: Session): Result {
  let result: Result = 'received';
  if (session.top === undefined) return result;
  for (const name of reachedByMountpoint(session.state, mustFind(session.state, session.top))) {
    const dataset = mustFind(session.state, name);
    if (dataset.mount || !isMountable(session.state, dataset) || canMount(session.state, dataset) === 'off') continue;
    if (dataset.crypto && !isKeyLoaded(session.state, dataset)) continue;
    const why = refusal(session, dataset);
    if (why === undefined) {
      session.state = mounted(session.state, dataset);
      continue;
    }
    session.err.push(why);
    // Later releases end well: the data is there.
    if (session.state.release === '2.1') result = 'failed';
  }
  return result;
}

/** Linux lets nobody but root mount; the data is there all the same, and the exit code says nothing of it. */
function refusal({ state, user }: Session, dataset: Dataset): string | undefined {
  if (user !== undefined)
    return `cannot mount '${valueOf(state, dataset, 'mountpoint')}': failed to create mountpoint: Permission denied`;
  return isReadable(state, dataset) ? undefined : `cannot mount '${dataset.name}': Permission denied`;
}
