import { readFile } from 'node:fs/promises';
import { utils } from 'ssh2';
import type { ParsedKey } from 'ssh2';
import type { Ask } from '../core/run/ask';

export type PrivateKey =
  | { readonly kind: 'key'; readonly key: ParsedKey }
  /** Says why there is no key, for the message of a login that fails. Undefined: there is no such file. */
  | { readonly kind: 'none'; readonly reason?: string };

const ATTEMPTS = 3;

/** Reads a private key, asking for its passphrase where it has one. Neither ever enters a message. */
export async function readPrivateKey(file: string, ask: Ask): Promise<PrivateKey> {
  const text = await readText(file);
  if (typeof text !== 'string')
    return text.missing ? { kind: 'none' } : { kind: 'none', reason: `${file} cannot be read` };
  const plain = parse(text);
  if (!(plain instanceof Error)) return { kind: 'key', key: plain };
  if (!/passphrase/i.test(plain.message))
    return { kind: 'none', reason: `${file} is no private key that Rawsend can use` };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const passphrase = await ask.passphrase({ kind: 'passphrase', keyFile: file, attempt });
    if (passphrase === undefined) return { kind: 'none', reason: `${file} has a passphrase that nobody gave` };
    const key = parse(text, passphrase);
    if (!(key instanceof Error)) return { kind: 'key', key };
  }
  return { kind: 'none', reason: `${file} could not be opened with ${ATTEMPTS} passphrases` };
}

/** The public half, from the file beside it or from a private key that needs no passphrase. */
export async function readPublicKey(file: string): Promise<ParsedKey | undefined> {
  for (const candidate of [`${file}.pub`, file]) {
    const text = await readText(candidate);
    const key = typeof text === 'string' ? parse(text) : undefined;
    if (key !== undefined && !(key instanceof Error)) return key;
  }
  return undefined;
}

async function readText(file: string): Promise<string | { readonly missing: boolean }> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    return { missing: error instanceof Error && 'code' in error && error.code === 'ENOENT' };
  }
}

/** A file of several keys gives the first. An empty passphrase counts as wrong. */
function parse(text: string, passphrase?: string): ParsedKey | Error {
  if (passphrase === '') return new Error('empty passphrase');
  const parsed: ParsedKey | Error | readonly (ParsedKey | Error)[] = utils.parseKey(text, passphrase);
  return Array.isArray(parsed) ? parsed[0] : parsed;
}
