import type { Call, Field } from '../runbook/runbook';
import { describe, isKnown } from '../shell/placed-text';
import type { Span } from '../text/span';

/**
 * Options and operands of a call of syncoid, as its Getopt::Long reads them (syncoid 2.3): one dash or two, any case, a value after
 * `=` or as the next word, and any beginning of a name that no other option shares.
 */
export interface SyncoidOptions {
  readonly options: readonly SyncoidOption[];
  readonly operands: readonly Field[];
  /** A variable may hold more options. */
  readonly open: boolean;
}

export interface SyncoidOption {
  readonly name: string;
  readonly value?: string;
  /** Neither the option nor its value is in a variable. */
  readonly known: boolean;
  readonly span: Span;
}

export function readSyncoidOptions({ args }: Call): SyncoidOptions {
  const options: SyncoidOption[] = [];
  const operands: Field[] = [];
  let open = false;
  for (let index = 0; index < args.length; index++) {
    const field = args[index];
    if (!field) break;
    const word = describe(field.text);
    if (word === '--') return { options, operands: [...operands, ...args.slice(index + 1)], open };
    const [, written, attached] = /^--?([A-Za-z][\w-]*)(?:=([^]*))?$/.exec(word) ?? [];
    if (written === undefined) {
      if (holdsOptions(field)) open = true;
      else operands.push(field);
      continue;
    }
    const name = fullName(written);
    const next = attached === undefined && VALUED.has(name) ? args[index + 1] : undefined;
    const value = attached ?? (next && describe(next.text));
    const known = isKnown(field.text) && (!next || isKnown(next.text));
    options.push({ name, known, span: field.span, ...(value !== undefined && { value }) });
    if (next) index += 1;
  }
  return { options, operands, open };
}

/** An array, or a bare variable that is named like options. */
const holdsOptions = ({ text, arity }: Field): boolean =>
  !isKnown(text) && (arity === 'list' || (arity === 'some' && /opt|arg|flag|param/i.test(describe(text))));

const SHORT: Readonly<Record<string, string>> = { r: 'recursive', c: 'sshcipher', o: 'sshoption' };

const VALUED: ReadonlySet<string> = new Set([
  'compress',
  'sendoptions',
  'recvoptions',
  'source-bwlimit',
  'target-bwlimit',
  'sshconfig',
  'sshkey',
  'sshport',
  'sshcipher',
  'sshoption',
  'exclude',
  'exclude-datasets',
  'exclude-snaps',
  'include-snaps',
  'identifier',
  'pv-options',
  'mbuffer-size',
  'insecure-direct-connection',
]);

/** The others that the rules ask for. */
const PLAIN: readonly string[] = ['recursive', 'no-rollback', 'force-delete', 'help', 'version'];

/** Beginnings that options share which nobody asks for here. */
const SHARED: ReadonlySet<string> = new Set(['no', 'no-', 'no-r']);

function fullName(written: string): string {
  const name = written.toLowerCase();
  const short = SHORT[name];
  if (short !== undefined || VALUED.has(name) || PLAIN.includes(name)) return short ?? name;
  const [only, ...others] = [...VALUED, ...PLAIN].filter((option) => option.startsWith(name));
  return only !== undefined && others.length === 0 && !SHARED.has(name) ? only : name;
}

/** The options of `--sendoptions` and `--recvoptions`: letters split at blanks, of which o, x and X take the next word. */
export function letterOptions(value: string): readonly { readonly letter: string; readonly argument?: string }[] {
  const words = value.split(' ');
  const found: { readonly letter: string; readonly argument?: string }[] = [];
  for (let index = 0; index < words.length; index++) {
    for (const letter of words[index] ?? '') {
      if (!/[oxX]/.test(letter)) {
        found.push({ letter });
        continue;
      }
      index += 1;
      found.push({ letter, argument: words[index] ?? '' });
      break;
    }
  }
  return found;
}
