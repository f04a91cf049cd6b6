import { drawGuid } from './draw-guid';
import { isKeyLoaded } from './keys';
import { findKey, newKeyProblem } from './key-material';
import type { Assignment } from './property-edits';
import type { Crypto, Dataset, State } from './state';

export type Keyed = { readonly state: State; readonly crypto?: Crypto } | { readonly problem: string };

/** OpenZFS takes 350000 rounds where none are said. */
export const DEFAULT_ITERATIONS = 350_000;

export interface KeyWish {
  readonly name: string;
  readonly parent: Dataset;
  readonly assignments: readonly Assignment[];
  /** What a prompt would be answered with. */
  readonly input: string | undefined;
}

/** The key of a new dataset: one of its own, or its parent's (zfs_crypto_create of libzfs_crypto.c). */
export function createCrypto(state: State, { name, parent, assignments, input }: KeyWish): Keyed {
  const given = new Map(assignments.map((each) => [each.name, each.value]));
  const encryption = given.get('encryption');
  const keyFormat = given.get('keyformat');
  const location = given.get('keylocation');
  const isEncrypted = encryption === undefined ? parent.crypto !== undefined : encryption !== 'off';
  const hasKeyProperties = keyFormat !== undefined || given.has('pbkdf2iters') || (location ?? 'none') !== 'none';
  if (!isEncrypted) {
    return hasKeyProperties ? { problem: 'Encryption must be turned on to set encryption properties.' } : { state };
  }
  const suite = encryption === undefined || encryption === 'on' ? 'aes-256-gcm' : encryption;
  if (keyFormat === undefined && (location !== undefined || parent.crypto === undefined))
    return { problem: 'Keyformat required for new encryption root.' };
  const [masterKey, drawn] = drawGuid(state);
  if (keyFormat === undefined) return inherited(drawn, parent, encryption === undefined ? undefined : suite, masterKey);
  if (location === 'none') return { problem: 'Invalid keylocation' };
  const found = findKey(state, location ?? 'prompt', keyFormat, input);
  if ('problem' in found) return found;
  const unfit = newKeyProblem(found.key, keyFormat);
  if (unfit !== undefined) return { problem: unfit };
  const [salt, next] = drawGuid(drawn);
  const wrapping = { key: found.key, salt };
  const iterations = keyFormat === 'passphrase' ? Number(given.get('pbkdf2iters') ?? DEFAULT_ITERATIONS) : 0;
  const crypto: Crypto = {
    suite,
    root: name,
    keyFormat,
    iterations,
    masterKey,
    wrapping,
    keyLocation: location ?? 'prompt',
    loaded: wrapping,
  };
  return { state: next, crypto };
}

function inherited(state: State, parent: Dataset, suite: string | undefined, masterKey: string): Keyed {
  const { crypto } = parent;
  if (crypto === undefined) return { state };
  if (!isKeyLoaded(state, parent)) return { problem: "encryption root's key is not loaded or provided" };
  const root = state.datasets.get(crypto.root)?.crypto ?? crypto;
  return {
    state,
    crypto: {
      suite: suite ?? crypto.suite,
      root: crypto.root,
      keyFormat: root.keyFormat,
      iterations: root.iterations,
      masterKey,
      wrapping: root.loaded ?? root.wrapping,
    },
  };
}
