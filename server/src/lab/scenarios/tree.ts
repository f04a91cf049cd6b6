import type { ScenarioLine } from '../scenario';

/** The source that most scenarios begin with: an encrypted tree with a volume, a clear dataset, and three days of snapshots. */
export const TREE: readonly ScenarioLine[] = `
zfs create -o encryption=aes-256-gcm -o keyformat=passphrase tank/prod
zfs create tank/prod/db
zfs create tank/prod/app
zfs create -V 32M tank/prod/vol
zfs create tank/plain
head -c 256k /dev/urandom >/tank/prod/notes
head -c 4m /dev/urandom >/tank/prod/db/table
head -c 1m /dev/urandom >/tank/prod/app/state
head -c 1m /dev/urandom >/tank/plain/public
head -c 1m /dev/urandom >/dev/zvol/tank/prod/vol
zfs snapshot -r tank@monday
head -c 2m /dev/urandom >/tank/prod/db/journal
echo tuesday >/tank/prod/app/today
zfs snapshot -r tank@tuesday
head -c 1m /dev/urandom >/tank/prod/db/journal.2
zfs snapshot -r tank@wednesday
`
  .trim()
  .split('\n')
  .map((type) => ({ host: 'source', type }));
