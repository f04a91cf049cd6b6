import type { HostEntry } from '../core/policy/policy';

/** `-n`: a host that wants a password refuses at once, since nobody is there to type it. */
export const ELEVATE: Readonly<Record<HostEntry['elevate'], readonly string[]>> = {
  none: [],
  sudo: ['sudo', '-n'],
  doas: ['doas', '-n'],
};
