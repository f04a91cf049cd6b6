/** Parsers of the single values in a policy file, as zod schemas: what comes out can be used without another check. */
import * as z from 'zod';
import type { Result } from '../result';
import { err, ok } from '../result';
import { parseDatasetName, parseSnapshotName } from '../zfs/names';
import type { Endpoint } from './policy';
import { show } from '../yaml/problem';
import { parseRate, parseSize } from './units';

export const size = field(parseSize);
export const rate = field(parseRate);
export const endpoint = field(parseEndpoint);
export const sshAddress = field(parseSshAddress);
export const childName = field(parseChildName);
export const snapshotPrefix = field(parseSnapshotPrefix);
export const keyLocation = field(parseKeyLocation);
export const propertyName = key(parsePropertyName);
export const propertyItem = field(parsePropertyName);
export const propertyValue = field(parsePropertyValue);
export const entryName = key(parseEntryName);

/** Splits `HOST:POOL/DATASET` at the first colon, because dataset names may hold colons too. */
export function parseEndpoint(text: string): Result<Endpoint, string> {
  const colon = text.indexOf(':');
  if (colon < 0) return err(`write HOST:POOL/DATASET: ${show(text)} does not say on which host`);
  const host = text.slice(0, colon);
  const name = text.slice(colon + 1);
  if (host === '') return err(`write HOST:POOL/DATASET: the host before the colon is missing`);
  if (name.includes('@')) return err(`name the dataset, not a snapshot: leave out \`@\` and what follows`);
  const dataset = parseDatasetName(name);
  if (!dataset.ok) return err(`zfs refuses the dataset ${show(name)}: ${dataset.error.message}`);
  return ok({ host, dataset: dataset.value });
}

function field<T>(parse: (text: string) => Result<T, string>) {
  return z.string().transform((text, context): T => {
    const result = parse(text);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: result.error });
    return z.NEVER;
  });
}

/** The key of a record, which zod wants unchanged by its check. */
function key(parse: (text: string) => Result<string, string>) {
  return z.string().superRefine((text, context) => {
    const result = parse(text);
    if (!result.ok) context.addIssue({ code: 'custom', message: result.error });
  });
}

/** Host and policy names stand in hold tags, file names and arguments: the narrowest of the three decides. */
function parseEntryName(text: string): Result<string, string> {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) return ok(text);
  return err(`begin with a letter or digit, then up to 63 letters, digits, \`.\`, \`_\` or \`-\``);
}

/** What ssh would take as its destination. A leading `-` would be an option, and ssh has run commands by that. */
function parseSshAddress(text: string): Result<string, string> {
  const what = `write user@host, user@host:port or an alias of ~/.ssh/config`;
  const parts = /^(?:([^@\s:]{1,64})@)?(\[[0-9A-Fa-f:.%]{2,60}\]|[^@\s:[\]]{1,255})(?::([0-9]{1,5}))?$/.exec(text);
  if (parts === null) return err(text.includes('://') ? `${what}: leave out ssh://` : what);
  const [, user = '', host = '', port = '22'] = parts;
  if (user.startsWith('-') || host.startsWith('-')) return err(`${what}: it must not begin with \`-\``);
  if (!/^[\w.+$-]*$/.test(user) || !/^[\w.:%[\]-]+$/.test(host))
    return err(`${what}: only letters, digits, \`.\`, \`_\` and \`-\``);
  if (Number(port) < 1 || Number(port) > 65_535) return err(`${what}: ports go from 1 to 65535`);
  return ok(text);
}

function parseChildName(text: string): Result<string, string> {
  if (text.startsWith('/')) return err(`write the child relative to the source, without the leading slash`);
  // Any pool will do: only the part below it is checked.
  const checked = parseDatasetName(`pool/${text}`);
  return checked.ok ? ok(text) : err(`zfs refuses the dataset ${show(text)}: ${checked.error.message}`);
}

function parseSnapshotPrefix(text: string): Result<string, string> {
  if (text === '') return err('an empty prefix would claim every snapshot: write one such as `rep-`');
  const checked = parseSnapshotName(`pool@${text}2000-01-01T0000Z`);
  if (!checked.ok) return err(`zfs refuses snapshots that begin with ${show(text)}: ${checked.error.message}`);
  return text.length > 64 ? err('use at most 64 characters: zfs counts them with the dataset name') : ok(text);
}

function parseKeyLocation(text: string): Result<string, string> {
  if (text === 'prompt' || /^(?:file:\/\/\/|https?:\/\/)\S+$/.test(text)) return ok(text);
  return err('write `prompt`, `file:///PATH` or `https://HOST/PATH`');
}

/** zfsprops(7): native properties are lower case; user properties hold a colon. */
function parsePropertyName(text: string): Result<string, string> {
  if (text === 'keylocation')
    return err("zfs overwrites it with the source's value at every `-R` receive: use `keys.location`");
  if (KEY_PROPERTIES.includes(text)) return err('zfs refuses it for a raw stream, which brings its own: remove it');
  if (/^[a-z0-9][a-z0-9:._@#-]{0,254}$/.test(text)) return ok(text);
  return err(`zfs has no property ${show(text)}: names are lower case, and one's own hold a colon`);
}

const KEY_PROPERTIES = ['encryption', 'keyformat', 'pbkdf2iters'];

function parsePropertyValue(text: string): Result<string, string> {
  if (text === '') return err('the value is empty: zfs refuses that; write one, or remove the key');
  if (/\p{Cc}/u.test(text)) return err('the value holds a control character, which zfs refuses');
  return text.length > 8191 ? err('the value is longer than zfs takes (8191 characters)') : ok(text);
}
