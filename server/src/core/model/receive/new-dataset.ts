/** The dataset that the first stream into a name makes. */
import { parentOf } from '../../zfs/names';
import { drawGuid } from '../draw-guid';
import { isKeyLoaded, rootOf } from '../keys';
import { BLANK } from '../new-state';
import type { Crypto, Dataset, State } from '../state';
import type { BeginRecord } from '../stream';
import { nextTxg } from '../tree';

/** What the key of a dataset that is not raw will be: its own, its parent's, or none. */
export type KeyOfNew = Crypto | 'inherited' | 'none';

/** A raw stream makes an encryption root, with its location `prompt`. */
export function newDataset(state: State, name: string, begin: BeginRecord, key: KeyOfNew): readonly [Dataset, State] {
  const [guid, drawn] = drawGuid(state);
  const [masterKey, keyed] = drawGuid(drawn);
  const [txg, next] = nextTxg(keyed, name);
  const crypto = begin.isRaw ? receivedCrypto(name, begin) : ownCrypto(state, name, key, masterKey);
  const dataset: Dataset = {
    ...BLANK,
    name,
    kind: begin.type,
    guid,
    createtxg: txg,
    creation: state.now,
    ...(begin.volsize !== undefined && { local: { volsize: begin.volsize } }),
    ...(crypto && { crypto }),
    written: 0,
    inconsistent: true,
  };
  return [dataset, next];
}

function receivedCrypto(name: string, { crypto }: BeginRecord): Crypto | undefined {
  if (crypto === undefined) return undefined;
  const { suite, keyFormat, iterations, masterKey, wrapping } = crypto;
  return { suite, root: name, keyFormat, iterations, masterKey, wrapping, keyLocation: 'prompt' };
}

function ownCrypto(state: State, name: string, key: KeyOfNew, masterKey: string): Crypto | undefined {
  if (key === 'none') return undefined;
  return key === 'inherited' ? inheritedCrypto(state, name, masterKey) : key;
}

function inheritedCrypto(state: State, name: string, masterKey: string): Crypto | undefined {
  const parent = state.datasets.get(parentOf(name) ?? '');
  const root = parent && rootOf(state, parent)?.crypto;
  if (!parent?.crypto || !root || !isKeyLoaded(state, parent)) return undefined;
  const { keyFormat, iterations } = root;
  return {
    suite: parent.crypto.suite,
    root: parent.crypto.root,
    keyFormat,
    iterations,
    masterKey,
    wrapping: root.loaded ?? root.wrapping,
  };
}
