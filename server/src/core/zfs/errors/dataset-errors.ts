import type { KnownError } from './known-error';

/** Datasets, snapshots, holds and bookmarks; last, because some of these only echo another failure. */
export const DATASET_ERRORS: readonly KnownError[] = [
  {
    code: 'permission-denied',
    pattern: /permission denied|must be run as root|Operation not permitted/i,
    meaning: 'the user lacks a permission that this command needs',
    advice: 'delegate it with `zfs allow`, or set elevate: sudo for the host',
  },
  {
    code: 'hold-exists',
    pattern: /tag already exists on this dataset/,
    meaning: 'the snapshot has a hold of this tag already',
    advice: 'nothing has to be done when the hold is yours; choose another tag when it is not',
  },
  {
    code: 'hold-missing',
    pattern: /no such tag on this dataset/,
    meaning: 'the snapshot has no hold of this tag',
    advice: 'look at its holds with `zfs holds`',
  },
  {
    code: 'held',
    pattern: /it's being held|cannot destroy snapshots?:? \S+ dataset is busy/,
    meaning: 'the snapshot is held, or a send reads it',
    advice: 'look at its holds with `zfs holds -r` and release those that are yours',
  },
  {
    code: 'dependents',
    pattern: /has dependent clones|has children|use '-[rR]' to destroy the following/,
    meaning: 'other datasets depend on this one; an interrupted receive counts as one (%recv)',
    advice: 'look at what depends on it before anything is destroyed',
  },
  {
    code: 'newer-snapshots',
    pattern: /more recent snapshots or bookmarks exist/,
    meaning: 'snapshots or bookmarks newer than the named one would be lost',
    advice: 'look at them before `zfs rollback -r`, which destroys them',
  },
  {
    code: 'bookmark-exists',
    pattern: /cannot create bookmark .+: bookmark exists/,
    meaning: 'a bookmark of this name exists',
    advice: 'choose another name, or check whether its guid is that of the snapshot',
  },
  {
    code: 'snapshot-exists',
    pattern: /cannot create snapshot .+: dataset already exists/,
    meaning: 'a snapshot of this name exists',
    advice: 'choose another name',
  },
  {
    code: 'dataset-exists',
    pattern: /dataset already exists/,
    meaning: 'a dataset of this name exists',
    advice: 'choose another name',
  },
  {
    code: 'busy',
    pattern: /(?:dataset|target|pool or dataset|'.+') is busy/,
    meaning: 'something uses the dataset: a mount, a hold, or another send or receive',
    advice: 'wait for it or end it, then try again',
  },
  {
    code: 'already-mounted',
    pattern: /filesystem already mounted/,
    meaning: 'the file system is mounted',
    advice: 'nothing has to be done, unless it should not be: a replica mounted read-write breaks its next increment',
  },
  {
    code: 'property-readonly',
    pattern: /cannot set property for .+: '\w+' is readonly/,
    meaning: 'this property cannot be changed',
    advice: 'leave it out',
  },
  {
    code: 'property-invalid',
    pattern: /invalid property|bad property list|must be one of '/,
    meaning: 'this version of ZFS has no such property, or not this value',
    advice: 'look at `zfs get` for the properties and their values',
  },
  {
    code: 'volume-too-small',
    pattern: /size is less than current used or reserved space/,
    meaning: 'the volume holds more than that',
    advice: 'choose a larger size',
  },
  {
    code: 'pool-missing',
    pattern: /no such pool(?! or dataset)/,
    meaning: 'the pool is not imported there',
    advice: 'check its name, and import it',
  },
  {
    code: 'pool-suspended',
    pattern: /pool I\/O is currently suspended/,
    meaning: 'the pool has lost too many devices and stands still',
    advice: 'look at `zpool status -v` on that host',
  },
  {
    code: 'dataset-missing',
    pattern: /dataset does not exist|no such pool or dataset|destination '[^']+' does not exist/,
    meaning: 'the dataset or snapshot does not exist there',
    advice: 'check its name, and whether another program destroyed it',
  },
  {
    code: 'stream-broken',
    pattern: /failed to read from stream/,
    meaning: 'no stream arrived: the sending side failed',
    advice: 'look at what the send printed',
  },
  {
    code: 'usage',
    pattern: /^usage:|invalid option|invalid flags combined|Cannot specify dataset exclusion|Unsupported flag with/im,
    meaning: 'this version of ZFS does not take the command in this form',
    advice: 'compare its version with what the flags need',
  },
  {
    code: 'internal-error',
    pattern: /internal error:|Aborted/,
    meaning: 'the zfs program ended itself because of an error that it does not know',
    advice: 'look at what it printed before; a property that cannot be set there is the usual cause',
  },
];
