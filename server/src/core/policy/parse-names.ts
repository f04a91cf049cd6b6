/** Parsers of the names in a policy file. What they refuse is told by `policy-names`, a value of another form by the schema. */
import type { Result } from '../result';
import { err, ok } from '../result';
import { show } from '../yaml/problem';
import type { Remark } from '../yaml/schema-problems';
import { parseDatasetName, parseSnapshotName } from '../zfs/names';
import type { Endpoint } from './policy';

/** Why a value is refused, as a message for the author. */
export type Refusal = string | NameRefusal;

/** A name that ZFS refuses, or that could not be part of one. */
export interface NameRefusal extends Remark {
  readonly rule: 'policy-names';
  readonly message: string;
}

const refuse = (message: string, instead?: string): Result<never, NameRefusal> =>
  err({ rule: 'policy-names', message, ...(instead === undefined ? {} : { instead }) });

/** Splits `HOST:POOL/DATASET` at the first colon, because dataset names may hold colons too. */
export function parseEndpoint(text: string): Result<Endpoint, Refusal> {
  const colon = text.indexOf(':');
  if (colon < 0) return err(`write HOST:POOL/DATASET: ${show(text)} does not say on which host`);
  const host = text.slice(0, colon);
  const name = text.slice(colon + 1);
  if (host === '') return err(`write HOST:POOL/DATASET: the host before the colon is missing`);
  const parsed = parseDatasetName(name);
  if (parsed.ok) return ok({ host, dataset: parsed.value });
  const [meant = ''] = trimSlashes(name).split(/[@#]/, 1);
  const instead = parseDatasetName(meant).ok ? `${host}:${meant}` : undefined;
  const message = name.includes('@')
    ? 'name the dataset, not a snapshot: leave out `@` and what follows'
    : `zfs refuses the dataset ${show(name)}: ${parsed.error.message}`;
  return refuse(message, instead);
}

export function parseChildName(text: string): Result<string, Refusal> {
  // Any pool will do: only the part below it is checked.
  const checked = parseDatasetName(`pool/${text}`);
  if (checked.ok) return ok(text);
  const trimmed = trimSlashes(text);
  const instead = trimmed !== text && parseDatasetName(`pool/${trimmed}`).ok ? trimmed : undefined;
  const message = text.startsWith('/')
    ? 'write the child relative to the source, without the leading slash'
    : `zfs refuses the dataset ${show(text)}: ${checked.error.message}`;
  return refuse(message, instead);
}

/** Without the slashes that zfs refuses. */
const trimSlashes = (name: string): string => name.replaceAll(/\/{2,}/g, '/').replaceAll(/^\/|\/$/g, '');

/** What means a time elsewhere. Here it is text, or a character that ZFS refuses. */
const TIME_PATTERN = /%[A-Za-z]|\$[({]?|`|\{[^}]*\}?|<[^>]*>?|YYYY|yyyy|MM-?DD/;

export function parseSnapshotPrefix(text: string): Result<string, Refusal> {
  if (text === '') return refuse('an empty prefix would claim every snapshot: write one such as `rep-`', 'rep-');
  const pattern = TIME_PATTERN.exec(text);
  if (pattern !== null) {
    const message = `${show(pattern[0])} stands for no time here, so nothing would sort by it: write only what comes before the time, which every run adds in UTC, as in \`rep-2026-11-23T020000Z\``;
    const before = text.slice(0, pattern.index);
    return refuse(message, parseSnapshotName(`pool@${before}`).ok ? before : 'rep-');
  }
  const checked = parseSnapshotName(`pool@${text}`);
  if (!checked.ok) return refuse(`zfs refuses snapshots that begin with ${show(text)}: ${checked.error.message}`);
  return text.length > 64 ? refuse('use at most 64 characters: zfs counts them with the dataset name') : ok(text);
}

/** Host and policy names stand in hold tags, file names and arguments: the narrowest of the three decides. */
export function parseEntryName(text: string): Result<string, Refusal> {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) return ok(text);
  return refuse(
    'it stands in the hold tag `rawsend:POLICY:HOST`, so begin with a letter or digit, then up to 63 letters, digits, `.`, `_` or `-`',
  );
}
