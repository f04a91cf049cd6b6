import type { State } from './state';

const KEY_LENGTH = 32;

/**
 * Reads a key as zfs does: of `prompt` the first line of the input, of `file://` the file. A passphrase ends at its line end; a raw
 * key is 32 bytes, a hex key 64 digits.
 */
export function findKey(
  state: State,
  location: string,
  format: string,
  input: string | undefined,
): { readonly key: string } | { readonly problem: string } {
  if (location === 'none') return { problem: 'Invalid keylocation' };
  const isFile = location.startsWith('file://');
  const text = isFile ? state.keyFiles[location.slice('file://'.length)] : input;
  if (text === undefined)
    return { problem: isFile ? 'Failed to open key material file: No such file or directory' : 'encryption failure' };
  const key = format === 'raw' ? text : (text.split('\n', 1)[0] ?? '');
  if (key === '') return { problem: 'encryption failure' };
  const problem =
    format === 'raw'
      ? lengthProblem('Raw', key, KEY_LENGTH)
      : format === 'hex'
        ? (lengthProblem('Hex', key, KEY_LENGTH * 2) ?? digitProblem(key))
        : undefined;
  return problem === undefined ? { key } : { problem };
}

function lengthProblem(what: string, { length }: string, expected: number): string | undefined {
  if (length === expected) return undefined;
  return `${what} key too ${length < expected ? 'short' : 'long'} (expected ${expected}).`;
}

const digitProblem = (key: string): string | undefined =>
  /^[0-9a-f]*$/i.test(key) ? undefined : 'Invalid hex character detected.';

/** Of a passphrase that is new: one that is there already may be as it is. */
export function newKeyProblem(key: string, format: string): string | undefined {
  if (format !== 'passphrase') return undefined;
  if (key.length > 512) return 'Passphrase too long (max 512).';
  return key.length < 8 ? 'Passphrase too short (min 8).' : undefined;
}
