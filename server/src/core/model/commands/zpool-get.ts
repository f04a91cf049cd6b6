import type { Command } from '../../zfs/command';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { formatRows } from '../show/format-rows';
import type { State } from '../state';
import { POOL_FACTS, poolsOf } from './zpool-list';

/** `zpool get -Hp` of the properties in the table. */
export function zpoolGet(state: State, { flags, operands }: Command): Outcome {
  if (!flags['exact'] || flags['json'] || flags['columns'])
    return notModelled('zpool get without -p, or with -j or -o');
  const [names = '', ...wanted] = operands;
  const pools = poolsOf(state, wanted);
  if (typeof pools === 'string') return failed(state, pools);
  const rows = pools.flatMap((pool) =>
    names.split(',').map((name) => {
      const read = POOL_FACTS[name] ?? notModelled(`the pool property ${name}`);
      return [pool.name, name, read(state, pool), name === 'readonly' ? 'default' : '-'];
    }),
  );
  const headings = ['NAME', 'PROPERTY', 'VALUE', 'SOURCE'].map((heading) => ({ heading }));
  return done(state, formatRows(headings, rows, flags['scripted'] === true));
}
