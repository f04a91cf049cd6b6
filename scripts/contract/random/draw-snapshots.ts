import { anyDataset, anySnapshot, freshWord, pickOr, sometimes } from './draft';
import type { Draft, Draw } from './draft';

const TAGS = ['keep', 'rawsend:one'];

/** Mostly a name that is new everywhere, sometimes one that is taken somewhere. */
function snapshotWord(draft: Draft): string {
  const taken = new Set(
    [...draft.state.datasets.values()].flatMap(({ snapshots }) => snapshots.map(({ name }) => name)),
  );
  return draft.random.chance(0.85) ? freshWord('s', (word) => taken.has(word)) : draft.random.pick(['a', 'b', 's1']);
}

export const drawSnapshot: Draw = (draft) => {
  const dataset = anyDataset(draft);
  if (dataset === undefined) return undefined;
  const flags = [...sometimes(draft, 0.6, ['-r']), ...sometimes(draft, 0.1, ['-o com.example:x=shot'])];
  return ['zfs snapshot', ...flags, `${dataset.name}@${snapshotWord(draft)}`].join(' ');
};

export const drawBookmark: Draw = (draft) => {
  const at = anySnapshot(draft);
  if (at === undefined) return undefined;
  const { name, bookmarks } = at.dataset;
  const taken = new Set(bookmarks.map((each) => each.name));
  return `zfs bookmark ${name}@${at.snapshot.name} ${name}#${freshWord('m', (word) => taken.has(word))}`;
};

export const drawHold: Draw = (draft) => {
  const at = anySnapshot(draft);
  if (at === undefined) return undefined;
  const held = Object.keys(at.snapshot.holds);
  const verb = held.length > 0 && draft.random.chance(0.7) ? 'release' : 'hold';
  const tag = verb === 'release' ? draft.random.pick(held) : draft.random.pick(TAGS);
  return [`zfs ${verb}`, ...sometimes(draft, 0.3, ['-r']), tag, `${at.dataset.name}@${at.snapshot.name}`].join(' ');
};

export const drawRenameSnapshot: Draw = (draft) => {
  const at = anySnapshot(draft);
  if (at === undefined) return undefined;
  const { name } = at.dataset;
  const flags = sometimes(draft, 0.4, ['-r']);
  return ['zfs rename', ...flags, `${name}@${at.snapshot.name}`, `${name}@${snapshotWord(draft)}`].join(' ');
};

export const drawDestroySnapshot: Draw = (draft) => {
  const at = anySnapshot(draft);
  if (at === undefined) return undefined;
  const { dataset, snapshot } = at;
  const other = draft.random.pick(dataset.snapshots).name;
  const what = draft.random.pick([
    snapshot.name,
    snapshot.name,
    `${snapshot.name}%${other}`,
    `${snapshot.name},${other}`,
  ]);
  const flags = sometimes(draft, 0.5, ['-r', '-d']);
  return ['zfs destroy', ...flags, `${dataset.name}@${what}`].join(' ');
};

export const drawDestroyBookmark: Draw = (draft) => {
  const dataset = anyDataset(draft);
  const bookmark = dataset && pickOr(draft, dataset.bookmarks);
  return dataset && bookmark && `zfs destroy ${dataset.name}#${bookmark.name}`;
};
