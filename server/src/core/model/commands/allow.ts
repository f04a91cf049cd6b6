import type { Command } from '../../zfs/command';
import { openProblem } from '../names';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { findProperty } from '../property-table';
import type { State } from '../state';
import { byName, change, mustFind } from '../tree';

/** `zfs allow USER[,USER]… PERMISSION[,…] DATASET` and `zfs allow DATASET`. */
export function allow(state: State, { flags, operands }: Command): Outcome {
  if (Object.keys(flags).length > 0) return notModelled('the flags of zfs allow');
  const name = operands.at(-1) ?? '';
  const problem = openProblem(state, name, 'dataset');
  if (problem !== undefined) return failed(state, [problem, `Failed to open dataset: ${name}`], 255);
  if (operands.length === 1) return done(state, shown(state, name));
  const [users = '', list = ''] = operands;
  const permissions = list.split(',');
  if (!permissions.every(isPermission))
    return failed(state, `cannot set permissions on '${name}': operation not applicable to datasets of this type`);
  return done(
    change(state, name, (dataset) => {
      const allowed: Record<string, readonly string[]> = { ...dataset.allowed };
      for (const user of users.split(','))
        allowed[user] = [...new Set([...(allowed[user] ?? []), ...permissions])].toSorted(byName);
      return { ...dataset, allowed };
    }),
  );
}

const ACTIONS = new Set(
  (
    'allow bookmark change-key clone create destroy diff hold load-key mount promote receive release rename rollback ' +
    'send share snapshot userprop'
  ).split(' '),
);

function isPermission(word: string): boolean {
  const rule = findProperty(word);
  return ACTIONS.has(word) || (rule !== undefined && rule.kind !== 'fact');
}

function shown(state: State, name: string): string {
  const { allowed } = mustFind(state, name);
  const users = Object.entries(allowed ?? {}).toSorted(([a], [b]) => byName(a, b));
  if (users.length === 0) return '';
  const title = `---- Permissions on ${name} `.padEnd(70, '-');
  const rows = users.map(([user, permissions]) => `\tuser ${user} ${permissions.join(',')}\n`);
  return `${title}\nLocal+Descendent permissions:\n${rows.join('')}`;
}
