import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -H -r -t snapshot -o name,guid,ivsetguid backup';
const KEYS = 'zfs list -H -r -t filesystem,volume -o name,encryption,encryptionroot,keystatus,keylocation';

/** A third snapshot with something in it. */
const THIRD = `write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

export const structure = scenarios(`
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

= a clone in the tree arrives as a clone [vault]
zfs clone tank/prod/db@a tank/prod/copy
write tank/prod/copy 262144
zfs snapshot -r tank/prod@c
zfs send -nP -w -R tank/prod@c
zfs send -w -R tank/prod@c | zfs receive -u backup/all
zfs list -H -r -t filesystem -o name,origin,encryptionroot,keystatus backup/all
zfs list -H -r -t snapshot -o name,guid,ivsetguid,clones backup/all

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

= raw streams do not go onto a clear dataset [vault]
zfs send tank/prod@a | zfs receive -u backup/clear
zfs send -w -i @a tank/prod@b | zfs receive -u backup/clear
zfs send -w -i @a tank/prod@b | zfs receive -u -F backup/clear
zfs send -w tank/prod@b | zfs receive -u -F backup/clear
zfs send -w -R tank/prod@b | zfs receive -u backup/clear
zfs send -i @a tank/prod@b | zfs receive -u backup/clear
zfs list -H -r -t all -o name,guid,encryption backup/clear

= clear streams do not go onto a raw replica without its key [vault]
zfs send -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -i @a tank/prod@b | zfs receive -u -F backup/prod
zfs send tank/prod@b | zfs receive -u -F backup/prod
${SNAPSHOTS}

= a stream that is not raw breaks a raw replica whose key is loaded [vault]
zfs load-key backup/prod
zfs send -i @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}
write tank/prod 262144
zfs snapshot tank/prod@c
zfs send -w -i @b tank/prod@c | zfs receive -u backup/prod
zfs send -w -i @b tank/prod@c | zfs receive -u -F backup/prod
zfs send -i @b tank/prod@c | zfs receive -u backup/prod
${SNAPSHOTS}

= going back before the stream that was not raw mends the replica [vault]
zfs load-key backup/prod
zfs send -i @a tank/prod@b | zfs receive -u backup/prod
zfs rollback -r backup/prod@a
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
zfs list -H -r -t snapshot -o name,guid,ivsetguid tank/prod backup/prod

= a copy encrypted anew takes no raw increments [vault]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b backup/enc
zfs send tank/prod/db@a | zfs receive -u backup/enc/db
${KEYS} backup/enc
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/enc/db
zfs send -w -i @a tank/prod/db@b | zfs receive -u -F backup/enc/db
zfs send -i @a tank/prod/db@b | zfs receive -u backup/enc/db
zfs list -H -r -t snapshot -o name,guid backup/enc

= a replica is sent onward raw without keys [vault]
zfs send -w -R backup/prod@a | zfs receive -u backup/third
${KEYS} backup
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -R -I @a backup/prod@b | zfs receive -u -v backup/third
${SNAPSHOTS}
zfs send backup/prod@b | wc -c
zfs load-key backup/third
zfs get -H -r -t filesystem -o name,value keystatus backup

= a third copy takes increments from the source itself [vault]
zfs send -w -R backup/prod@a | zfs receive -u backup/third
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/third
${SNAPSHOTS}
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/third

= snapshots of one name that are not the same [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs snapshot -r tank/prod@x
zfs snapshot -r backup/prod@x
write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@y
zfs send -w -i @x tank/prod@y | zfs receive -u backup/prod
zfs send -w -i @x tank/prod@y | zfs receive -u -F backup/prod
zfs send -w -i @b tank/prod@y | zfs receive -u backup/prod
zfs send -w -R -I @x tank/prod@y | zfs receive -u backup/prod
${SNAPSHOTS}
zfs send -w -I @b tank/prod@y | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= -R -F replaces a snapshot of the same name [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs snapshot -r backup/prod@c
${THIRD}
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v -F backup/prod
zfs list -H -r -t snapshot -o name,guid tank/prod backup/prod

= a rollback at the target and the increments again [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs rollback -r backup/prod@a
zfs send -w -i @a tank/prod@b | zfs receive -u -v backup/prod
zfs rollback -r backup/prod/db@a
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= the newest snapshot destroyed at the target and the increments with -F [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs destroy -r backup/prod@b
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= an older snapshot destroyed at the target does not hinder [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs destroy -r backup/prod@a
${THIRD}
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS}

= all snapshots destroyed at the target [vault]
zfs destroy -r backup/prod@a
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u -F backup/prod
zfs send -w -R tank/prod@b | zfs receive -u -F backup/prod
zfs list -H -r -t all -o name backup

= a child destroyed at the target [vault]
zfs destroy -r backup/prod/db
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}
zfs send -w -R tank/prod/db@b | zfs receive -u backup/prod/db
${KEYS} backup/prod

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
