/** Parsers of the single values in a policy file, as zod schemas: what comes out can be used without another check. */
import * as z from 'zod';
import type { Result } from '../result';
import { err, ok } from '../result';
import { documented } from '../yaml/key-text';
import { show } from '../yaml/problem';
import { parseAllowedVersions } from '../zfs/allowed-versions';
import { parseCron } from './cron';
import { parseChildName, parseEndpoint, parseEntryName, parseSnapshotPrefix } from './parse-names';
import type { Refusal } from './parse-names';
import { parseIncludePath } from './include-paths';
import { parseDay, parseTimeOfDay, parseZone } from './dates';
import { parseDuration, parseRate, parseSize } from './units';

export const size = field(parseSize);
export const rate = field(parseRate);
export const duration = field(parseDuration);
export const day = field(parseDay);
export const timeOfDay = field(parseTimeOfDay);
export const zone = field(parseZone);
export const cron = field(parseCron);
const oneVersion = documented(z.string(), {
  summary: 'One of the releases that fit.',
  type: 'a release such as `"2.3"`, or comparisons such as `">=2.2 <2.4"`, in quotes',
  example: '- ">=2.2"',
});
/** One text, or several of which one has to fit. */
export const versionList = z.union([z.string(), z.array(oneVersion).min(1)]).transform((written, context) =>
  [written].flat().flatMap((text, index) => {
    const parsed = parseAllowedVersions(text);
    if (parsed.ok) return [parsed.value];
    const path = typeof written === 'string' ? [] : [index];
    context.addIssue({ code: 'custom', message: parsed.error, path });
    return [];
  }),
);
export const keyFingerprint = field(parseFingerprint);
export const includePath = field(parseIncludePath);
export const line = field(parseLine);
export const endpoint = field(parseEndpoint);
export const sshAddress = field(parseSshAddress);
export const jumpHost = field(parseJumpHost);
export const childName = field(parseChildName);
export const snapshotPrefix = field(parseSnapshotPrefix);
export const keyLocation = field(parseKeyLocation);
export const propertyName = key(parsePropertyName);
export const propertyItem = field(parsePropertyName);
export const propertyValue = field(parsePropertyValue);
export const entryName = key(parseEntryName);

function field<T>(parse: (text: string) => Result<T, Refusal>) {
  return z.string().transform((text, context): T => {
    const result = parse(text);
    if (result.ok) return result.value;
    context.addIssue(toIssue(result.error));
    return z.NEVER;
  });
}

/** The key of a record, which zod wants unchanged by its check. */
function key(parse: (text: string) => Result<string, Refusal>) {
  return z.string().superRefine((text, context) => {
    const result = parse(text);
    if (!result.ok) context.addIssue(toIssue(result.error));
  });
}

function toIssue(refusal: Refusal) {
  if (typeof refusal === 'string') return { code: 'custom', message: refusal } as const;
  const { message, ...params } = refusal;
  return { code: 'custom', message, params } as const;
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

/** ssh replaces what begins with `%` before it connects. */
function parseJumpHost(text: string): Result<string, string> {
  if (text.includes(','))
    return err('write the last jump host alone: ProxyJump in ~/.ssh/config of the source leads it through the others');
  if (text.includes('%')) return err('ssh would replace `%`: write the name itself, or an alias of ~/.ssh/config');
  return parseSshAddress(text);
}

/** 256 bits in base64, without the padding, as ssh prints it. */
function parseFingerprint(text: string): Result<string, string> {
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(text)) return ok(text);
  const what = 'write the fingerprint as `ssh-keygen -l` prints it, `SHA256:` and 43 characters';
  return err(/^MD5:|^[0-9a-f]{2}(?::[0-9a-f]{2}){15}$/.test(text) ? `${what}: MD5 can be forged` : what);
}

/** A few words for people. */
function parseLine(text: string): Result<string, string> {
  if (text.trim() === '') return err('it is empty: write a few words, or remove the key');
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) return err('write it on one line, without control characters');
  return text.length > 200 ? err('use at most 200 characters') : ok(text.trim());
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
