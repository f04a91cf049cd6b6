import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';

export const increments = scenarios(`
= an increment without -R [vault]
zfs send -w -i @a tank/prod@b | zfs receive -u -v backup/prod
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
${SNAPSHOTS}
zfs get -H -o name,value written backup/prod backup/prod/db

= the same increment again is ignored [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}

= an overlapping raw range swallows what follows an empty increment [vault] [2.1: there also without -w]
zfs snapshot tank/prod@c
write tank/prod 262144
zfs snapshot tank/prod@d
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -i @b tank/prod@c | zfs receive -u backup/prod
zfs send -w -I @a tank/prod@d | zfs receive -u -v backup/prod
${SNAPSHOTS}

= an overlapping raw range that ends with an empty increment [vault]
zfs snapshot tank/prod@c
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -i @b tank/prod@c | zfs receive -u backup/prod
zfs send -w -I @a tank/prod@c | zfs receive -u -v backup/prod
zfs send -w -i @b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a snapshot of its own makes the target refuse [vault]
zfs snapshot -r backup/prod@own
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${SNAPSHOTS}

= -F of one stream destroys what is newer than the base [vault]
zfs snapshot -r backup/prod@own
zfs send -w -i @a tank/prod@b | zfs receive -u -F backup/prod
${SNAPSHOTS}

= -R -F destroys what the source lacks [vault]
zfs snapshot -r backup/prod@own
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= -R -F destroys older snapshots that the source has lost [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
write tank/prod 262144
zfs snapshot -r tank/prod@c
zfs destroy -r tank/prod@a
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= without -F the target keeps what the source has lost [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
write tank/prod 262144
zfs snapshot -r tank/prod@c
zfs destroy -r tank/prod@a
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS}

= -R -F destroys a dataset that the source lacks [vault]
zfs create -o encryption=off backup/prod/extra
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
zfs list -H -r -o name backup/prod

= -R -F destroys a dataset with its snapshots when the source has destroyed it [vault]
zfs destroy -r tank/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}
write tank/prod 262144
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= the base is missing at the target [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs destroy -r backup/prod@b
write tank/prod 262144
zfs snapshot -r tank/prod@c
zfs send -w -i @b tank/prod@c | zfs receive -u backup/prod
zfs send -w -i @b tank/prod@c | zfs receive -u -F backup/prod
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${SNAPSHOTS}

= -R -F with a missing base destroys before it fails [vault]
zfs snapshot -r tank/prod@c
write tank/prod 262144
zfs snapshot -r tank/prod@d
zfs snapshot -r backup/prod@own
zfs send -w -R -I @c tank/prod@d | zfs receive -u -F backup/prod
${SNAPSHOTS}

= the base is missing at the source [vault]
zfs send -w -i @nope tank/prod@b | zfs receive -u backup/prod
zfs send -w -R -I @nope tank/prod@b | zfs receive -u backup/prod
zfs send -w -I @b tank/prod@a | zfs receive -u backup/prod
zfs send -w -i @b tank/prod@a | zfs receive -u backup/prod
${SNAPSHOTS}

= one child lacks the base at the target [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs destroy backup/prod/db@b
write tank/prod/db 262144
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u -v backup/prod
${SNAPSHOTS}

= one child lacks the base at the source [vault]
zfs destroy tank/prod/db@a
zfs send -nP -w -R -I @a tank/prod@b
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v -F backup/prod
${SNAPSHOTS}

= a mounted replica is changed by its first mount [vault]
zfs load-key -L file:///keys/a backup/prod
zfs mount backup/prod
zfs list -H -r -o name,mounted backup/prod
zfs unmount backup/prod
zfs get -H -p -o name,value keystatus backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u -F backup/prod
${SNAPSHOTS}

= a loaded key alone harms nothing [vault]
zfs load-key -L file:///keys/a backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs unload-key -r backup/prod
${SNAPSHOTS}

= readonly before the first mount keeps a replica clean [vault]
zfs set readonly=on backup/prod
zfs load-key -L file:///keys/a backup/prod
zfs mount -a
zfs list -H -r -o name,mounted,readonly backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${SNAPSHOTS}

= increments of a clear dataset [clear]
zfs send tank/plain@a | zfs receive backup/plain
write tank/plain 262144
zfs snapshot tank/plain@b
zfs send -i @a tank/plain@b | zfs receive -v backup/plain
zfs send -i @a tank/plain@b | zfs receive -v backup/plain
zfs snapshot tank/plain@c
write tank/plain 262144
zfs snapshot tank/plain@d
zfs send -I @b tank/plain@d | zfs receive -v backup/plain
zfs send -I @b tank/plain@d | zfs receive -v backup/plain
zfs list -H -r -t all -o name,guid,mounted backup/plain

= clear overlapping ranges with an empty increment [clear] [2.1: the empty increment swallows the next one]
zfs send tank/plain@a | zfs receive -u backup/plain
zfs snapshot tank/plain@b
zfs send -i @a tank/plain@b | zfs receive -u backup/plain
write tank/plain 262144
zfs snapshot tank/plain@c
zfs send -I @a tank/plain@c | zfs receive -u -v backup/plain
zfs list -H -t snapshot -o name,guid backup/plain

= a full stream with -F replaces a dataset that has no snapshots [clear]
zfs create backup/plain
zfs send tank/plain@a | zfs receive -u backup/plain
zfs send tank/plain@a | zfs receive -u -F backup/plain
zfs list -H -r -t all -o name,guid,mounted backup/plain

= -F does not put an encrypted stream over anything [tree]
zfs create backup/prod
zfs send -w tank/prod@a | zfs receive -u -F backup/prod
zfs send -w tank/prod@a | zfs receive -u backup/raw
zfs destroy backup/raw@a
zfs send -w tank/prod@a | zfs receive -u -F backup/raw
zfs list -H -r -t all -o name,encryption backup

= a package of which all is there mounts all the same [pools]
zfs create tank/c1
write tank/c1 262144
zfs snapshot -r tank/c1@s1
zfs snapshot -r tank/c1@s2
zfs send -R tank/c1@s2 | zfs receive -u -s backup/r1
zfs unmount tank/c1
zfs send -I @s1 backup/r1@s2 | zfs receive tank/c1
zfs get -H -o value mounted tank/c1
zfs send -R -I @s1 backup/r1@s2 | zfs receive -u tank/c1
zfs get -H -o value mounted tank/c1
zfs send -R -I @s1 backup/r1@s2 | zfs receive -s -o readonly=on tank/c1
zfs get -H -o value mounted tank/c1
`);
