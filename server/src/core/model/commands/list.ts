import type { Command } from '../../zfs/command';
import { done, notModelled, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import { findProperty, isUserProperty } from '../property-table';
import type { PropertyRule } from '../property-table';
import { formatRows } from '../show/format-rows';
import { formatValue } from '../show/format-value';
import { shownProperty } from '../show/facts';
import { kindsOf, selectTargets } from '../show/select-targets';
import type { Target } from '../show/target';
import type { State } from '../state';
import { byName } from '../tree';
import { usageError } from '../usage';

const DEFAULT_COLUMNS = 'name,used,available,referenced,mountpoint';

/** `zfs list`; `-s`, `-S` sort by any property that the model knows. */
export function list(state: State, { flags, operands }: Command): Outcome {
  if (flags['json']) return notModelled('zfs list -j');
  const kinds = kindsOf(typeof flags['types'] === 'string' ? flags['types'] : 'filesystem,volume');
  if (typeof kinds === 'string') return usageError(state, 'list', `invalid type '${kinds}'`);
  const names = (typeof flags['columns'] === 'string' ? flags['columns'] : DEFAULT_COLUMNS).split(',');
  const bad = names.find((name) => !findProperty(name) && !isUserProperty(name));
  if (bad !== undefined) return notModelled(`the property ${bad}`);
  const all = flags['types'] === undefined && operands.length > 0 ? withNamed(kinds, operands) : kinds;
  const { targets, problems } = selectTargets(state, { operands, kinds: all, depth: depthOf(flags) });
  const how = { isExact: flags['exact'] === true, release: state.release };
  const rules = names.map((name) => findProperty(name));
  const rows = sortedBy(state, targets, flags).map((target) =>
    names.map((name, index) => formatValue(rules[index], shownProperty(state, target, name).value, how)),
  );
  const isScripted = flags['scripted'] === true;
  const columns = names.map((name, index) => ({
    heading: rules[index]?.column ?? name.toUpperCase(),
    isRight: isNumber(rules[index]),
  }));
  const stdout = rows.length === 0 ? '' : formatRows(columns, rows, isScripted);
  const none = rows.length === 0 && problems.length === 0 && !isScripted ? ['no datasets available'] : [];
  return { ...done(state, stdout), stderr: textOf([...problems, ...none]), exitCode: problems.length > 0 ? 1 : 0 };
}

/** A snapshot that is named is shown without `-t`. */
function withNamed<T extends string>(kinds: ReadonlySet<T>, operands: readonly string[]): ReadonlySet<T> {
  const named = operands.some((operand) => operand.includes('@')) ? ['snapshot'] : [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a kind is one of these words
  return new Set([...kinds, ...(named as T[])]);
}

export function depthOf(flags: Command['flags']): number {
  if (typeof flags['depth'] === 'string') return Number(flags['depth']);
  return flags['recursive'] ? Infinity : 0;
}

const isNumber = (rule: PropertyRule | undefined): boolean => rule?.format !== undefined && rule.format !== 'time';

function sortedBy(state: State, targets: readonly Target[], flags: Command['flags']): readonly Target[] {
  const ascending = asList(flags['sort']);
  const descending = asList(flags['sortDescending']);
  if (ascending.length + descending.length === 0) return targets;
  if (ascending.length > 0 && descending.length > 0) return notModelled('zfs list with -s and -S');
  const sign = descending.length > 0 ? -1 : 1;
  return targets.toSorted((a, b) => {
    for (const name of [...ascending, ...descending]) {
      const order = compareBy(state, name, [a, b], sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

const asList = (value: Command['flags'][string] | undefined): readonly string[] =>
  value === undefined || value === true ? [] : typeof value === 'string' ? [value] : value;

/** What has no such value comes last, whichever way it is sorted. */
function compareBy(state: State, name: string, [a, b]: readonly [Target, Target], sign: number): number {
  const [left, right] = [shownProperty(state, a, name).value, shownProperty(state, b, name).value];
  const rule = findProperty(name);
  if (left === '-' || right === '-') return Number(left === '-') - Number(right === '-');
  if (rule?.format !== undefined) return sign * Number(BigInt(left) - BigInt(right));
  return sign * byName(left, right);
}
