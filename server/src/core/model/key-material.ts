import type { State } from './state';

export type KeyProblem = 'no-input' | 'no-file' | 'wrong-length';

/**
 * Reads a key as zfs does: of `prompt` the first line of the input, of `file://` the file. A passphrase ends at its line end; a raw
 * key is 32 bytes, a hex key 64 digits.
 */
export function findKey(
  state: State,
  location: string,
  format: string,
  input: string | undefined,
): { readonly key: string } | { readonly problem: KeyProblem } {
  const isFile = location.startsWith('file://');
  const text = isFile ? state.keyFiles[location.slice('file://'.length)] : input;
  if (text === undefined) return { problem: isFile ? 'no-file' : 'no-input' };
  if (format === 'raw') return text.length === 32 ? { key: text } : { problem: 'wrong-length' };
  const key = text.split('\n', 1)[0] ?? '';
  if (key === '') return { problem: 'no-input' };
  if (format === 'hex') return /^[0-9a-f]{64}$/i.test(key) ? { key } : { problem: 'wrong-length' };
  return { key };
}
