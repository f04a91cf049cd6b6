import { done } from '../outcome';
import type { Outcome } from '../outcome';
import type { Release, State } from '../state';

/** The builds that the model is held to: Debian's, user land first. */
const BUILDS: Readonly<Record<Release, readonly [string, string]>> = {
  '2.1': ['zfs-2.1.11-1+deb12u1', 'zfs-kmod-2.1.11-1+deb12u1'],
  '2.3': ['zfs-2.3.2-2~bpo12+2', 'zfs-kmod-2.3.2-2~bpo12+2'],
};

export const version = (state: State): Outcome => done(state, `${BUILDS[state.release].join('\n')}\n`);
