import type { ScenarioLine } from '../scenario';
import { on } from './lines';

/** The source that scenarios begin with: an encrypted tree with a volume, a clear dataset, and three days of snapshots. */
export const TREE: readonly ScenarioLine[] = on(
  'source',
  `zfs create -o encryption=aes-256-gcm -o keyformat=passphrase tank/prod
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
  zfs snapshot -r tank@wednesday`,
);

const RECEIVE =
  'zfs receive -s -u -o mountpoint=none -o readonly=on -x sharenfs -x sharesmb -x quota -x refquota -x reservation -x refreservation';

/** Whatever the policy's own first run leaves: the whole tree raw, prompt at its root, and the base held. */
export const VAULT: readonly ScenarioLine[] = [
  ...TREE,
  ...on(
    'source',
    `zfs snapshot -r tank/prod@rep-2026-11-01T020000Z
    zfs hold -r rawsend:prod-to-vault:vault tank/prod@rep-2026-11-01T020000Z`,
  ),
  { send: 'zfs send -w -R tank/prod@rep-2026-11-01T020000Z', receive: `${RECEIVE} backup/prod` },
  ...on('target', 'zfs set keylocation=prompt backup/prod'),
];
