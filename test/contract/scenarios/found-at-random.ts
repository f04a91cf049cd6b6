import { scenarios } from '../../../scripts/contract/scenario';

/** What random sequences found the model to do wrong, as the fewest commands that show it. */
export const foundAtRandom = scenarios(`
= what a cut stream has begun cannot be taken a snapshot of [clear]
zfs send tank/plain@a | head -c 140000 | zfs receive -s -u tank/r1
zfs snapshot tank/r1@b
zfs snapshot -r tank/r1@b
zfs set com.example:end=1 tank
zfs list -H -o name,written tank/r1

= load-key of many takes no other location [vault]
zfs load-key -r -L file:///keys/a backup/prod
zfs load-key -a -L file:///keys/a
zfs get -H -o name,value keystatus backup/prod

= newer snapshots that changed nothing stay without -F, and bookmarks also with it [clear]
zfs send tank/plain@a | zfs receive -u tank/r1
zfs snapshot tank/r1@own
zfs bookmark tank/r1@own tank/r1#own
write tank/plain 262144
zfs snapshot tank/plain@b
zfs send -i @a tank/plain@b | zfs receive -u tank/r1
zfs list -Hp -r -t all -o name,guid,ivsetguid tank/r1
zfs send -i @a tank/plain@b | zfs receive -u -F tank/r1
zfs rename tank/r1@b tank/r1@mine
zfs send -i @a tank/plain@b | zfs receive -u -F tank/r1
zfs list -Hp -r -t all -o name,guid,ivsetguid tank/r1

= intermediates whose key is not loaded are an empty package [vault]
zfs send -w -I @a tank/prod@b | zfs receive -u backup/prod
zfs send -I @a backup/prod@b | zfs receive -u -v tank/other
zfs list -H -r -o name tank

= a new mountpoint mounts what was not mounted [clear]
zfs send tank/plain@a | zfs receive -u tank/r1
zfs create -o canmount=noauto tank/r1/c1
zfs set mountpoint=/srv/r1 tank/r1
zfs list -H -r -o name,mounted,mountpoint tank/r1
zfs unmount tank/r1
zfs inherit mountpoint tank/r1
zfs list -H -r -o name,mounted,mountpoint tank/r1
zfs set mountpoint=none tank/r1
zfs list -H -r -o name,mounted,mountpoint tank/r1

= a child that is mounted changes the file system that it is mounted in [clear]
zfs send tank/plain@a | zfs receive backup/r1
zfs send tank/plain@a | zfs receive backup/r1/child
zfs set com.example:end=1 backup
zfs list -H -r -o name,mounted,written backup/r1
write tank/plain 262144
zfs snapshot tank/plain@b
zfs send -i @a tank/plain@b > f
zfs receive backup/r1 < f
zfs rollback backup/r1@a
zfs receive backup/r1 < f
zfs list -H -r -o name,mounted,written backup/r1

= a child that leaves changes the file system that it was mounted in [pools]
zfs create tank/top
zfs create tank/top/one
zfs create tank/top/two
zfs snapshot tank/top@a
zfs rename tank/top/one tank/one
zfs set com.example:end=1 tank
zfs list -H -r -o name,mounted,written tank/top
zfs snapshot tank/top@b
zfs destroy tank/top/two
zfs set com.example:end=2 tank
zfs list -H -r -o name,mounted,written tank/top
zfs snapshot tank/top@c
zfs create tank/top/three
zfs set com.example:end=3 tank
zfs list -H -r -o name,mounted,written tank/top
zfs snapshot tank/top@d
zfs unmount tank/top/three
zfs mount tank/top/three
zfs set com.example:end=4 tank
zfs list -H -r -o name,mounted,written tank/top
zfs set canmount=off tank/top/three
zfs set com.example:end=5 tank
zfs list -H -r -o name,mounted,written tank/top

= the first properties take the key location of a root that is none at the source [tree]
zfs send -w tank/prod/db@a | zfs receive -u backup/db
write tank/prod/db 262144
zfs snapshot tank/prod/db@b
zfs send -w -p -i @a tank/prod/db@b | zfs receive -u backup/db
zfs list -H -o name,encryptionroot,keylocation backup/db

= the first mount of what was received encrypted changes it, also where the stream was not raw [tree]
zfs create tank/prod/in
zfs send tank/prod/db@a | zfs receive tank/prod/in/db
zfs set com.example:end=1 tank
zfs list -H -r -o name,mounted,written tank/prod/in
write tank/prod/db 262144
zfs snapshot tank/prod/db@b
zfs send -i @a tank/prod/db@b > f
zfs receive tank/prod/in/db < f

= the key location of a child is refused, and the stream received [vault]
zfs send -w -i @a tank/prod/db@b | zfs receive -u -o keylocation=file:///keys/b backup/prod/db
zfs list -H -r -t all -o name,keylocation backup

= a dry run of a cut stream [clear]
zfs send tank/plain@a | head -c 140000 | zfs receive -u -v -n tank/r2
zfs list -H -r -o name tank

= a renamed snapshot whose name is taken [vault]
zfs rename backup/prod/db@a backup/prod/db@mine
zfs snapshot backup/prod/db@a
zfs send -w -R -I @a tank/prod/db@b > f
zfs receive -u -v backup/prod/db < f

= a rename to the same name is none [clear]
zfs rename tank/plain@a tank/plain@a
zfs rename tank/plain tank/plain
zfs list -H -r -t all -o name tank

= a clone keeps its origin's key when what is above it gets one of its own [tree]
zfs clone tank/prod@a tank/prod/db/k1
zfs create tank/prod/db/k1/below
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod/db
zfs list -H -r -t filesystem -o name,encryptionroot,keystatus,keylocation tank/prod
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod
zfs list -H -r -t filesystem -o name,encryptionroot,keystatus,keylocation tank/prod

= a raw stream that is cut while it is read past [vault]
zfs send -w -R tank/prod@b | zfs receive -u -s tank/prod/db/r1
zfs send -w -I @a tank/prod/db/r1/db@b | head -c 107892 | zfs receive -u -s tank/prod/db

= snapshot -r passes over what a cut stream began, with all below [clear]
zfs send tank/plain@a | head -c 132148 | zfs receive -s -u tank/r1
zfs send tank/plain@a | zfs receive -u tank/r1/r2
zfs snapshot -r tank/r1@s1
zfs snapshot -r tank@s2
zfs list -H -r -t snapshot -o name tank

= a rename that the kernel refuses has unmounted all for it, and mounts it again [vault]
zfs rename tank/prod/db tank/n1
zfs set com.example:end=1 tank
zfs list -H -r -t filesystem -o name,mounted,written tank

= what a cut stream began is not thrown away with something below it [tree]
zfs send -w -R tank/prod/db@a | head -c 118176 | zfs receive -u -s backup/r3
zfs send -w tank/prod/db@a | zfs receive -u backup/r3/r4
zfs receive -A backup/r3
zfs list -H -r -o name,type backup
zfs destroy -r backup/r3/r4
zfs receive -A backup/r3
zfs list -H -r -o name,type backup

= a dry run looks at the key that it would give [clear]
zfs send tank/plain@a | zfs receive -u -n -o keylocation=file:///keys/b backup/r1
zfs send tank/plain@a | zfs receive -u -n -o keyformat=raw backup/r1
zfs send tank/plain@a | zfs receive -u -n -o encryption=on backup/r1
zfs send tank/plain@a | zfs receive -u -n -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b backup/r1
zfs send tank/plain@a | zfs receive -u -n -o encryption=on -o keyformat=passphrase backup/r1
zfs send tank/plain@a | zfs receive -u -n -o encryption=on -o keylocation=prompt backup/r1
zfs list -H -r -o name backup

= the first mount of a clone changes it where its origin was received raw [vault]
zfs load-key -L file:///keys/a backup/prod
zfs clone backup/prod/db@a backup/k1
zfs snapshot backup/k1@now
zfs set com.example:end=1 backup
zfs list -H -r -t filesystem,snapshot -o name,mounted,written backup

= the first mount of a clone changes it where its origin was received newly encrypted [vault]
zfs send tank/prod/db@b | zfs receive tank/prod/db/r1
zfs clone tank/prod/db/r1@b tank/k1
zfs set com.example:end=1 tank
zfs list -H -r -t filesystem -o name,mounted,written tank

= a replica that is rolled back is changed again by its next mount [vault]
zfs load-key -L file:///keys/a backup/prod
zfs mount backup/prod
zfs set com.example:end=1 backup
zfs list -H -o name,mounted,written backup/prod
zfs rollback backup/prod@a
zfs set com.example:end=2 backup
zfs list -H -o name,mounted,written backup/prod
zfs unmount backup/prod
zfs mount backup/prod
zfs set com.example:end=3 backup
zfs list -H -o name,mounted,written backup/prod

= the rest of a new dataset mounts it where it may [clear]
zfs send tank/plain@a | head -c 109429 | zfs receive -u -s tank/r1
zfs send -t $(token tank/r1) | zfs receive -s tank/r1
zfs list -H -o name,mounted tank/r1

= the rest of an increment is for the snapshot that it began on [vault]
zfs send -w -i @a tank/prod@b | head -c 140000 | zfs receive -u -s backup/prod
zfs snapshot backup/prod@own
zfs send -w -t $(token backup/prod) | zfs receive -u -s backup/prod
zfs list -H -r -t all -o name backup/prod
zfs get -H -o value receive_resume_token backup/prod
zfs send -w -i @a tank/prod@b | head -c 140000 | zfs receive -u -s -F backup/prod
zfs send -w -t $(token backup/prod) | zfs receive -u backup/prod
zfs list -H -r -t all -o name backup/prod
zfs send -w -i @a tank/prod@b | head -c 140000 | zfs receive -u -s -F backup/prod
zfs send -w -t $(token backup/prod) | zfs receive -u -F backup/prod
zfs list -H -r -t all -o name backup/prod

= a clear increment begins on the newest snapshot that changed nothing [clear]
zfs send tank/plain@a | zfs receive -u backup/plain
zfs snapshot backup/plain@own
write tank/plain 262144
zfs snapshot tank/plain@b
zfs send -i @a tank/plain@b | head -c 140000 | zfs receive -u -s backup/plain
zfs destroy backup/plain@a
zfs destroy backup/plain@own
zfs send -t $(token backup/plain) | zfs receive -u backup/plain
zfs list -H -r -t all -o name backup/plain

= canmount is inherited by mounting anew [tree]
zfs inherit -S canmount tank/prod/db
zfs set com.example:end=1 tank
zfs list -H -r -o name,mounted,written tank/prod
zfs snapshot -r tank/prod@x
zfs set canmount=noauto tank/prod/db
zfs inherit -S canmount tank/prod/db
zfs set com.example:end=2 tank
zfs list -H -r -o name,mounted,written tank/prod
zfs unmount tank/prod/db
zfs inherit -S canmount tank/prod/db
zfs list -H -r -o name,mounted tank/prod

= a mounted file system is read-only as soon as it receives that [pools]
zfs create tank/c1
zfs snapshot tank/c1@a
zfs send tank/c1@a | zfs receive -u -o readonly=on tank/r1
zfs snapshot tank/r1@b
zfs send -p -I @a tank/r1@b | zfs receive tank/c1
zfs get -H -o name,value,source mounted,readonly tank/c1

= an increment has no key to be given [tree]
zfs snapshot tank/prod/db@b
zfs send tank/prod/db@a | zfs receive -u backup/r1
zfs snapshot backup/r1@c
zfs send -i @a backup/r1@c | zfs receive -u -o keylocation=file:///keys/b tank/prod/db
zfs send -i @a backup/r1@c | zfs receive -u -n -o keylocation=file:///keys/b tank/prod/db
zfs send -i @a backup/r1@c | zfs receive -u -o keylocation=none tank/prod/db
zfs send -i @a backup/r1@c | zfs receive -u -o keylocation=prompt tank/prod/db

= the dependents of a clone are told with it [clear]
zfs clone tank/plain@a tank/k1
zfs snapshot tank/k1@s
zfs create tank/k1/below
zfs clone tank/k1@s tank/k2
zfs destroy tank/plain@a
zfs destroy -r tank/plain@a
zfs destroy tank/plain
zfs destroy -r tank/plain
zfs destroy tank/k1

= the rest of an increment finds its name taken [vault]
zfs send -w -i @a tank/prod@b | head -c 137606 | zfs receive -s -u -F backup/prod
zfs rename backup/prod@a backup/prod@b
zfs send -w -t $(token backup/prod) | zfs receive -u backup/prod
zfs list -H -r -d 1 -t all -o name backup/prod
zfs get -H -o value receive_resume_token backup/prod
`);
