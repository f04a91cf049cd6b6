import type { Command } from '../../zfs/command';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { usedBy } from '../show/facts';
import { formatRows } from '../show/format-rows';
import { formatSize } from '../show/format-value';
import type { Pool, State } from '../state';
import { byName, mustFind } from '../tree';

const SIZES = new Set(['size', 'allocated', 'free']);

type Read = (state: State, pool: Pool) => string;

/** What `zpool list` and `zpool get` answer: raw values. */
export const POOL_FACTS: Readonly<Record<string, Read>> = {
  name: (_, pool) => pool.name,
  guid: (_, pool) => pool.guid,
  health: () => 'ONLINE',
  size: (_, pool) => String(pool.size),
  allocated: (state, pool) => String(usedBy(state, mustFind(state, pool.name))),
  free: (state, pool) => String(pool.size - usedBy(state, mustFind(state, pool.name))),
  readonly: () => 'off',
  checkpoint: () => '-',
  expandsize: () => '-',
  fragmentation: () => '0%',
  capacity: (state, pool) => `${Math.floor((usedBy(state, mustFind(state, pool.name)) * 100) / pool.size)}%`,
  dedupratio: () => '1.00x',
  altroot: () => '-',
};

export function poolsOf(state: State, names: readonly string[]): readonly Pool[] | string {
  const missing = names.find((name) => !state.pools.has(name));
  if (missing !== undefined) return `cannot open '${missing}': no such pool`;
  const wanted = [...state.pools.values()].filter((pool) => names.length === 0 || names.includes(pool.name));
  return wanted.toSorted((a, b) => byName(a.name, b.name));
}

const COLUMNS = 'name,size,allocated,free,checkpoint,expandsize,fragmentation,capacity,dedupratio,health,altroot';

/** What a heading says where it is not the column's name. */
const HEADINGS: Readonly<Record<string, string>> = {
  allocated: 'ALLOC',
  checkpoint: 'CKPOINT',
  expandsize: 'EXPANDSZ',
  fragmentation: 'FRAG',
  capacity: 'CAP',
  dedupratio: 'DEDUP',
};

/** `zpool list`, of the columns in the table. */
export function zpoolList(state: State, { flags, operands }: Command): Outcome {
  if (flags['json'] || flags['verbose']) return notModelled('zpool list with -j or -v');
  const columns = (typeof flags['columns'] === 'string' ? flags['columns'] : COLUMNS).split(',');
  const pools = poolsOf(state, operands);
  if (typeof pools === 'string') return failed(state, pools);
  const rows = pools.map((pool) =>
    columns.map((column) => {
      const value = (POOL_FACTS[column] ?? notModelled(`the pool property ${column}`))(state, pool);
      return SIZES.has(column) && !flags['exact'] ? formatSize(Number(value)) : value;
    }),
  );
  const headings = columns.map((column) => ({
    heading: HEADINGS[column] ?? column.toUpperCase(),
    isRight: !['name', 'health', 'altroot'].includes(column),
  }));
  return done(state, formatRows(headings, rows, flags['scripted'] === true));
}
