import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';
const KEYS = 'zfs list -H -r -t filesystem,volume -o name,encryption,encryptionroot,keystatus,keylocation';

/** A third snapshot with something in it. */
const THIRD = `write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

/** Destroying, renaming, rolling back. */
export const destroys = scenarios(`
= a dataset does not leave its encryption root [tree]
zfs rename tank/prod/db tank/db
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b tank/other
zfs rename tank/prod/db tank/other/db
zfs rename tank/other tank/prod/other
${KEYS} tank
zfs rename tank/prod tank/moved
${KEYS},mounted,mountpoint tank

= a replica's child does not leave its root either [vault]
zfs rename backup/prod/db backup/db
zfs create -o encryption=off backup/box
zfs rename backup/prod backup/box/prod
${KEYS} backup
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/box/prod
${SNAPSHOTS}

= renames that are refused [tree]
zfs rename tank/prod/nope tank/prod/x
zfs rename tank/prod tank/prod/db/in
zfs rename tank/prod tank/no/parent
zfs rename tank/prod nopool/x
zfs rename tank/prod backup/prod
zfs create tank/there
zfs rename tank/prod tank/there
zfs list -H -r -o name tank backup

= destroys that are refused [tree]
zfs destroy tank/prod
zfs destroy tank/prod/db
zfs destroy tank
zfs destroy -r tank
zfs destroy tank/prod/db@nope
zfs destroy -r tank/prod@nope
zfs destroy tank/nope
zfs list -H -r -t all -o name tank

= destroys with -r [tree]
zfs snapshot tank/prod/db@own
zfs destroy -r tank/prod@own
zfs destroy -r tank/prod@a
zfs list -H -r -t all -o name tank
zfs destroy tank/prod/db
zfs destroy -r tank/prod
zfs list -H -r -t all -o name tank

= ranges and lists of snapshots are destroyed [clear]
zfs snapshot tank/plain@b
zfs snapshot tank/plain@c
zfs snapshot tank/plain@d
zfs snapshot tank/plain@e
zfs snapshot tank/plain@f
zfs snapshot tank/plain@g
zfs destroy tank/plain@b%c
zfs list -H -t snapshot -o name tank/plain
zfs destroy tank/plain@a,f
zfs list -H -t snapshot -o name tank/plain
zfs destroy tank/plain@e%d
zfs destroy tank/plain@d%nope
zfs destroy tank/plain@nope,e
zfs list -H -t snapshot -o name tank/plain
zfs destroy tank/plain@%d
zfs list -H -t snapshot -o name tank/plain
zfs destroy tank/plain@g%
zfs list -H -t snapshot -o name tank/plain
zfs destroy tank/plain@%
zfs list -H -r -t all -o name tank

= ranges are destroyed in the whole tree and at the target [vault]
${THIRD}
zfs send -w -R -I @a tank/prod@c | zfs receive -u backup/prod
zfs destroy -r backup/prod@a%b
zfs list -H -r -t snapshot -o name backup
zfs destroy -r tank/prod@a,b
${THIRD.replace('@c', '@d')}
zfs send -w -R -I @c tank/prod@d | zfs receive -u -v backup/prod
${SNAPSHOTS}

= rollbacks that are refused [vault]
zfs rollback tank/prod@a
zfs rollback tank/prod@nope
zfs rollback tank/prod
zfs rollback tank/nope@a
zfs rollback tank/prod@b
zfs bookmark tank/prod@b tank/prod#m
zfs rollback tank/prod@a
zfs rollback -r tank/prod@a
zfs list -H -r -t all -o name tank/prod

= a rollback at the source leaves the target ahead [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs rollback -r tank/prod@a
zfs rollback -r tank/prod/db@a
${THIRD}
zfs send -w -R -I @a tank/prod@c | zfs receive -u -v backup/prod
zfs send -w -R -I @a tank/prod@c | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= snapshots that cannot be made [tree]
zfs snapshot tank/prod@a
zfs snapshot -r tank/prod@a
zfs snapshot tank/prod/db@b
zfs snapshot -r tank/prod@b
zfs snapshot tank/prod@c tank/prod/db@c
zfs snapshot tank/nope@a
zfs list -H -r -t snapshot -o name tank
`);
