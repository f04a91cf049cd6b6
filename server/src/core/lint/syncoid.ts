import type { DatasetUse } from '../runbook/dataset-use';
import type { Call, Field, HostRoute, Runbook } from '../runbook/runbook';
import { describe, isKnown, keyOf } from '../shell/placed-text';
import type { Span } from '../text/span';
import type { LintContext } from './document';
import type { Fix } from './finding';
import { rolesOf } from './knowledge';
import type { Role } from './knowledge';
import { letterOptions, readSyncoidOptions } from './syncoid-options';
import type { SyncoidOption } from './syncoid-options';

/** What a call of syncoid asks for. */
export interface SyncoidCall {
  readonly call: Call;
  readonly recursive: boolean;
  /** `unknown` where an option or the value of one is a variable. */
  readonly raw: Answer;
  /** By `u`, or by a property that keeps the target from being mounted: syncoid sends each dataset by itself. */
  readonly unmounted: Answer;
  readonly noRollback: boolean;
  /** A variable may hold more options. */
  readonly open: boolean;
  readonly forceDelete: Span | undefined;
  /** The names of all options. */
  readonly given: readonly string[];
  /** Source and target as written. */
  readonly operands: readonly Field[];
}

type Answer = 'yes' | 'no' | 'unknown';

/** The calls that replicate: `syncoid --version` and a call without source and target do not. */
export function* syncoidCalls(runbook: Runbook): Iterable<SyncoidCall> {
  for (const call of runbook.calls) {
    const entry = call.name === 'syncoid' ? readCall(call) : undefined;
    if (entry && !entry.given.some((name) => name === 'help' || name === 'version')) yield entry;
  }
}

function readCall(call: Call): SyncoidCall | undefined {
  const { options, operands, open } = readSyncoidOptions(call);
  if (operands.length < 2 && !open && operands.every(({ arity }) => arity === 'one')) return undefined;
  const has = (wanted: string): boolean => options.some(({ name }) => name === wanted);
  const receive = lettersOf(options, 'recvoptions');
  const staysUnmounted = receive.some(({ letter, argument }) => letter === 'o' && UNMOUNTED.test(argument ?? ''));
  return {
    call,
    operands,
    recursive: has('recursive'),
    raw: answer(
      lettersOf(options, 'sendoptions').some(({ letter }) => letter === 'w'),
      isUnknown(options, 'sendoptions', open),
    ),
    unmounted: answer(
      staysUnmounted || receive.some(({ letter }) => letter === 'u'),
      isUnknown(options, 'recvoptions', open),
    ),
    noRollback: has('no-rollback'),
    open,
    forceDelete: options.find(({ name }) => name === 'force-delete')?.span,
    given: options.map(({ name }) => name),
  };
}

const UNMOUNTED = /^(?:canmount=(?:off|noauto)|mountpoint=(?:none|legacy))$/;

/** Of an option that is given twice the last one counts. */
const lettersOf = (options: readonly SyncoidOption[], wanted: string) =>
  letterOptions(options.findLast(({ name }) => name === wanted)?.value ?? '');

const isUnknown = (options: readonly SyncoidOption[], wanted: string, open: boolean): boolean =>
  open || options.findLast(({ name }) => name === wanted)?.known === false;

function answer(found: boolean, mayBe: boolean): Answer {
  if (found) return 'yes';
  return mayBe ? 'unknown' : 'no';
}

/** The dataset of `host:pool/data` or `pool/data` as a command would name it on that host. */
function useOf(field: Field | undefined, route: HostRoute): DatasetUse {
  const shown = field ? describe(field.text) : '';
  const [, host, name = ''] = /^(?:([^/:]+):)?([^]*)$/.exec(shown) ?? [];
  const known = field && isKnown(field.text) ? name : undefined;
  return { name, known, key: known ?? keyOf(field?.text ?? []), route: host === undefined ? route : [...route, host] };
}

export const sourceUse = ({ operands, call }: SyncoidCall): DatasetUse => useOf(operands[0], call.site.route);
export const sourceName = (entry: SyncoidCall): string => sourceUse(entry).name || 'the source';
const targetUse = ({ operands, call }: SyncoidCall): DatasetUse => useOf(operands[1], call.site.route);
export const targetName = (entry: SyncoidCall): string => targetUse(entry).name || 'the target';

export const targetRoles = (entry: SyncoidCall, runbook: Runbook, context: LintContext): readonly Role[] =>
  rolesOf(targetUse(entry), runbook, context);

/** Writes an option behind the program's name; not where that comes out of a variable, nor where the option is there with other letters. */
export function addOption({ call, given }: SyncoidCall, option: string, title: string): readonly Fix[] {
  const [name = ''] = option.split('=');
  const isWritten = call.programSpan.end - call.programSpan.start >= 'syncoid'.length;
  if (!isWritten || given.includes(name.replace(/^--/, ''))) return [];
  const at = { start: call.programSpan.end, end: call.programSpan.end };
  return [{ title, safety: 'unsafe', edits: [{ span: at, newText: ` ${option}` }] }];
}
