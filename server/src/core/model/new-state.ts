import { drawGuid } from './draw-guid';
import type { Dataset, Release, State } from './state';
import { withDatasets } from './tree';

export interface NewState {
  readonly release?: Release;
  readonly seed: string;
  /** Unix seconds. */
  readonly now: number;
  readonly pools: readonly { readonly name: string; readonly size: number }[];
  readonly keyFiles?: Readonly<Record<string, string>>;
}

/** What an empty file system refers to. */
const EMPTY_FILESYSTEM = 24_576;

/** Hosts with empty pools, each with its root dataset, mounted. */
export function newState({ release = '2.3', seed, now, pools, keyFiles = {} }: NewState): State {
  let state: State = { release, seed, now, drawn: 0, pools: new Map(), datasets: new Map(), keyFiles };
  for (const { name, size } of pools) {
    const [poolGuid, first] = drawGuid(state);
    const [guid, second] = drawGuid(first);
    const pool = { name, device: `/pools/${name}.img`, guid: poolGuid, size, txg: 1 };
    state = { ...second, pools: new Map(second.pools).set(name, pool) };
    const root: Dataset = {
      ...BLANK,
      name,
      kind: 'filesystem',
      guid,
      createtxg: 1,
      creation: now,
      mount: { path: `/${name}`, readonly: false },
    };
    state = withDatasets(state, [root]);
  }
  return state;
}

/** The parts of a new dataset that need no thought. */
export const BLANK = {
  local: {},
  received: {},
  hasReceived: false,
  referenced: EMPTY_FILESYSTEM,
  written: EMPTY_FILESYSTEM,
  snapshots: [],
  bookmarks: [],
  directories: [],
} as const;
