/**
 * What a property means for replication, one sentence each, for hover. Others have a good page in zfsprops(7); these
 * behave in a way that a raw replica depends on.
 */
export const PROPERTY_NOTES: Readonly<Record<string, string>> = {
  atime:
    'Whether reading a file writes its access time: on a mounted replica that is enough to refuse the next increment',
  canmount:
    'Whether the file system can be mounted: `on`, `off` or `noauto`. It is not inherited, so it covers one dataset, and a volume has none',
  compression:
    'How new blocks are compressed; a raw stream carries blocks as they are, so it does not matter to a raw replica',
  dedup:
    'Whether equal blocks are stored once; encrypted blocks are hardly ever equal, and the table costs memory all the same',
  encryption: 'The cipher, decided when the dataset is created and never changed; a raw stream keeps it',
  encryptionroot:
    'The dataset whose key this one uses; a child that is received by a stream of its own becomes one itself',
  ivsetguid:
    'Tells two versions of one raw snapshot apart. Snapshots are a usable raw base only when both `guid` and `ivsetguid` agree; reading it needs no key',
  keyformat: 'The form of the key: `raw`, `hex` or `passphrase`; it travels with a raw stream',
  keylocation:
    'Where the key is read from: `prompt`, `file://…` or `https://…`; `none` only below an encryption root. Every `-R` stream overwrites it at the target, and neither `-o` nor `-x` prevents that',
  keystatus: 'Whether the key is loaded now; `unavailable` does not prove that it never was',
  mountpoint:
    'Where the file system is mounted. It travels with `-R` and `-p`, is inherited by what is below, and `none` keeps a whole tree unmounted',
  pbkdf2iters: 'How often a passphrase is hashed; it travels with a raw stream',
  quota: 'The space that the dataset and what is below may use; on a replica it can make a receive fail',
  readonly:
    'Whether the data may be changed; set at the receive, before the first mount, it keeps a mounted replica receivable',
  receive_resume_token:
    'What `zfs send -t` goes on from after a cut `receive -s`; for a `-R` stream it is on the child that was cut',
  refquota: 'The space that the dataset itself may use; on a replica it can make a receive fail',
  refreservation: 'Space that is kept free for the dataset; on a replica it is taken from the pool for nothing',
  reservation:
    'Space that is kept free for the dataset and what is below; on a replica it is taken from the pool for nothing',
  sharenfs: 'Whether and how it is shared over NFS; it travels with `-R` and `-p`',
  sharesmb: 'Whether and how it is shared over SMB; it travels with `-R` and `-p`',
  written: 'What was written since the newest snapshot; above 0 on a replica, the next increment is refused',
};
