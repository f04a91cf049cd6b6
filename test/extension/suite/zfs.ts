import { runMocha } from './run-mocha';
import { zfsTests } from './zfs.test';

/** Between two hosts, of the lab or of real OpenZFS. */
export const run = (): Promise<void> => runMocha(zfsTests);
