import { scenarios } from '../../../scripts/contract/scenario';

const get = (dataset: string, names: string): string =>
  `zfs get -r -H -t filesystem -o name,property,value,received,source ${names} ${dataset}`;

const ALL = 'canmount,mountpoint,readonly,compression,recordsize,atime,keylocation,com.example:x';
const LIMITS = 'quota,refquota,reservation,refreservation';

/** Values at the source, on the top and on its child. */
const SET_SOURCE = `zfs set mountpoint=/srv/prod compression=zstd atime=off com.example:x=top tank/prod
zfs set canmount=noauto recordsize=16K readonly=off exec=off tank/prod/db`;

export const properties = scenarios(`
= -R carries what is set and leaves inheritance to the target [tree]
${SET_SOURCE}
${get('tank/prod', ALL)}
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
${get('backup/prod', ALL)}
zfs get -r -H -t filesystem -o name,value,received,source exec backup/prod

= -p carries the values of one dataset and nothing inherited [tree]
${SET_SOURCE}
zfs send -w -p tank/prod/db@a | zfs receive -u backup/db
zfs send -w -p tank/prod@a | zfs receive -u backup/prod
${get('backup', ALL)}

= a raw stream without -p carries no values [tree]
${SET_SOURCE}
zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod/db@a | zfs receive -u backup/prod/db
${get('backup/prod', ALL)}
${get('backup/prod', 'encryption,keyformat,encryptionroot,keystatus')}

= values of a clear dataset travel with -p and -R only [clear]
zfs set compression=lz4 readonly=on com.example:x=here tank/plain
zfs send tank/plain@a | zfs receive -u backup/bare
zfs send -p tank/plain@a | zfs receive -u backup/props
zfs send -R tank/plain@a | zfs receive -u backup/tree
${get('backup', 'compression,readonly,com.example:x,keylocation')}

= what changes at the source arrives with the next -R -I [vault]
${SET_SOURCE}
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', ALL)}
zfs inherit compression tank/prod
zfs inherit recordsize tank/prod/db
zfs set com.example:x=other mountpoint=/srv/other tank/prod
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', ALL)}

= an increment without -R or -p changes no values [vault]
zfs set compression=zstd com.example:x=late tank/prod
zfs set keylocation=file:///keys/b tank/prod
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', ALL)}

= what is set at the target outlives later packages [vault]
zfs set canmount=off mountpoint=none readonly=on com.example:x=mine backup/prod
zfs set canmount=noauto compression=lz4 backup/prod/db
zfs set mountpoint=/srv/prod compression=zstd com.example:x=theirs tank/prod
zfs set readonly=on tank/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', ALL)}
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u -F backup/prod
${get('backup/prod', ALL)}

= the key location of the source replaces the one at the target each time [vault]
zfs set keylocation=file:///keys/b backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', 'keylocation,encryptionroot')}
zfs set keylocation=prompt tank/prod
zfs snapshot -r tank/prod@c
zfs set keylocation=https://example.org/key backup/prod
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', 'keylocation,encryptionroot')}

= the first values that a dataset receives wipe its own [tree]
zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs set canmount=noauto compression=zstd com.example:x=mine backup/prod
${get('backup/prod', ALL)}
write tank/prod 262144
zfs snapshot tank/prod@b
zfs send -w -p -i @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', ALL)}
zfs set canmount=noauto compression=zstd com.example:x=again backup/prod
write tank/prod 262144
zfs snapshot tank/prod@c
zfs send -w -p -i @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', ALL)}

= -R -I onto datasets that came without values wipes what was set there [tree]
zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod/db@a | zfs receive -u backup/prod/db
zfs set readonly=on backup/prod
zfs set canmount=off backup/prod/db
write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@b
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', 'readonly,canmount,keylocation,encryptionroot')}

= a plain increment leaves what is set at the target alone [tree]
zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs set canmount=noauto compression=zstd backup/prod
write tank/prod 262144
zfs snapshot tank/prod@b
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', ALL)}

= receive -o sets the top and makes children inherit [tree]
${SET_SOURCE}
zfs send -w -R tank/prod@a | zfs receive -u -o canmount=off -o readonly=on -o mountpoint=none backup/prod
${get('backup/prod', ALL)}

= receive -o of values that the child has of its own [tree]
zfs set recordsize=16K atime=off compression=lz4 com.example:x=child tank/prod/db
zfs send -w -R tank/prod@a | zfs receive -u -o recordsize=32K -o atime=on -o compression=zstd -o com.example:x=given backup/prod
${get('backup/prod', ALL)}

= receive -x leaves values out in the whole tree [tree]
${SET_SOURCE}
zfs send -w -R tank/prod@a | zfs receive -u -x mountpoint -x canmount backup/one
${get('backup/one', ALL)}
zfs send -w -R tank/prod@a | zfs receive -u -x compression -x recordsize -x atime -x com.example:x -x readonly backup/two
${get('backup/two', ALL)}

= receive -o and -x of a single stream without values [tree]
zfs send -w tank/prod@a | zfs receive -u -o canmount=noauto -o readonly=on -x mountpoint backup/prod
zfs send -w tank/prod/db@a | zfs receive -u -o mountpoint=/srv/db -o com.example:x=1 -x compression backup/prod/db
${get('backup/prod', ALL)}

= receive -o and -x of the key location [tree]
zfs send -w tank/prod@a | zfs receive -u -o keylocation=file:///keys/b backup/one
zfs send -w -R tank/prod@a | zfs receive -u -o keylocation=file:///keys/b backup/two
zfs send -w -R tank/prod@a | zfs receive -u -x keylocation backup/three
zfs send -w tank/prod@a | zfs receive -u -x keylocation backup/four
zfs send -w -p tank/prod@a | zfs receive -u -o keylocation=prompt backup/five
${get('backup', 'keylocation,encryptionroot')}

= key parameters of a raw package can be neither set nor left out [tree]
zfs send -w -R tank/prod@a | zfs receive -u -o encryption=on backup/one
zfs send -w -R tank/prod@a | zfs receive -u -o encryption=off backup/one
zfs send -w -R tank/prod@a | zfs receive -u -x encryption backup/one
zfs send -w -R tank/prod@a | zfs receive -u -o keyformat=raw backup/one
zfs send -w -R tank/prod@a | zfs receive -u -x keyformat backup/one
zfs send -w -R tank/prod@a | zfs receive -u -o pbkdf2iters=200000 backup/one
zfs send -w -R tank/prod@a | zfs receive -u -x pbkdf2iters backup/one
zfs list -H -r -o name backup

= key parameters of a single raw stream can be neither set nor left out [tree]
zfs send -w tank/prod@a | zfs receive -u -o encryption=on backup/one
zfs send -w tank/prod@a | zfs receive -u -x encryption backup/one
zfs send -w tank/prod@a | zfs receive -u -o keyformat=raw -o keylocation=file:///keys/b backup/one
zfs send -w -p tank/prod@a | zfs receive -u -x pbkdf2iters backup/one
zfs list -H -r -o name backup

= key parameters of raw increments can be neither set nor left out [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u -x encryption backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u -o keyformat=raw backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u -o encryption=off backup/prod
zfs list -H -r -t snapshot -o name,guid backup

= receive -o encrypts a clear stream with a key of its own [clear]
zfs send tank/plain@a | zfs receive -u -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b backup/safe
zfs list -H -r -t all -o name,encryption,encryptionroot,keystatus,keylocation,keyformat backup/safe

= properties that a receive can neither set nor leave out [tree]
zfs send -w -R tank/prod@a | zfs receive -u -o volsize=1G backup/one
zfs send -w -R tank/prod@a | zfs receive -u -o type=filesystem backup/one
zfs send -w -R tank/prod@a | zfs receive -u -o nosuch=1 backup/one
zfs send -w -R tank/prod@a | zfs receive -u -x nosuch backup/one
zfs send -w tank/prod@a | zfs receive -u -o guid=1 backup/one
zfs send -w tank/prod@a | zfs receive -u -x written backup/one
zfs list -H -r -o name backup

= values that a receive refuses [tree]
zfs send -w -R tank/prod@a | zfs receive -u -o atime=maybe backup/one
zfs send -w tank/prod@a | zfs receive -u -o canmount=never backup/one
zfs send -w tank/prod@a | zfs receive -u -o mountpoint=srv backup/one
zfs send -w tank/prod@a | zfs receive -u -o quota=many backup/one
zfs list -H -r -o name backup

= receive -o on an increment stays until it is set otherwise [vault]
zfs set mountpoint=/srv/prod tank/prod
zfs set canmount=noauto readonly=off tank/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u -o canmount=off -o readonly=on backup/prod
${get('backup/prod', ALL)}
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', ALL)}

= receive -x on an increment keeps the received value out of sight [vault]
zfs set mountpoint=/srv/prod tank/prod
zfs set canmount=noauto tank/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u -x mountpoint -x canmount backup/prod
${get('backup/prod', ALL)}
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', ALL)}

= receive -x does not take away what is set at the target [vault]
zfs set compression=lz4 com.example:x=mine backup/prod
zfs set compression=zstd com.example:x=theirs tank/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u -x compression -x com.example:x backup/prod
${get('backup/prod', ALL)}

= readonly at the top set later does not reach a child that received its own [tree]
zfs set readonly=off tank/prod/db
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs set readonly=on backup/prod
${get('backup/prod', 'readonly')}
zfs send -w -R tank/prod@a | zfs receive -u -o readonly=on backup/other
${get('backup/other', 'readonly')}

= inherit hides a received value and -S shows it again [tree]
zfs set compression=zstd com.example:x=source canmount=noauto tank/prod
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs set compression=lz4 com.example:x=mine canmount=on backup/prod
zfs inherit compression backup/prod
zfs inherit com.example:x backup/prod
${get('backup/prod', ALL)}
zfs inherit -S compression backup/prod
zfs inherit -S com.example:x backup/prod
zfs inherit -S canmount backup/prod
${get('backup/prod', ALL)}

= a hidden received value stays hidden at the next package [vault]
zfs set compression=zstd tank/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs inherit compression backup/prod
${get('backup/prod', 'compression')}
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', 'compression')}

= inherit -r and -S -r go through the tree [tree]
zfs set atime=off tank/prod
zfs set atime=on compression=zstd tank/prod/db
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs set atime=on backup/prod
zfs set atime=off backup/prod/db
zfs inherit -r atime backup/prod
zfs inherit -r compression backup/prod
${get('backup/prod', 'atime,compression')}
zfs inherit -r -S atime backup/prod
${get('backup/prod', 'atime,compression')}

= inherit without a received value falls back to what is above [clear]
zfs set compression=lz4 tank
zfs set compression=zstd canmount=noauto tank/plain
zfs inherit -S compression tank/plain
zfs inherit -S canmount tank/plain
zfs inherit com.example:x tank/plain
${get('tank', 'compression,canmount,com.example:x')}

= inherit refuses what cannot be inherited [tree]
zfs set quota=100M canmount=noauto tank/prod
zfs inherit canmount tank/prod
zfs inherit quota tank/prod
zfs inherit reservation tank/prod
zfs inherit keylocation tank/prod
zfs inherit encryption tank/prod
zfs inherit keyformat tank/prod
zfs inherit keystatus tank/prod
zfs inherit compression tank/nope
${get('tank/prod', 'canmount,quota,keylocation')}
zfs inherit -S quota tank/prod
${get('tank/prod', 'canmount,quota,keylocation')}

= set refuses what is read only [tree]
zfs set encryption=off tank/prod
zfs set keyformat=passphrase tank/prod
zfs set pbkdf2iters=200000 tank/prod
zfs set keystatus=available tank/prod
zfs set type=volume tank/prod
zfs set guid=1 tank/prod
zfs set encryptionroot=tank tank/prod
${get('tank/prod', 'encryption,keyformat,keystatus,encryptionroot')}

= set refuses values that are none [clear]
zfs set canmount=never tank/plain
zfs set readonly=yes tank/plain
zfs set sync=often tank/plain
zfs set mountpoint=relative tank/plain
zfs set quota=lots tank/plain
zfs set volsize=8M tank/plain
zfs set readonly=on tank/nope
${get('tank/plain', 'canmount,readonly,mountpoint,quota')}

= set names the words that compression takes [clear]
zfs set compression=fast tank/plain
${get('tank/plain', 'compression')}

= set names the words that snapdir and checksum take [clear]
zfs set snapdir=open tank/plain
zfs set checksum=crc tank/plain
${get('tank/plain', 'snapdir,checksum')}

= a record size is a power of two [clear]
zfs set recordsize=16K tank/plain
${get('tank/plain', 'recordsize')}
zfs set recordsize=5000 tank/plain
${get('tank/plain', 'recordsize')}

= set knows the rules of key locations [tree]
zfs create -o encryption=off tank/plain
zfs set keylocation=none tank/prod
zfs set keylocation=none tank/prod/db
zfs set keylocation=prompt tank/prod/db
zfs set keylocation=prompt tank/plain
zfs set keylocation=none tank/plain
${get('tank', 'keylocation')}
zfs set keylocation=file:///no/such/file tank/prod
${get('tank/prod', 'keylocation')}
zfs set keylocation=https://example.org/key tank/prod
zfs set keylocation=nonsense tank/prod
${get('tank/prod', 'keylocation')}

= key locations of a replica without its key [vault]
zfs set keylocation=file:///keys/a backup/prod
zfs set keylocation=none backup/prod
zfs set keylocation=file:///keys/a backup/prod/db
zfs load-key backup/prod
${get('backup/prod', 'keylocation,keystatus')}

= quotas and reservations travel [tree]
zfs set quota=100M refquota=90M tank/prod
zfs set reservation=4M refreservation=2M quota=50M tank/prod/db
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
${get('backup/prod', LIMITS)}
zfs send -w -R tank/prod@a | zfs receive -u -o quota=120M -x refquota -x reservation backup/other
${get('backup/other', LIMITS)}
zfs send -w -R tank/prod@a | zfs receive -u -o quota=none -o refreservation=none backup/third
${get('backup/third', LIMITS)}

= quotas are set, cleared and refused [clear]
zfs set quota=100M reservation=1M tank/plain
${get('tank/plain', LIMITS)}
zfs get -H -p -o name,property,value quota,reservation tank/plain
zfs set quota=none tank/plain
zfs set reservation=0 tank/plain
${get('tank/plain', LIMITS)}

= a quota below what is used is refused [clear]
zfs set quota=100K tank/plain
zfs set refquota=100K tank/plain
${get('tank/plain', LIMITS)}

= a reservation beyond the pool is refused [clear]
zfs set reservation=10T tank/plain
zfs set refreservation=10T tank/plain
${get('tank/plain', LIMITS)}

= properties of file systems on a volume [clear]
zfs create -V 8M tank/vol
zfs set canmount=off tank/vol
zfs set mountpoint=/srv/vol tank/vol
zfs set readonly=on com.example:x=vol tank/vol
zfs get -H -o name,property,value,source canmount,mountpoint,readonly,volsize,com.example:x tank/vol
zfs inherit canmount tank/vol

= receive -o canmount in a tree with a volume [clear]
zfs create -V 8M tank/plain/vol
zfs snapshot -r tank/plain@b
zfs send -R tank/plain@b | zfs receive -u -o canmount=off -o compression=zstd backup/plain
zfs list -H -r -o name,type,canmount,mountpoint,compression,volsize backup/plain
zfs get -r -H -t filesystem,volume -o name,property,value,received,source canmount,compression,refreservation backup/plain

= receive -o and -x of a file system's property for a volume alone [clear]
zfs create -V 8M tank/vol
zfs snapshot tank/vol@a
zfs send tank/vol@a > vol
zfs receive -u -x canmount backup/one < vol
zfs receive -u -o canmount=off backup/two < vol
zfs list -H -r -o name,type,volsize backup

= the mountpoint of the source mounts the copy over it [clear]
zfs set mountpoint=/srv/plain tank/plain
zfs send -p tank/plain@a | zfs receive backup/plain
zfs get -H -o name,property,value,received,source mountpoint,mounted tank/plain backup/plain
zfs send -p tank/plain@a | zfs receive -x mountpoint backup/apart
zfs send -p tank/plain@a | zfs receive -o mountpoint=none backup/nowhere
zfs send -p tank/plain@a | zfs receive -o canmount=noauto backup/later
zfs list -H -r -o name,mounted,mountpoint,canmount backup

= a mountpoint that travelled counts when the key is loaded [vault]
zfs set mountpoint=/srv/prod tank/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs list -H -r -o name,mounted,mountpoint backup/prod
zfs set mountpoint=none backup/prod
zfs load-key -L file:///keys/a backup/prod
zfs mount -a
zfs list -H -r -o name,mounted,mountpoint backup/prod
zfs mount backup/prod

= canmount at the source while it is mounted [tree]
zfs set canmount=off tank/prod
zfs list -H -r -o name,mounted,canmount tank/prod
zfs set canmount=noauto tank/prod
zfs list -H -r -o name,mounted,canmount tank/prod
zfs mount -a
zfs mount tank/prod
zfs list -H -r -o name,mounted,canmount tank/prod

= send -b passes on what was received and not what is set here [clear]
zfs set compression=zstd com.example:x=first mountpoint=/srv/prod tank/plain
zfs send -R tank/plain@a | zfs receive -u backup/prod
zfs set compression=lz4 readonly=on com.example:y=here backup/prod
zfs send -R -b backup/prod@a | zfs receive -u backup/again
${get('backup/again', `${ALL},com.example:y`)}
zfs send -R backup/prod@a | zfs receive -u backup/onward
${get('backup/onward', `${ALL},com.example:y`)}
zfs send -b backup/prod@a | zfs receive -u backup/single
${get('backup/single', `${ALL},com.example:y`)}

= a hidden received value is not passed on [clear]
zfs set compression=zstd atime=off tank/plain
zfs send -R tank/plain@a | zfs receive -u backup/prod
zfs inherit compression backup/prod
zfs send -R backup/prod@a | zfs receive -u backup/onward
${get('backup/onward', 'compression,atime')}
zfs send -R -b backup/prod@a | zfs receive -u backup/again
${get('backup/again', 'compression,atime')}

= user properties of snapshots travel with -R [clear]
zfs set com.example:x=kept tank/plain@a
zfs set com.example:y=above tank/plain
zfs get -H -o name,property,value,source com.example:x,com.example:y tank/plain@a
zfs send -R tank/plain@a | zfs receive -u backup/tree
zfs send -p tank/plain@a | zfs receive -u backup/props
zfs send tank/plain@a | zfs receive -u backup/bare
zfs get -H -o name,property,value,received,source com.example:x,com.example:y backup/tree@a backup/props@a backup/bare@a

= values are set at creation and inherited below [pools]
zfs create -o compression=zstd -o com.example:x=1 -o canmount=off tank/top
zfs create tank/top/mid
zfs create -o readonly=on -o mountpoint=/srv/low tank/top/mid/low
zfs create -o atime=maybe tank/bad
zfs create -o guid=1 tank/bad
zfs get -r -H -o name,property,value,source canmount,mountpoint,readonly,compression,mounted,com.example:x tank
`);
