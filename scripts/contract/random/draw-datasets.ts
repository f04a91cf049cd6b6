import { valueOf } from '../../../server/src/core/model/properties';
import { anyDataset, anySide, anySnapshot, datasetsOf, newName, pickOr, sometimes } from './draft';
import type { Draw } from './draft';

const KEY_OF_ITS_OWN = '-o encryption=on -o keyformat=raw -o keylocation=file:///keys/b';

/** Volumes have scenarios of their own: their devices come and go by themselves, some time after the command. */
export const drawCreate: Draw = (draft) => {
  const options = sometimes(draft, 0.45, [
    KEY_OF_ITS_OWN,
    '-o encryption=off',
    '-o readonly=on',
    '-o canmount=noauto',
    '-o compression=lz4 -o com.example:x=made',
    '-o mountpoint=none',
  ]);
  return ['zfs create', ...options, newName(draft, anySide(draft), 'c')].join(' ');
};

/** Only where it is mounted for writing, at the place that the guest will find in its properties; 256 KiB are more than a pipe holds. */
export const drawWrite: Draw = (draft) => {
  const written = datasetsOf(draft, draft.random.chance(0.85) ? 'tank' : 'backup').filter(
    (each) => each.mount && !each.mount.readonly && each.mount.path === valueOf(draft.state, each, 'mountpoint'),
  );
  const dataset = pickOr(draft, written);
  return dataset && `write ${dataset.name} 262144`;
};

export const drawClone: Draw = (draft) => {
  const from = anySnapshot(draft);
  if (from === undefined) return undefined;
  const { dataset, snapshot } = from;
  const side = dataset.name.startsWith('tank/') ? 'tank' : 'backup';
  return `zfs clone ${dataset.name}@${snapshot.name} ${newName(draft, side, 'k')}`;
};

export const drawRename: Draw = (draft) => {
  const dataset = anyDataset(draft);
  if (dataset === undefined) return undefined;
  const side = dataset.name.startsWith('tank/') ? 'tank' : 'backup';
  const inPlace = `${dataset.name.slice(0, dataset.name.lastIndexOf('/'))}/${newName(draft, side, 'n').split('/').at(-1)}`;
  return `zfs rename ${dataset.name} ${draft.random.chance(0.7) ? inPlace : newName(draft, side, 'n')}`;
};

export const drawRollback: Draw = (draft) => {
  const at = anySnapshot(draft);
  if (at === undefined) return undefined;
  return ['zfs rollback', ...sometimes(draft, 0.7, ['-r']), `${at.dataset.name}@${at.snapshot.name}`].join(' ');
};

export const drawDestroyDataset: Draw = (draft) => {
  const dataset = anyDataset(draft);
  return dataset && ['zfs destroy', ...sometimes(draft, 0.7, ['-r']), dataset.name].join(' ');
};

export const drawMount: Draw = (draft) => {
  const dataset = anyDataset(draft);
  return dataset && `zfs ${dataset.mount ? 'unmount' : 'mount'} ${dataset.name}`;
};
