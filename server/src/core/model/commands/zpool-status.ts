import type { Command } from '../../zfs/command';
import { done, notModelled, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import type { Pool, State } from '../state';
import { poolsOf } from './zpool-list';

/** `zpool status [-x] [-v] [POOL]`: pools of the model have one file each, and no errors (print_status_config of zpool_main.c). */
export function zpoolStatus(state: State, { flags, operands }: Command): Outcome {
  const { onlyTroubled, verbose: _, ...others } = flags;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return notModelled(`zpool status with its flag ${unknown}`);
  const pools = poolsOf(state, operands);
  if (typeof pools === 'string') return { ...done(state), stderr: `${pools}\n`, exitCode: 1 };
  if (pools.length === 0) return { ...done(state), stderr: 'no pools available\n' };
  if (onlyTroubled) {
    const [first] = operands;
    return done(state, first === undefined ? 'all pools are healthy\n' : `pool '${first}' is healthy\n`);
  }
  return done(state, pools.map(statusOf).join('\n'));
}

function statusOf({ name, device }: Pool): string {
  const width = Math.max(name.length, device.length + 2, 10);
  const row = (label: string): string => `\t${label.padEnd(width)}  ONLINE       0     0     0`;
  return textOf([
    `  pool: ${name}`,
    ' state: ONLINE',
    'config:',
    '',
    `\t${'NAME'.padEnd(width)}  STATE     READ WRITE CKSUM`,
    row(name),
    row(`  ${device}`),
    '',
    'errors: No known data errors',
  ]);
}
