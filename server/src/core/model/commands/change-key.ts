import type { Command } from '../../zfs/command';
import { parentOf } from '../../zfs/names';
import { drawGuid } from '../draw-guid';
import { DEFAULT_ITERATIONS } from '../create-crypto';
import { changeUnder, isKeyLoaded, isRoot, rootOf, withCrypto, withoutLoaded } from '../keys';
import { findKey } from '../key-material';
import { openProblem } from '../names';
import { omit } from '../omit';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { assignmentsOf } from '../property-edits';
import type { Crypto, Dataset, State } from '../state';
import { mustFind, subtree, withDatasets } from '../tree';
import { usageError } from '../usage';
import { loadOne } from './load-key';
import type { Input } from './index';

/** `zfs change-key`: another wrapping for every dataset of the encryption root, or with `-i` the parent's key. */
export function changeKey(state: State, { flags, operands }: Command, input: Input): Outcome {
  const [name = ''] = operands;
  const problem = openProblem(state, name, 'dataset');
  if (problem !== undefined) return usageError(state, 'change-key', problem);
  let next = state;
  if (flags['loadKey'] && !isKeyLoaded(state, mustFind(state, name))) {
    const loaded = loadOne(state, mustFind(state, name), { isTrial: false, text: input.text });
    if (typeof loaded === 'string') return failed(state, `Key load error: ${loaded}`, 255);
    next = loaded;
  }
  const dataset = mustFind(next, name);
  const refuse = (why: string): Outcome => failed(next, `Key change error: ${why}`, 255);
  if (dataset.crypto === undefined) return refuse('Dataset not encrypted.');
  if (dataset.origin !== undefined) return refuse('Keys cannot be changed on clones.');
  if (flags['inherit']) return inheritKey(next, dataset, dataset.crypto, refuse);
  const given = new Map(assignmentsOf(flags['set']).map((each) => [each.name, each.value]));
  return newKey(next, { dataset, crypto: dataset.crypto, given, input: input.text }, refuse);
}

type Refuse = (why: string) => Outcome;

function inheritKey(state: State, dataset: Dataset, crypto: Crypto, refuse: Refuse): Outcome {
  if (!isRoot(dataset)) return refuse('Key inheritting can only be performed on encryption roots.');
  const parent = state.datasets.get(parentOf(dataset.name) ?? '');
  if (parent === undefined) return refuse('Root dataset cannot inherit key.');
  if (parent.crypto === undefined) return refuse('Parent must be encrypted.');
  if (!isKeyLoaded(state, parent)) return refuse('Parent key must be loaded.');
  if (!isKeyLoaded(state, dataset)) return refuse('Key must be loaded.');
  const root = rootOf(state, parent)?.crypto ?? crypto;
  return done(
    changeUnder(state, dataset.name, (each) => {
      const rest = omit(withoutLoaded(each.crypto ?? crypto), 'keyLocation');
      const { keyFormat, iterations } = root;
      return {
        ...each,
        crypto: {
          ...rest,
          root: parent.crypto?.root ?? root.root,
          keyFormat,
          iterations,
          wrapping: root.loaded ?? root.wrapping,
        },
      };
    }),
  );
}

interface NewKey {
  readonly dataset: Dataset;
  readonly crypto: Crypto;
  readonly given: ReadonlyMap<string, string>;
  readonly input: string | undefined;
}

function newKey(state: State, { dataset, crypto, given, input }: NewKey, refuse: Refuse): Outcome {
  const isOwn = isRoot(dataset);
  const keyFormat = given.get('keyformat') ?? (isOwn ? crypto.keyFormat : undefined);
  if (keyFormat === undefined) return refuse('Keyformat required for new encryption root.');
  const keyLocation = given.get('keylocation') ?? (isOwn ? crypto.keyLocation : undefined) ?? 'prompt';
  const found = findKey(state, keyLocation, keyFormat, input);
  if ('problem' in found)
    return found.problem === 'no-file'
      ? notModelled('change-key with a missing key file')
      : refuse('encryption failure');
  if (!isKeyLoaded(state, dataset)) return refuse('Key must be loaded.');
  const [salt, next] = drawGuid(state);
  const wrapping = { key: found.key, salt };
  const iterations = keyFormat === 'passphrase' ? Number(given.get('pbkdf2iters') ?? DEFAULT_ITERATIONS) : 0;
  // A dataset that leaves its root takes along those below it that had the same root.
  const taken = subtree(next, dataset.name).filter((each) => each.crypto?.root === crypto.root);
  const changed = taken.map((each) =>
    withCrypto(each, {
      root: dataset.name,
      keyFormat,
      iterations,
      wrapping,
      ...(each.name === dataset.name && { keyLocation, loaded: wrapping }),
    }),
  );
  return done(withDatasets(next, changed));
}
