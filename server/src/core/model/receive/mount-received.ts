/** What a receive without -u mounts (changelist_gather and changelist_postfix of libzfs_changelist.c). */
import { isKeyLoaded, isReadable } from '../keys';
import { isMountable, mounted, reachedByMountpoint } from '../mounts';
import { canMount, valueOf } from '../properties';
import type { Dataset } from '../state';
import { mustFind } from '../tree';
import type { Session } from './session';

/** The top, and what is below it as far as mountpoints are inherited; canmount=noauto does not keep it from being mounted. */
export function mountReceived(session: Session): void {
  if (session.top === undefined) return;
  for (const name of reachedByMountpoint(session.state, mustFind(session.state, session.top))) {
    const dataset = mustFind(session.state, name);
    if (dataset.mount || !isMountable(session.state, dataset) || canMount(session.state, dataset) === 'off') continue;
    if (dataset.crypto && !isKeyLoaded(session.state, dataset)) continue;
    const why = refusal(session, dataset);
    if (why === undefined) session.state = mounted(session.state, dataset);
    else session.err.push(why);
  }
}

/** Linux lets nobody but root mount; the data is there all the same, and the exit code says nothing of it. */
function refusal({ state, user }: Session, dataset: Dataset): string | undefined {
  if (user !== undefined)
    return `cannot mount '${valueOf(state, dataset, 'mountpoint')}': failed to create mountpoint: Permission denied`;
  return isReadable(state, dataset) ? undefined : `cannot mount '${dataset.name}': Permission denied`;
}
