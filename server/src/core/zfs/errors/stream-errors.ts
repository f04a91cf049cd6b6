import type { KnownError } from './known-error';

/** What a send or a receive refuses, the cause before its echo. */
export const STREAM_ERRORS: readonly KnownError[] = [
  {
    code: 'ivset-mismatch',
    pattern: /IV set guid mismatch/,
    meaning: 'the base of this raw increment is another version at the target: a non-raw stream went into it',
    advice:
      'raw increments onto it are over for good: start a new target dataset, or go back to a snapshot from before',
  },
  {
    code: 'modified',
    pattern: /destination \S+ has been modified/,
    meaning: 'the target was changed after its newest snapshot, most often because it was mounted',
    advice:
      'roll it back with `zfs rollback` once you know that nothing there is missed, then keep it read-only and unmounted',
  },
  {
    code: 'base-mismatch',
    pattern: /most recent snapshot of .+ does not\s+match incremental source/,
    meaning: 'the newest snapshot of the target is not the base of this increment',
    advice: 'plan anew from what the target has now',
  },
  {
    code: 'partial-state',
    pattern: /contains partially-complete state/,
    meaning: 'an interrupted receive is kept at the target',
    advice: 'resume it by its token, or throw it away with `zfs receive -A`',
  },
  {
    code: 'nothing-to-abort',
    pattern: /does not have any resumable receive state to abort/,
    meaning: 'no interrupted receive is kept there',
    advice: 'nothing has to be done',
  },
  {
    code: 'token-corrupt',
    pattern: /resume token is corrupt/,
    meaning: 'the resume token is damaged or cut',
    advice: 'read receive_resume_token of the target again',
  },
  {
    code: 'token-stale',
    pattern: /is no longer the same snapshot used in\s+the initial send/,
    meaning: 'the snapshot of the resume token was destroyed and made anew',
    advice: 'throw the kept state away with `zfs receive -A` at the target and send anew',
  },
  {
    code: 'token-source-missing',
    pattern: /used in the initial send no longer exists/,
    meaning: 'the snapshot of the resume token no longer exists',
    advice: 'throw the kept state away with `zfs receive -A` at the target and send anew',
  },
  {
    code: 'interrupted-saved',
    pattern: /Partially received snapshot is saved/,
    meaning: 'the stream was cut and the target keeps what has arrived',
    advice: 'resume it by the token of the target',
  },
  {
    code: 'properties-need-raw',
    pattern: /may not be sent with properties without the raw flag/,
    meaning: 'ZFS sends properties, holds and trees of encrypted datasets only raw',
    advice: 'add -w',
  },
  {
    code: 'force-encrypted',
    pattern: /receive -F cannot be used to destroy an encrypted filesystem/,
    meaning: 'a full stream cannot replace an encrypted dataset, nor an encrypted one a clear dataset, even with -F',
    advice: 'receive into a new dataset',
  },
  {
    code: 'raw-over-clear',
    pattern: /cannot perform raw receive on top of existing unencrypted dataset/,
    meaning: 'the target is unencrypted, and a raw stream needs the encrypted dataset that it continues',
    advice: 'receive into a new dataset',
  },
  {
    code: 'raw-property',
    pattern: /encryption property '\w+' cannot be set or excluded for raw streams/,
    meaning: 'a raw stream brings its own encryption, which -o and -x cannot change',
    advice: 'leave that -o or -x out',
  },
  {
    code: 'destination-has-snapshots',
    pattern: /destination has snapshots/,
    meaning: 'the target has snapshots of its own, so a full stream cannot go into it',
    advice: 'receive into a new dataset',
  },
  {
    code: 'destination-exists',
    pattern: /destination '[^']+' exists|must specify -F to overwrite it|destination already exists/,
    meaning: 'a full stream needs a target that does not exist yet',
    advice: 'send an increment from a snapshot that both sides share, or receive into a new dataset',
  },
  {
    code: 'snapshot-missing-below',
    pattern: /recursively: snapshot \S+ does not exist/,
    meaning: 'a dataset of the tree lacks the snapshot',
    advice: 'make the snapshot with `zfs snapshot -r`, or send that dataset by itself',
  },
  {
    code: 'not-earlier',
    pattern: /not an earlier snapshot from the same fs|is not earlier than it/,
    meaning: 'the base is not an earlier snapshot of the same dataset',
    advice: 'choose a base that is older than the snapshot',
  },
  {
    code: 'stream-refused',
    // libzfs prints this for every EINVAL of a receive with -s, whatever the versions are.
    pattern: /kernel modules must be upgraded to receive this stream/,
    meaning:
      'the target refused the stream; with -s, zfs also says so of a stream that does not go on exactly where the target stands, ' +
      'for example because an earlier receive was still at work when it was planned',
    advice: 'run again once nothing is being received there; if it comes back, compare the versions of both sides',
  },
  {
    code: 'bad-stream',
    pattern: /invalid stream|stream has unsupported feature|pool must be upgraded to receive this stream/,
    meaning: 'what arrived is no stream that this version of ZFS can read',
    advice:
      'check that nothing else writes into the pipe, such as a login message, and compare the versions of both sides',
  },
  {
    code: 'embedded-in-encrypted',
    pattern: /incompatible embedded data stream feature with encrypted receive/,
    meaning: 'a stream with embedded blocks cannot be received below an encrypted dataset',
    advice: 'send without -e, or raw',
  },
  {
    code: 'out-of-space',
    pattern: /out of space|No space left on device|space quota exceeded/i,
    meaning: 'the target has no room for the stream',
    advice: 'free space or raise the quota there, then resume',
  },
  {
    code: 'incomplete-stream',
    pattern: /checksum mismatch or incomplete stream|incomplete stream/,
    meaning: 'the stream was cut or damaged on its way, and nothing of it was kept',
    advice: 'send again, with `zfs receive -s` so that the next cut can be resumed',
  },
  {
    code: 'bookmark-range',
    pattern: /multiple snapshots cannot be sent from a bookmark/,
    meaning: '-I and -R need a snapshot as their base, not a bookmark',
    advice: 'send from the bookmark with -i, dataset by dataset',
  },
  {
    code: 'parent-missing',
    // zfs says which dataset it could not open, and then only that it is unable to restore.
    pattern:
      /specified fs \(.+\) does not exist|parent does not exist|dataset does not exist\s+cannot receive .+: unable to restore/,
    meaning: 'the dataset above the target does not exist',
    advice: 'make it first, with `zfs create -u`',
  },
  {
    code: 'unable-to-restore',
    pattern: /unable to restore to destination/,
    meaning: 'the target does not take the stream there',
    advice:
      'check that the dataset above exists, is mounted or unmounted as it has to be, and takes this kind of dataset',
  },
];
