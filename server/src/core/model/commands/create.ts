import type { Command } from '../../zfs/command';
import { parentOf, poolOf } from '../../zfs/names';
import { createCrypto } from '../create-crypto';
import { drawGuid } from '../draw-guid';
import { isMountedByItself, mounted } from '../mounts';
import { nameProblem } from '../names';
import { BLANK } from '../new-state';
import { done, failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { assignmentsOf, checkedValue, parseSize } from '../property-edits';
import type { Assignment } from '../property-edits';
import type { Dataset, State } from '../state';
import { mustFind, nextTxg, withDatasets } from '../tree';
import type { Input } from './index';

/** The properties that are the key's and not the dataset's. */
const KEY_PROPERTIES = new Set(['encryption', 'keyformat', 'keylocation', 'pbkdf2iters']);

/** `zfs create`, with `-p`, `-u`, `-o`, `-V` and `-s`. */
export function create(state: State, { flags, operands }: Command, input: Input): Outcome {
  if (flags['dryRun'] || flags['verbose'] || flags['parsable'] || flags['blockSize'])
    return notModelled('zfs create with -n, -v, -P or -b');
  const [name = ''] = operands;
  const isVolume = typeof flags['volume'] === 'string';
  const size = isVolume ? parseSize(String(flags['volume'])) : undefined;
  if (isVolume && !size) return notModelled(`the volume size ${String(flags['volume'])}`);
  const assignments = [
    ...(size === undefined ? [] : [{ name: 'volsize', value: String(size) }]),
    ...(size === undefined || flags['sparse'] ? [] : [{ name: 'refreservation', value: String(size) }]),
    ...assignmentsOf(flags['set']),
  ];
  const kind = isVolume ? 'volume' : 'filesystem';
  const wanted: Wanted = { name, kind, assignments, isUnmounted: flags['noMount'] === true };
  const refused = nameProblem(name, 'dataset');
  if (refused !== undefined) return failed(state, `cannot create '${name}': ${refused}`);
  const parent = parentOf(name);
  if (parent === undefined) return failed(state, `cannot create '${name}': missing dataset name`);
  if (!state.pools.has(poolOf(name))) return failed(state, `cannot create '${name}': no such pool '${poolOf(name)}'`);
  if (flags['parents']) {
    if (state.datasets.has(name)) return done(state);
    const above = createAbove(state, parent);
    return createOne(above, wanted, input);
  }
  return createOne(state, wanted, input);
}

function createAbove(state: State, name: string): State {
  if (state.datasets.has(name)) return state;
  const above = createAbove(state, parentOf(name) ?? name);
  return createOne(above, { name, kind: 'filesystem', assignments: [], isUnmounted: false }, {}).state;
}

interface Wanted extends Pick<Dataset, 'name' | 'kind'> {
  readonly assignments: readonly Assignment[];
  readonly isUnmounted: boolean;
}

function createOne(state: State, { name, kind, assignments, isUnmounted }: Wanted, input: Input): Outcome {
  const made = { name, kind };
  const refuse = (why: string): Outcome => failed(state, `cannot create '${name}': ${why}`);
  const parent = state.datasets.get(parentOf(name) ?? '');
  if (parent === undefined) return refuse('parent does not exist');
  if (parent.kind !== 'filesystem') return refuse('parent is not a filesystem');
  if (state.datasets.has(name)) return refuse('dataset already exists');
  const local: Record<string, string> = {};
  for (const assignment of assignments.filter((each) => !KEY_PROPERTIES.has(each.name))) {
    const checked = checkedValue({ ...made }, assignment, state.release);
    if ('problem' in checked) return refuse(checked.problem);
    local[assignment.name] = checked.value;
  }
  const keyed = createCrypto(state, { name, parent, assignments, input: input.text });
  if ('problem' in keyed) return refuse(keyed.problem);
  const [guid, drawn] = drawGuid(keyed.state);
  const [txg, next] = nextTxg(drawn, name);
  const empty = made.kind === 'volume' ? { referenced: 12_288, written: 12_288 } : {};
  const dataset: Dataset = {
    ...BLANK,
    ...made,
    ...empty,
    guid,
    createtxg: txg,
    creation: next.now,
    local,
    ...(keyed.crypto && { crypto: keyed.crypto }),
  };
  const created = withDatasets(next, [dataset]);
  const isMounted = !isUnmounted && isMountedByItself(created, dataset);
  return done(isMounted ? mounted(created, mustFind(created, name)) : created);
}
