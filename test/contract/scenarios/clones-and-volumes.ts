import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';

/** A third snapshot with something in it. */
const THIRD = `write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

/** Clones and volumes. */
export const clonesAndVolumes = scenarios(`
= a clone in the tree arrives as a clone [vault]
zfs clone tank/prod/db@a tank/prod/copy
write tank/prod/copy 262144
zfs snapshot -r tank/prod@c
zfs send -nP -w -R tank/prod@c
zfs send -w -R tank/prod@c | zfs receive -u backup/all
zfs list -H -r -t filesystem -o name,origin,encryptionroot,keystatus backup/all
zfs list -Hp -r -t snapshot -o name,guid,ivsetguid,clones backup/all

= a clone in the tree comes with -R -I [vault]
zfs clone tank/prod/db@a tank/prod/copy
write tank/prod/copy 262144
zfs snapshot -r tank/prod@c
zfs send -w -R -I @a tank/prod@c | zfs receive -u -v backup/prod
zfs list -H -r -t filesystem -o name,origin,encryptionroot,keystatus backup/prod
${SNAPSHOTS}

= a clone sent alone is a full stream, or one from its origin [vault]
zfs clone tank/prod/db@a tank/prod/copy
write tank/prod/copy 262144
zfs snapshot tank/prod/copy@c
zfs send -nP -w tank/prod/copy@c
zfs send -nP -w -i tank/prod/db@a tank/prod/copy@c
zfs send -w tank/prod/copy@c | zfs receive -u backup/full
zfs send -w -i tank/prod/db@a tank/prod/copy@c | zfs receive -u backup/prod/copy
zfs list -H -r -t filesystem -o name,origin,encryptionroot,keystatus backup

= what has clones is not destroyed [tree]
zfs clone tank/prod/db@a tank/prod/copy
zfs list -H -r -t snapshot -o name,clones tank/prod
zfs destroy tank/prod/db@a
zfs destroy -r tank/prod/db
zfs destroy tank/prod/copy
zfs destroy tank/prod/db@a
zfs list -H -r -t all -o name tank

= clones that cannot be made [tree]
zfs clone tank/prod/db@nope tank/prod/copy
zfs clone tank/prod/db@a tank/prod
zfs clone tank/prod/db@a backup/copy
zfs clone tank/prod/db@a tank/no/copy
zfs clone tank/prod/db tank/prod/copy
zfs list -H -r -o name,origin tank backup

= a volume in the tree [tree]
zfs create -V 8M tank/prod/vol
zfs snapshot -r tank/prod@b
zfs send -w -R tank/prod@b | zfs receive -u backup/prod
zfs list -H -r -o name,type,volsize,encryptionroot,keystatus,mountpoint backup/prod
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a volume that is new in a tree [vault]
zfs create -s -V 8M tank/prod/vol
${THIRD}
zfs send -w -R -I @a tank/prod@c | zfs receive -u -v backup/prod
zfs list -H -r -o name,type,volsize,encryptionroot,keystatus backup/prod

= nothing goes below a volume [clear]
zfs create -V 8M backup/vol
zfs create tank/plain/sub
zfs create backup/vol/sub
zfs send tank/plain@a | zfs receive -u backup/vol/plain
zfs mount backup/vol
zfs list -H -r -o name,type backup
`);
