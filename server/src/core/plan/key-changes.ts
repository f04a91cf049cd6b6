/**
 * Datasets whose user key was changed at one side since the last raw send. Of a wrapped key ZFS shows its format, and of a passphrase
 * the salt and the rounds that it is hashed with, all without the key, and of children too; a raw or hex key that took the place of another
 * cannot be seen. Each `zfs change-key` to a passphrase draws a salt, also for the same passphrase, and an increment carries it, also an
 * empty one, to its own dataset alone (2.3.2).
 */
import { quote } from '../shell/quote';
import type { Dataset } from '../zfs/inventory';
import type { Pair, Situation } from './situation';

export interface KeyChange {
  readonly source: Dataset;
  readonly target: Dataset;
  readonly shownBy: 'format' | 'passphrase';
}

/** Without the children of an encryption root that is named itself. */
export function keyChanges({ pairs }: Situation): readonly KeyChange[] {
  const changes = pairs.flatMap((pair) => {
    const { source, target } = pair;
    const shownBy = shownKey(pair);
    return target === undefined || shownBy === undefined || shownBy === 'same' ? [] : [{ source, target, shownBy }];
  });
  const changed = new Set(changes.map(({ source }) => source.name));
  return changes.filter(
    ({ source: { name, encryptionRoot = name } }) => encryptionRoot === name || !changed.has(encryptionRoot),
  );
}

/** Undefined where it cannot be seen. */
export function shownKey({ source, target, lineage }: Pair): 'same' | KeyChange['shownBy'] | undefined {
  if (target?.encryptionRoot === undefined || source.encryptionRoot === undefined) return undefined;
  if (lineage.kind !== 'based') return undefined;
  if (source.keyFormat !== target.keyFormat) return 'format';
  if (source.pbkdf2Salt === undefined || target.pbkdf2Salt === undefined) return undefined;
  return source.pbkdf2Salt === target.pbkdf2Salt && source.pbkdf2Iters === target.pbkdf2Iters ? 'same' : 'passphrase';
}

/** How to try a key at the target without loading it: `-n` leaves a vault as it is. */
export const keyTrial = ({ name, encryptionRoot = name }: Dataset): string =>
  quote(['zfs', 'load-key', '-n', encryptionRoot]);
