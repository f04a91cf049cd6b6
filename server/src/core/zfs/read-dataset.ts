import { err, ok } from '../result';
import type { Result } from '../result';
import type { Dataset, Property } from './inventory';
import type { Versions } from './read-snapshot-rows';
import { isGuid, parseCount } from './tab-output';

/** Property name → value and source, as `zfs get` printed them for one dataset. */
export type DatasetFacts = ReadonlyMap<string, Property>;

/** Makes a dataset of its properties; the error names the one that is missing or odd. */
export function readDataset(name: string, facts: DatasetFacts, versions?: Versions): Result<Dataset, string> {
  const kind = facts.get('type')?.value;
  if (kind !== 'filesystem' && kind !== 'volume') return err(`${name} has no usable type: ${shown(kind)}`);
  const readonly = facts.get('readonly');
  if (readonly === undefined) return err(`${name} has no readonly property`);
  const texts = { guid: facts.get('guid')?.value ?? '', createtxg: facts.get('createtxg')?.value ?? '' };
  const odd = Object.entries(texts).find(([, value]) => !isGuid(value));
  if (odd !== undefined) return err(`${name} has no usable ${odd[0]}: ${shown(odd[1])}`);
  const counts = readCounts(facts);
  if (!counts.ok) return err(`${name} has no usable ${counts.error}: ${shown(facts.get(counts.error)?.value)}`);
  const encryption = facts.get('encryption')?.value;
  if (encryption === undefined) return err(`${name} has no encryption property`);
  return ok({
    name,
    kind,
    ...texts,
    encryption,
    ...readKeys(facts),
    ...readMounting(facts),
    mounted: facts.get('mounted')?.value === 'yes',
    readonly,
    ...counts.value,
    ...readOptional(facts),
    snapshots: versions?.snapshots ?? [],
    bookmarks: versions?.bookmarks ?? [],
  });
}

const shown = (value: string | undefined): string =>
  value === undefined ? 'it was not printed' : JSON.stringify(value);

type Counts = Pick<Dataset, 'used' | 'referenced' | 'written'>;

function readCounts(facts: DatasetFacts): Result<Counts, keyof Counts> {
  const used = parseCount(facts.get('used')?.value ?? '');
  if (used === undefined) return err('used');
  const referenced = parseCount(facts.get('referenced')?.value ?? '');
  if (referenced === undefined) return err('referenced');
  const written = parseCount(facts.get('written')?.value ?? '');
  return written === undefined ? err('written') : ok({ used, referenced, written });
}

/** An unencrypted dataset prints `-` for its root and key status, and the default `none` for the other two. */
function readKeys(facts: DatasetFacts): Partial<Dataset> {
  const encryptionRoot = valueOf(facts, 'encryptionroot');
  if (encryptionRoot === undefined) return {};
  const keyStatus = facts.get('keystatus')?.value;
  const keyFormat = valueOf(facts, 'keyformat');
  const keyLocation = valueOf(facts, 'keylocation');
  return {
    encryptionRoot,
    ...(keyStatus === 'available' || keyStatus === 'unavailable' ? { keyStatus } : {}),
    ...(keyFormat === undefined ? {} : { keyFormat }),
    ...(keyLocation === undefined ? {} : { keyLocation }),
    ...(keyFormat === 'passphrase' ? readHashing(facts) : {}),
  };
}

/** What a passphrase is hashed with; keys of the other formats are not, and print 0 for both. */
function readHashing(facts: DatasetFacts): Pick<Dataset, 'pbkdf2Salt' | 'pbkdf2Iters'> {
  const pbkdf2Salt = valueOf(facts, 'pbkdf2salt');
  const pbkdf2Iters = parseCount(facts.get('pbkdf2iters')?.value ?? '');
  return {
    ...(pbkdf2Salt === undefined || !isGuid(pbkdf2Salt) ? {} : { pbkdf2Salt }),
    ...(pbkdf2Iters === undefined ? {} : { pbkdf2Iters }),
  };
}

/** A volume prints `-` with the source `-` for both. */
function readMounting(facts: DatasetFacts): Partial<Dataset> {
  const mountpoint = facts.get('mountpoint');
  const canmount = facts.get('canmount');
  return {
    ...(mountpoint === undefined || mountpoint.value === '-' ? {} : { mountpoint }),
    ...(canmount === undefined || canmount.value === '-' ? {} : { canmount }),
  };
}

function readOptional(facts: DatasetFacts): Partial<Dataset> {
  const volsize = parseCount(facts.get('volsize')?.value ?? '');
  const origin = valueOf(facts, 'origin');
  const resumeToken = valueOf(facts, 'receive_resume_token');
  return {
    ...(volsize === undefined ? {} : { volsize }),
    ...(origin === undefined ? {} : { origin }),
    ...(resumeToken === undefined ? {} : { resumeToken }),
  };
}

function valueOf(facts: DatasetFacts, name: string): string | undefined {
  const value = facts.get(name)?.value;
  return value === '-' || value === '' ? undefined : value;
}
