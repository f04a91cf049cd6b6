import type { HostEntry } from './policy';

/** A name for the machine that a host is: two names of `hosts` may stand for one. */
export const machineOf = ({ local, ssh }: HostEntry): string => (local || ssh === undefined ? 'local' : `ssh ${ssh}`);
