import type { Command } from '../../zfs/command';
import { done, notModelled, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import { findProperty, isUserProperty } from '../property-table';
import { formatRows } from '../show/format-rows';
import { formatValue } from '../show/format-value';
import type { HowShown } from '../show/format-value';
import { shownProperty } from '../show/facts';
import type { Shown } from '../show/facts';
import { kindsOf, selectTargets } from '../show/select-targets';
import type { Target } from '../show/target';
import type { State } from '../state';
import { usageError } from '../usage';
import { depthOf } from './list';

const COLUMNS = ['name', 'property', 'value', 'received', 'source'];

/** `zfs get` of named properties; `all` is refused, for the model does not know all. */
export function get(state: State, { flags, operands }: Command): Outcome {
  if (flags['json']) return notModelled('zfs get -j');
  const [names = '', ...datasets] = operands;
  if (names === 'all') return notModelled('zfs get all');
  const properties = names.split(',');
  const bad = properties.find((name) => !findProperty(name) && !isUserProperty(name));
  if (bad !== undefined) return notModelled(`the property ${bad}`);
  const kinds = kindsOf(typeof flags['types'] === 'string' ? flags['types'] : 'all');
  if (typeof kinds === 'string') return usageError(state, 'get', `invalid type '${kinds}'`);
  const columns = columnsOf(flags);
  const sources = typeof flags['sources'] === 'string' ? flags['sources'].split(',') : undefined;
  const { targets, problems } = selectTargets(state, { operands: datasets, kinds, depth: depthOf(flags) });
  const how = { isExact: flags['exact'] === true, release: state.release };
  const rows = targets.flatMap((target) =>
    properties.flatMap((name) => {
      const shown = shownProperty(state, target, name);
      const word = shown.source === '-' ? 'none' : shown.source;
      if (sources && !sources.includes(word)) return [];
      return [columns.map((column) => cell({ target, name, shown, how }, column))];
    }),
  );
  const headings = columns.map((column) => ({ heading: column.toUpperCase() }));
  const stdout = rows.length === 0 ? '' : formatRows(headings, rows, flags['scripted'] === true);
  return { ...done(state, stdout), stderr: textOf(problems), exitCode: problems.length > 0 ? 1 : 0 };
}

function columnsOf(flags: Command['flags']): readonly string[] {
  const wanted = flags['columns'];
  if (typeof wanted !== 'string') return ['name', 'property', 'value', 'source'];
  return wanted === 'all' ? COLUMNS : wanted.split(',');
}

interface Row {
  readonly target: Target;
  readonly name: string;
  readonly shown: Shown;
  readonly how: HowShown;
}

function cell({ target, name, shown, how }: Row, column: string): string {
  const rule = findProperty(name);
  if (column === 'name') return target.name;
  if (column === 'property') return rule?.name ?? name;
  if (column === 'value') return formatValue(rule, shown.value, how);
  if (column === 'source') return shown.source === 'inherited' ? `inherited from ${shown.from ?? ''}` : shown.source;
  const received = target.snapshot ? target.snapshot.received[name] : target.dataset.received[rule?.name ?? name];
  return received === undefined ? '-' : formatValue(rule, received, how);
}
