import type { Program } from '../shell/call';
import { machinePrograms } from './machine';
import { processPrograms } from './process';
import { ssh } from './ssh';
import { textPrograms } from './text';
import { zfs } from './zfs';

/** What is installed on a host of the lab. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  zfs,
  zpool: zfs,
  ssh,
  ...textPrograms,
  ...processPrograms,
  ...machinePrograms,
};

/** By its name, or by the path of a folder of programs. */
export function programNamed(name: string): Program | undefined {
  const plain = name.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, '');
  return Object.hasOwn(PROGRAMS, plain) ? PROGRAMS[plain] : undefined;
}
