import { isRoot } from '../../../server/src/core/model/keys';
import type { Dataset } from '../../../server/src/core/model/state';
import { anySide, datasetsOf, pickOr, sometimes } from './draft';
import type { Draft, Draw } from './draft';

const FILES = ['file:///keys/a', 'file:///keys/b'];

function anyEncrypted(draft: Draft, isWanted: (dataset: Dataset) => boolean): Dataset | undefined {
  return pickOr(
    draft,
    datasetsOf(draft, anySide(draft)).filter((each) => each.crypto && isWanted(each)),
  );
}

/** Passphrases take the guest seconds to derive and have scenarios of their own. */
export const drawKey: Draw = (draft) => {
  const dataset = anyEncrypted(draft, isRoot);
  if (dataset === undefined) return undefined;
  if (dataset.crypto?.loaded) return ['zfs unload-key', ...sometimes(draft, 0.3, ['-r']), dataset.name].join(' ');
  const where = sometimes(draft, 0.7, [`-L ${draft.random.pick(FILES)}`]);
  return ['zfs load-key', ...where, ...sometimes(draft, 0.2, ['-r', '-n']), dataset.name].join(' ');
};

export const drawChangeKey: Draw = (draft) => {
  const dataset = anyEncrypted(draft, () => true);
  if (dataset === undefined) return undefined;
  const file = draft.random.pick(FILES);
  const how = draft.random.pick([
    `-o keyformat=raw -o keylocation=${file}`,
    `-o keyformat=raw -o keylocation=${file}`,
    '-i',
  ]);
  return `zfs change-key ${how} ${dataset.name}`;
};

export const drawKeyLocation: Draw = (draft) => {
  const dataset = anyEncrypted(draft, isRoot);
  return dataset && `zfs set keylocation=${draft.random.pick(['prompt', ...FILES])} ${dataset.name}`;
};
