import type { Dataset } from '../../../server/src/core/model/state';
import { anySide, datasetsOf, newName, pickOr, sometimes } from './draft';
import type { Draft, Draw } from './draft';
import { receiveWords } from './receive-words';

/** A dataset that was received and where from: they share a snapshot. */
interface Pair {
  readonly source: Dataset;
  readonly target: Dataset;
}

const withSnapshots = (draft: Draft): readonly Dataset[] =>
  [...datasetsOf(draft, 'tank'), ...datasetsOf(draft, 'backup')].filter(({ snapshots }) => snapshots.length > 0);

function pairsOf(draft: Draft): readonly Pair[] {
  const all = withSnapshots(draft);
  return all.flatMap((source) =>
    all
      .filter((target) => target !== source && sharedGuids(source, target).length > 0)
      .map((target) => ({ source, target })),
  );
}

function sharedGuids({ snapshots }: Dataset, target: Dataset): readonly string[] {
  const there = new Set(target.snapshots.map(({ guid }) => guid));
  return snapshots.map(({ guid }) => guid).filter((guid) => there.has(guid));
}

/** Mostly what a chain of raw streams needs. */
const rawWord = (draft: Draft, { crypto }: Dataset): readonly string[] =>
  sometimes(draft, crypto ? 0.85 : 0.15, ['-w']);

export const drawFull: Draw = (draft) => {
  const source = pickOr(draft, withSnapshots(draft));
  if (source === undefined) return undefined;
  const snapshot = draft.random.chance(0.7) ? source.snapshots.at(-1) : draft.random.pick(source.snapshots);
  const flags = [
    ...rawWord(draft, source),
    ...sometimes(draft, 0.45, ['-R', '-p', '-R']),
    ...sometimes(draft, 0.05, ['-h']),
  ];
  const target = draft.random.chance(0.9)
    ? newName(draft, anySide(draft), 'r')
    : pickOr(draft, datasetsOf(draft, 'backup'))?.name;
  const send = ['zfs send', ...flags, `${source.name}@${snapshot?.name}`].join(' ');
  return target && `${send} | ${[...receiveWords(draft), target].join(' ')}`;
};

export const drawIncrement: Draw = (draft) => {
  const pair = pickOr(draft, pairsOf(draft));
  if (pair === undefined) return undefined;
  const { source, target } = pair;
  const base = baseOf(draft, pair);
  const later = source.snapshots.filter(({ createtxg }) => createtxg > base.createtxg);
  const to = draft.random.chance(0.7) ? later.at(-1) : pickOr(draft, later);
  if (to === undefined) return undefined;
  const range = base.mark === '#' ? '-i' : draft.random.pick(['-i', '-I']);
  const flags = [
    ...rawWord(draft, source),
    ...(base.mark === '#' ? [] : sometimes(draft, 0.4, ['-R'])),
    ...sometimes(draft, 0.15, ['-p']),
    ...sometimes(draft, 0.05, ['-h']),
  ];
  const send = ['zfs send', ...flags, range, `${base.mark}${base.name}`, `${source.name}@${to.name}`].join(' ');
  return `${send} | ${[...receiveWords(draft), target.name].join(' ')}`;
};

interface Base {
  readonly mark: '@' | '#';
  readonly name: string;
  readonly createtxg: number;
}

/** The newest that both have, mostly: or a bookmark of it, or any snapshot. */
function baseOf(draft: Draft, { source, target }: Pair): Base {
  const shared = sharedGuids(source, target);
  const bookmarks = source.bookmarks.filter(({ guid }) => target.snapshots.some((each) => each.guid === guid));
  const bookmark = draft.random.chance(0.4) ? pickOr(draft, bookmarks) : undefined;
  if (bookmark) return { ...bookmark, mark: '#' };
  const newest = source.snapshots.find(({ guid }) => guid === shared.at(-1));
  const snapshot = newest && draft.random.chance(0.85) ? newest : draft.random.pick(source.snapshots);
  return { ...snapshot, mark: '@' };
}

export const drawResume: Draw = (draft) => {
  const partial = [...draft.state.datasets.values()].filter((dataset) => dataset.partial);
  const dataset = pickOr(draft, partial);
  if (dataset === undefined) return undefined;
  if (draft.random.chance(0.2)) return `zfs receive -A ${dataset.name}`;
  const flags = sometimes(draft, 0.7, ['-w']);
  return `${['zfs send', ...flags, '-t', `$(token ${dataset.name})`].join(' ')} | ${[...receiveWords(draft), dataset.name].join(' ')}`;
};
