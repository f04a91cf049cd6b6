import type { Command } from '../../zfs/command';
import { parentOf } from '../../zfs/names';
import { drawGuid } from '../draw-guid';
import { DEFAULT_ITERATIONS } from '../create-crypto';
import { changeUnder, isKeyLoaded, isReadable, isRoot, rootOf, withCrypto, withoutLoaded } from '../keys';
import { findKey, newKeyProblem } from '../key-material';
import { openProblem } from '../names';
import { omit } from '../omit';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { assignmentsOf, isKeyLocation } from '../property-edits';
import type { Crypto, Dataset, State } from '../state';
import { childrenOf, clonesOf, mustFind, snapshotNames, withDatasets } from '../tree';
import { usageError } from '../usage';
import { loadOne } from './load-key';
import type { Input } from './index';

/** `zfs change-key`: another wrapping for every dataset of the encryption root, or with `-i` the parent's key. */
export function changeKey(state: State, { flags, operands }: Command, input: Input): Outcome {
  const [name = ''] = operands;
  const given = new Map(assignmentsOf(flags['set']).map((each) => [each.name, each.value]));
  if (flags['inherit'] && given.size > 0)
    return usageError(state, 'change-key', 'Properties not allowed for inheriting');
  const problem = openProblem(state, name, 'dataset');
  if (problem !== undefined) return usageError(state, 'change-key', problem);
  let next = state;
  if (flags['loadKey'] && !isKeyLoaded(state, mustFind(state, name))) {
    const loaded = loadOne(state, mustFind(state, name), { isTrial: false, text: input.text });
    if (typeof loaded === 'string') return failed(state, `Key load error: ${loaded}`, 255);
    next = loaded;
  }
  const dataset = mustFind(next, name);
  const refuse = (...why: readonly string[]): Outcome =>
    failed(
      next,
      why.map((each) => `Key change error: ${each}`),
      255,
    );
  if (dataset.crypto === undefined) return refuse('Dataset not encrypted.');
  if (dataset.origin !== undefined) return refuse('Keys cannot be changed on clones.');
  if (flags['inherit']) return inheritKey(next, dataset, dataset.crypto, refuse);
  const wrong = givenProblem(given);
  if (wrong !== undefined) return refuse(...wrong);
  return newKey(next, { dataset, crypto: dataset.crypto, given, input: input.text }, refuse);
}

type Refuse = (...why: readonly string[]) => Outcome;

function inheritKey(state: State, dataset: Dataset, crypto: Crypto, refuse: Refuse): Outcome {
  if (!isRoot(dataset)) return refuse('Key inheritting can only be performed on encryption roots.');
  const parent = state.datasets.get(parentOf(dataset.name) ?? '');
  if (parent === undefined) return refuse('Root dataset cannot inherit key.');
  if (parent.crypto === undefined) return refuse('Parent must be encrypted.');
  if (!isKeyLoaded(state, parent)) return refuse('Parent key must be loaded.');
  if (!isKeyLoaded(state, dataset)) return refuse('Key must be loaded.');
  const root = rootOf(state, parent)?.crypto ?? crypto;
  openable(
    state,
    [...state.datasets.values()].filter((each) => each.crypto?.root === dataset.name),
  );
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

const FORMATS = ['none', 'raw', 'hex', 'passphrase'];
const FEWEST_ITERATIONS = 100_000;

/** What `-o` may say at all; of a wrong value zfs speaks twice. */
function givenProblem(given: ReadonlyMap<string, string>): readonly string[] | undefined {
  if ([...given.keys()].some((name) => !['keyformat', 'keylocation', 'pbkdf2iters'].includes(name)))
    return ['Only keyformat, keylocation and pbkdf2iters may be set with this command.'];
  const [format, location, iterations] = ['keyformat', 'keylocation', 'pbkdf2iters'].map((name) => given.get(name));
  const again = 'encryption failure';
  if (format !== undefined && !FORMATS.includes(format))
    return [`'keyformat' must be one of '${FORMATS.join(' | ')}'`, again];
  if (location !== undefined && location !== 'none' && !isKeyLocation(location)) return ['invalid keylocation', again];
  if (iterations !== undefined && Number(iterations) < FEWEST_ITERATIONS)
    return [`minimum pbkdf2 iterations is ${FEWEST_ITERATIONS}`, again];
  return undefined;
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
  if ('problem' in found) return refuse(found.problem);
  const unfit = newKeyProblem(found.key, keyFormat);
  if (unfit !== undefined) return refuse(unfit);
  if (keyFormat !== 'passphrase' && given.has('pbkdf2iters'))
    return refuse('Cannot specify pbkdf2iters with a non-passphrase keyformat.');
  if (!isKeyLoaded(state, dataset)) return refuse('Key must be loaded.');
  const [salt, next] = drawGuid(state);
  const wrapping = { key: found.key, salt };
  const iterations = keyFormat === 'passphrase' ? Number(given.get('pbkdf2iters') ?? DEFAULT_ITERATIONS) : 0;
  const taken = openable(next, takenAlong(next, dataset, crypto.root));
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

/** Each master key is unwrapped first: where the loaded key does not open it, as after half a rotation, the kernel panics. */
function openable(state: State, datasets: readonly Dataset[]): readonly Dataset[] {
  if (datasets.every((each) => isReadable(state, each))) return datasets;
  return notModelled('zfs change-key over a dataset that the loaded key does not open, which panics');
}

/** A dataset that leaves its root takes along those below it that had the same root (spa_keystore_change_key_sync_impl). */
function takenAlong(state: State, dataset: Dataset, root: string): readonly Dataset[] {
  if (dataset.crypto?.root !== root || dataset.origin !== undefined) return [];
  return [...new Set([dataset, ...reachedFrom(state, dataset, root)])];
}

/** A clone shares its origin's key: it goes along with that, wherever it is, and not with what is above it. */
function reachedFrom(state: State, dataset: Dataset, root: string): readonly Dataset[] {
  const children = childrenOf(state, dataset.name).flatMap((child) => takenAlong(state, child, root));
  const clones = snapshotNames(dataset).flatMap((snapshot) => clonesOf(state, snapshot));
  return [...children, ...clones.flatMap((clone) => [clone, ...reachedFrom(state, clone, root)])];
}
