import type { DatasetUse } from '../runbook/dataset-use';
import type { Call, Field, HostRoute, Runbook } from '../runbook/runbook';
import { describe, isKnown, keyOf } from '../shell/placed-text';
import type { Span } from '../text/span';
import type { LintContext } from './document';
import type { Fix } from './finding';
import { rolesOf } from './knowledge';
import type { Role } from './knowledge';

/** What a call of syncoid asks for. Its options follow the help of syncoid 2.2. */
export interface SyncoidCall {
  readonly call: Call;
  readonly recursive: boolean;
  /** `unknown` where an option or the value of one is a variable. */
  readonly raw: 'yes' | 'no' | 'unknown';
  readonly unmounted: 'yes' | 'no' | 'unknown';
  readonly noRollback: boolean;
  /** A variable may hold more options. */
  readonly open: boolean;
  readonly forceDelete: Span | undefined;
  /** The names of all options. */
  readonly given: readonly string[];
  readonly sshOptions: readonly { readonly text: string; readonly span: Span }[];
  /** Source and target as written. */
  readonly operands: readonly Field[];
}

const VALUED: ReadonlySet<string> = new Set([
  'compress',
  'identifier',
  'source-bwlimit',
  'target-bwlimit',
  'mbuffer-size',
  'pv-options',
  'exclude',
  'exclude-datasets',
  'exclude-snaps',
  'include-snaps',
  'sendoptions',
  'recvoptions',
  'sshconfig',
  'sshkey',
  'sshport',
  'sshcipher',
  'sshoption',
  'insecure-direct-connection',
]);

export function* syncoidCalls(runbook: Runbook): Iterable<SyncoidCall> {
  for (const call of runbook.calls) if (call.name === 'syncoid') yield readCall(call);
}

interface Option {
  readonly name: string;
  readonly value?: string;
  readonly known: boolean;
  readonly span: Span;
}

function readCall(call: Call): SyncoidCall {
  const { options, operands, open } = readOptions(call.args);
  const has = (...names: readonly string[]): boolean => options.some(({ name }) => names.includes(name));
  return {
    call,
    operands,
    recursive: has('r', 'recursive'),
    raw: letterIn(options, { option: 'sendoptions', letter: 'w', long: 'raw' }, open),
    unmounted: letterIn(options, { option: 'recvoptions', letter: 'u', long: 'u' }, open),
    noRollback: has('no-rollback'),
    open,
    forceDelete: options.find(({ name }) => name === 'force-delete')?.span,
    given: options.map(({ name }) => name),
    sshOptions: options.flatMap(({ name, value, span }) =>
      (name === 'sshoption' || name === 'o') && value !== undefined ? [{ text: value, span }] : [],
    ),
  };
}

function readOptions(args: readonly Field[]) {
  const options: Option[] = [];
  const operands: Field[] = [];
  let open = false;
  for (let index = 0; index < args.length; index++) {
    const field = args[index];
    if (!field) break;
    const word = describe(field.text);
    const match = /^--?([A-Za-z][\w-]*)(?:=([^]*))?$/.exec(word);
    if (!match) {
      // A bare variable before the operands mostly holds options.
      if (!isKnown(field.text) && field.arity !== 'one' && /opt|arg|flag|param/i.test(word)) open = true;
      else operands.push(field);
      continue;
    }
    const [, name = '', attached] = match;
    const takesNext = attached === undefined && VALUED.has(name);
    const value = attached ?? (takesNext ? describe(args[index + 1]?.text ?? []) : undefined);
    const known = isKnown(field.text) && (!takesNext || isKnown(args[index + 1]?.text ?? []));
    options.push({ name, known, span: field.span, ...(value !== undefined && { value }) });
    if (takesNext) index += 1;
  }
  return { options, operands, open };
}

interface Wanted {
  readonly option: string;
  readonly letter: string;
  readonly long: string;
}

/** syncoid takes groups of letters, with or without a dash: `w`, `-w`, `Lw`, `w e`. */
function letterIn(options: readonly Option[], wanted: Wanted, open: boolean): 'yes' | 'no' | 'unknown' {
  const given = options.filter(({ name }) => name === wanted.option);
  const words = given.flatMap(({ value = '' }) => value.split(/[\s,]+/));
  const found = words.some(
    (word) => word === `--${wanted.long}` || (/^-?[A-Za-z]+$/.test(word) && word.includes(wanted.letter)),
  );
  if (found) return 'yes';
  return open || given.some(({ known }) => !known) ? 'unknown' : 'no';
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
