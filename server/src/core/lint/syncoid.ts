import type { Call, Field, Runbook } from '../runbook/runbook';
import { describe, isKnown, textOf } from '../shell/placed-text';
import type { Span } from '../text/span';

/** What a call of syncoid asks for. Its options follow the help of syncoid 2.2. */
export interface SyncoidCall {
  readonly call: Call;
  readonly recursive: boolean;
  /** `unknown` where an option or the value of one is a variable. */
  readonly raw: 'yes' | 'no' | 'unknown';
  readonly unmounted: 'yes' | 'no' | 'unknown';
  readonly noRollback: boolean;
  readonly forceDelete: Span | undefined;
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
    forceDelete: options.find(({ name }) => name === 'force-delete')?.span,
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

/** The dataset of `host:pool/data` or `pool/data`; undefined while a part is unknown. */
export function syncoidDataset(field: Field | undefined): string | undefined {
  if (!field || !isKnown(field.text)) return undefined;
  return textOf(field.text).replace(/^[^:/]+:/, '');
}
