import type { Command } from '../../zfs/command';
import { parentOf, poolOf } from '../../zfs/names';
import { drawGuid } from '../draw-guid';
import { isMountable, isMountedByItself, mounted } from '../mounts';
import { openProblem } from '../names';
import { BLANK } from '../new-state';
import { omit } from '../omit';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { canMount, valueOf } from '../properties';
import type { Crypto, Dataset, State } from '../state';
import { findSnapshot, mustFind, nextTxg, withDatasets } from '../tree';

/** `zfs clone SNAPSHOT DATASET`. A clone opens with its origin's key. */
export function clone(state: State, { flags, operands }: Command): Outcome {
  if (flags['parents'] || flags['set']) return notModelled('zfs clone with -p or -o');
  const [full = '', name = ''] = operands;
  const problem = openProblem(state, full, 'snapshot');
  const snapshot = findSnapshot(state, full);
  if (problem !== undefined || snapshot === undefined) return failed(state, problem ?? '');
  const refuse = (why: string): Outcome => failed(state, `cannot create '${name}': ${why}`);
  if (!state.pools.has(poolOf(name))) return refuse(`no such pool '${poolOf(name)}'`);
  const parent = state.datasets.get(parentOf(name) ?? '');
  if (parent === undefined) return refuse('parent does not exist');
  if (state.datasets.has(name)) return refuse('dataset already exists');
  if (poolOf(full) !== poolOf(name)) return refuse('source and target pools differ');
  const source = mustFind(state, full.split('@')[0] ?? '');
  const [guid, drawn] = drawGuid(state);
  const [txg, next] = nextTxg(drawn, name);
  const { crypto } = source;
  const dataset: Dataset = {
    ...BLANK,
    name,
    kind: source.kind,
    guid,
    createtxg: txg,
    creation: next.now,
    referenced: snapshot.referenced,
    written: 0,
    directories: snapshot.directories ?? [],
    ...(snapshot.lacksAccounting && { lacksAccounting: true }),
    origin: full,
    ...(source.local['volsize'] && { local: { volsize: source.local['volsize'] } }),
    ...(crypto && { crypto: withoutRoot(crypto) }),
  };
  const cloned = withDatasets(next, [dataset]);
  if (isMountedByItself(cloned, dataset)) return done(mounted(cloned, dataset));
  if (!isLocked(cloned, dataset)) return done(cloned);
  const path = valueOf(cloned, dataset, 'mountpoint');
  return failed(cloned, [
    `cannot mount '${path}': encryption key not loaded`,
    'filesystem successfully created, but not mounted',
  ]);
}

/** What would be mounted if it had its key. */
const isLocked = (state: State, dataset: Dataset): boolean =>
  isMountable(state, dataset) && canMount(state, dataset) === 'on' && dataset.crypto !== undefined;

const withoutRoot = (crypto: Crypto): Crypto => omit(omit(crypto, 'keyLocation'), 'loaded');
