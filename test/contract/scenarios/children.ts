import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';
const KEYS = 'zfs list -H -r -t filesystem,volume -o name,encryption,encryptionroot,keystatus,keylocation';

/** A third snapshot with something in it. */
const THIRD = `write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

/** Children with keys of their own, in the clear, new, gone and renamed. */
export const children = scenarios(`
= a clear child stays clear in a raw tree [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
zfs create -o encryption=off tank/prod/clear
write tank/prod 262144
write tank/prod/clear 262144
zfs snapshot -r tank/prod@a
zfs send -nP -w -R tank/prod@a
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
${KEYS},mounted backup/prod
zfs send -w -R tank/prod@a | zfs receive backup/mounts
${KEYS},mounted backup/mounts
write tank/prod/clear 262144
zfs snapshot -r tank/prod@b
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a clear child sent alone onto an encrypted parent [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a backup/enc
zfs create tank/plain
write tank/plain 262144
zfs snapshot tank/plain@a
zfs send tank/plain@a | zfs receive -u backup/enc/bare
zfs send -p tank/plain@a | zfs receive -u backup/enc/props
zfs send -R tank/plain@a | zfs receive -u -x encryption backup/enc/tree
${KEYS} backup/enc

= a clear stream with -w does not fit below an encrypted parent [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a backup/enc
zfs create tank/plain
write tank/plain 262144
zfs snapshot tank/plain@a
zfs send -w tank/plain@a | zfs receive -u backup/enc/raw
${KEYS} backup

= nothing but raw streams below a parent whose key is not loaded [tree]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b backup/enc
zfs unmount backup/enc
zfs unload-key backup/enc
zfs send tank/prod/db@a | zfs receive -u backup/enc/db
zfs send -w tank/prod/db@a | zfs receive -u backup/enc/db
zfs send -w -R tank/prod@a | zfs receive -u backup/enc/prod
${KEYS},mounted backup
zfs load-key backup/enc
zfs get -H -r -t filesystem -o name,value keystatus backup

= a child with a key of its own stays a root [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b tank/prod/own
write tank/prod 262144
write tank/prod/own 262144
zfs snapshot -r tank/prod@a
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
${KEYS} backup/prod
write tank/prod/own 262144
zfs snapshot -r tank/prod@b
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup/prod
zfs load-key backup/prod
zfs get -H -r -t filesystem -o name,value keystatus backup/prod
zfs load-key backup/prod/own
zfs get -H -r -t filesystem -o name,value keystatus backup/prod

= a child that gets its own key at the source becomes a root with -R -I [vault]
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod/db
${KEYS} tank/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup/prod
zfs load-key backup/prod/db
zfs get -H -r -t filesystem -o name,value keystatus backup/prod

= a child that gives up its own key goes back below its parent with -R -I [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b tank/prod/own
write tank/prod 262144
write tank/prod/own 262144
zfs snapshot -r tank/prod@a
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs change-key -i tank/prod/own
zfs snapshot -r tank/prod@b
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} tank/prod backup/prod

= a new child comes with -R -I [vault]
zfs create tank/prod/new
write tank/prod/new 262144
${THIRD}
zfs send -w -R -I @a tank/prod@c | zfs receive -u -v backup/prod
${KEYS} backup/prod
${SNAPSHOTS}

= a new child alone is a root until the whole tree is received [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
write tank/prod 262144
zfs snapshot tank/prod@a
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs create tank/prod/new
write tank/prod/new 262144
zfs snapshot -r tank/prod@b
zfs send -w tank/prod/new@b | zfs receive -u backup/prod/new
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup/prod
write tank/prod/new 262144
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v backup/prod
${KEYS} backup/prod

= a new child that is there already stops the whole tree [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
write tank/prod 262144
zfs snapshot tank/prod@a
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs create tank/prod/new
write tank/prod/new 262144
zfs snapshot -r tank/prod@b
zfs send -w tank/prod/new@b | zfs receive -u backup/prod/new
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${KEYS} backup/prod
${SNAPSHOTS}

= a child that is gone at the source stays without -F [vault]
zfs create tank/prod/db/sub
write tank/prod/db/sub 262144
zfs snapshot -r tank/prod@c
zfs send -w -R -I @a tank/prod@c | zfs receive -u backup/prod
zfs destroy -r tank/prod/db
write tank/prod 262144
zfs snapshot -r tank/prod@d
zfs send -w -R -I @c tank/prod@d | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a child that is gone at the source goes with -F and all below it [vault]
zfs create tank/prod/db/sub
write tank/prod/db/sub 262144
zfs snapshot -r tank/prod@c
zfs send -w -R -I @a tank/prod@c | zfs receive -u backup/prod
zfs destroy -r tank/prod/db
write tank/prod 262144
zfs snapshot -r tank/prod@d
zfs send -w -R -I @c tank/prod@d | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= a child that was made anew at the source [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs destroy -r tank/prod/db
zfs create tank/prod/db
${THIRD}
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS}
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v -F backup/prod
${SNAPSHOTS}
${KEYS} backup/prod

= a renamed child is renamed at the target [vault]
zfs rename tank/prod/db tank/prod/data
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}
${KEYS} backup/prod

= a renamed child is renamed at the target with -F too [vault]
zfs rename tank/prod/db tank/prod/data
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= a renamed child sent alone goes by its new name [vault]
zfs rename tank/prod/db tank/prod/data
zfs send -w -i @a tank/prod/data@b | zfs receive -u backup/prod/data
zfs send -w -i @a tank/prod/data@b | zfs receive -u -v backup/prod/db
${SNAPSHOTS}

= a child renamed at the target is renamed back [vault]
zfs rename backup/prod/db backup/prod/mine
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a child that moved below another at the source moves here [vault]
zfs create tank/prod/shelf
write tank/prod/shelf 262144
${THIRD}
zfs send -w -R -I @a tank/prod@c | zfs receive -u backup/prod
zfs rename tank/prod/db tank/prod/shelf/db
write tank/prod/shelf/db 262144
zfs snapshot -r tank/prod@d
zfs send -w -R -I @c tank/prod@d | zfs receive -u -v backup/prod
${KEYS} backup/prod
${SNAPSHOTS}

= a renamed snapshot is renamed at the target by -R -I [vault]
zfs rename -r tank/prod@a tank/prod@first
zfs send -w -R -I @first tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a renamed base of one stream is found by its guid [vault]
zfs rename tank/prod/db@a tank/prod/db@first
zfs send -w -i @first tank/prod/db@b | zfs receive -u -v backup/prod/db
zfs list -H -r -t snapshot -o name,guid tank/prod/db backup/prod/db

= a snapshot renamed at the target [vault]
zfs rename backup/prod@a backup/prod@mine
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}

= snapshots are renamed, and not over others [vault]
zfs rename tank/prod@a tank/prod@b
zfs rename -r tank/prod@a @b
zfs rename tank/prod@a tank/prod/db@c
zfs rename tank/prod@nope tank/prod@x
zfs rename tank/prod@a c
zfs rename -r tank/prod@b tank/prod@d
zfs list -H -r -t snapshot -o name,guid tank
`);
