import { anyDataset, anySide, datasetsOf, freshWord, pickOr, sometimes } from './draft';
import type { Draft, Draw } from './draft';

/** What the looks at the end show of every dataset. */
export const PROPERTIES = [
  'readonly',
  'compression',
  'atime',
  'recordsize',
  'canmount',
  'mountpoint',
  'quota',
  'com.example:x',
  'com.example:y',
];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  readonly: ['on', 'off'],
  compression: ['lz4', 'zstd', 'off', 'sideways'],
  atime: ['on', 'off'],
  recordsize: ['16K', '1M'],
  canmount: ['on', 'off', 'noauto'],
  quota: ['100M', 'none', '4K'],
  'com.example:x': ['one', 'two'],
  'com.example:y': ['three'],
};

export const drawSet: Draw = (draft) => {
  const dataset = anyDataset(draft);
  const property = draft.random.pick(Object.keys(VALUES));
  return dataset && `zfs set ${property}=${draft.random.pick(VALUES[property] ?? [])} ${dataset.name}`;
};

/** A place of its own for each: what unmounts one of two file systems that are mounted on each other is not modelled. */
export const drawSetMountpoint: Draw = (draft) => {
  const dataset = pickOr(draft, datasetsOf(draft, anySide(draft)));
  const places = placesOf(draft);
  const place = `/srv/${freshWord('p', (word) => places.has(`/srv/${word}`))}`;
  return dataset && `zfs set mountpoint=${draft.random.pick([place, place, 'none', 'legacy'])} ${dataset.name}`;
};

function placesOf({ state }: Draft): ReadonlySet<string> {
  const values = [...state.datasets.values()].flatMap(({ local, received }) => [local, received]);
  return new Set(values.map((each) => each['mountpoint'] ?? ''));
}

export const drawInherit: Draw = (draft) => {
  const dataset = anyDataset(draft);
  const flags = sometimes(draft, 0.6, ['-S', '-r']);
  return dataset && ['zfs inherit', ...flags, draft.random.pick(PROPERTIES), dataset.name].join(' ');
};
