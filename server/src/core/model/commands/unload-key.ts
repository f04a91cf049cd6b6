import type { Command } from '../../zfs/command';
import { isKeyLoaded, isRoot, withoutLoaded } from '../keys';
import { openProblem } from '../names';
import { failed, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, State } from '../state';
import { byName, change, mustFind, subtree } from '../tree';

/** `zfs unload-key [-r] DATASET` and `-a`. */
export function unloadKey(state: State, { flags, operands }: Command): Outcome {
  const [name] = operands;
  const problem = name === undefined ? undefined : openProblem(state, name, 'dataset');
  if (problem !== undefined) return failed(state, problem);
  const isMany = flags['all'] === true || flags['recursive'] === true;
  const below = name === undefined ? [...state.pools.keys()].toSorted(byName) : [name];
  const wanted = isMany
    ? below.flatMap((root) => subtree(state, root)).filter((each) => isRoot(each) && isKeyLoaded(state, each))
    : [mustFind(state, name ?? '')];
  const problems: string[] = [];
  let next = state;
  for (const dataset of wanted) {
    const why = refusal(next, dataset);
    if (why === undefined) next = change(next, dataset.name, locked);
    else problems.push(`Key unload error: ${why}`);
  }
  const count = `${wanted.length - problems.length} / ${wanted.length} key(s) successfully unloaded\n`;
  return {
    state: next,
    stdout: isMany && wanted.length > 0 ? count : '',
    stderr: textOf(problems),
    exitCode: problems.length > 0 ? 255 : 0,
  };
}

const locked = (dataset: Dataset): Dataset =>
  dataset.crypto ? { ...dataset, crypto: withoutLoaded(dataset.crypto) } : dataset;

function refusal(state: State, { name, crypto }: Dataset): string | undefined {
  if (crypto === undefined) return `'${name}' is not encrypted.`;
  if (crypto.root !== name) return `Keys must be unloaded for encryption root of '${name}' (${crypto.root}).`;
  if (crypto.loaded === undefined) return `Key already unloaded for '${name}'.`;
  const isBusy = [...state.datasets.values()].some((each) => each.crypto?.root === name && each.mount);
  return isBusy ? `'${name}' is busy.` : undefined;
}
