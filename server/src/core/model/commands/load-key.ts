import type { Command } from '../../zfs/command';
import { isKeyLoaded, isRoot, withCrypto } from '../keys';
import { findKey, newKeyProblem } from '../key-material';
import { openProblem } from '../names';
import { failed, notModelled, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, State } from '../state';
import { byName, change, mustFind, subtree } from '../tree';
import { usageError } from '../usage';
import type { Input } from './index';

/** `zfs load-key [-nr] [-L LOCATION] DATASET` and `-a`. */
export function loadKey(state: State, { flags, operands }: Command, input: Input): Outcome {
  const [name] = operands;
  const isMany = flags['all'] === true || flags['recursive'] === true;
  const location = typeof flags['keyLocation'] === 'string' ? flags['keyLocation'] : undefined;
  if (isMany && location !== undefined && location !== 'prompt')
    return usageError(state, 'load-key', "alternate keylocation may only be 'prompt' with -r or -a");
  const problem = name === undefined ? undefined : openProblem(state, name, 'dataset');
  if (problem !== undefined) return failed(state, problem);
  const wanted = isMany ? lockedRoots(state, name) : [mustFind(state, name ?? '')];
  const isTrial = flags['dryRun'] === true;
  const problems: string[] = [];
  let next = state;
  for (const dataset of wanted) {
    const loaded = loadOne(next, dataset, { location, isTrial, text: input.text });
    if (typeof loaded === 'string') problems.push(`Key load error: ${loaded}`);
    else next = loaded;
  }
  const said = isTrial ? 'verified' : 'loaded';
  const count = `${wanted.length - problems.length} / ${wanted.length} key(s) successfully ${said}\n`;
  return {
    state: next,
    stdout: isTrial || (isMany && wanted.length > 0) ? count : '',
    stderr: textOf(problems),
    exitCode: problems.length > 0 ? 255 : 0,
  };
}

function lockedRoots(state: State, below?: string): readonly Dataset[] {
  const roots = below === undefined ? [...state.pools.keys()].toSorted(byName) : [below];
  return roots
    .flatMap((root) => subtree(state, root))
    .filter((dataset) => isRoot(dataset) && !isKeyLoaded(state, dataset));
}

export interface KeySource {
  readonly location?: string | undefined;
  readonly isTrial: boolean;
  readonly text: string | undefined;
}

/** The state with the key loaded, or why not (zfs_crypto_load_key of libzfs_crypto.c). */
export function loadOne(state: State, dataset: Dataset, { location, isTrial, text }: KeySource): State | string {
  const { crypto, name } = dataset;
  if (crypto === undefined) return `'${name}' is not encrypted.`;
  if (crypto.root !== name) return `Keys must be loaded for encryption root of '${name}' (${crypto.root}).`;
  if (!isTrial && crypto.loaded) return `Key already loaded for '${name}'.`;
  const place = location ?? crypto.keyLocation ?? notModelled(`zfs load-key of ${name}, whose keylocation is none`);
  const found = findKey(state, place, crypto.keyFormat, text);
  if ('problem' in found) return found.problem;
  // 2.1 looks at every passphrase as at a new one.
  const short = state.release === '2.1' ? newKeyProblem(found.key, crypto.keyFormat) : undefined;
  if (short !== undefined) return short;
  if (found.key !== crypto.wrapping.key) return `Incorrect key provided for '${name}'.`;
  return isTrial ? state : change(state, name, (each) => withCrypto(each, { loaded: crypto.wrapping }));
}
