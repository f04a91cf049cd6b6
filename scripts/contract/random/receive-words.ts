import { sometimes } from './draft';
import type { Draft } from './draft';

const SET = [
  'readonly=on',
  'readonly=off',
  'canmount=off',
  'canmount=noauto',
  'compression=zstd',
  'atime=off',
  'mountpoint=none',
  'recordsize=16K',
  'com.example:x=given',
  'keylocation=file:///keys/b',
  'encryption=off',
];

const IGNORED = ['mountpoint', 'compression', 'readonly', 'com.example:x', 'canmount', 'atime', 'encryption'];

/** `zfs receive` with options, without the place. */
export function receiveWords(draft: Draft): readonly string[] {
  const set = sometimes(draft, 0.3, SET);
  const ignored = sometimes(draft, 0.25, IGNORED).filter((name) => !set.some((each) => each.startsWith(`${name}=`)));
  return [
    'zfs receive',
    ...sometimes(draft, 0.75, ['-u']),
    ...sometimes(draft, 0.3, ['-s']),
    ...sometimes(draft, 0.25, ['-F']),
    ...sometimes(draft, 0.25, ['-v']),
    ...sometimes(draft, 0.04, ['-n']),
    ...set.map((each) => `-o ${each}`),
    ...ignored.map((each) => `-x ${each}`),
  ];
}
