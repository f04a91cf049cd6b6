import { scenarios } from '../../../scripts/contract/scenario';

const get = (dataset: string, names: string): string =>
  `zfs get -r -H -t filesystem -o name,property,value,received,source ${names} ${dataset}`;

const ALL = 'canmount,mountpoint,readonly,compression,recordsize,atime,keylocation,com.example:x';

/** Values at the source, on the top and on its child. */
const SET_SOURCE = `zfs set mountpoint=/srv/prod compression=zstd atime=off com.example:x=top tank/prod
zfs set canmount=noauto recordsize=16K readonly=off exec=off tank/prod/db`;

/** What travels with a stream, and what counts at the target. */
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

= below a dataset that has received values, what is set stays [tree]
zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod/db@a | zfs receive -u backup/prod/db
zfs set readonly=on canmount=noauto quota=50M com.example:x=mine backup/prod
zfs set readonly=on canmount=off com.example:x=mine backup/prod/db
zfs snapshot -r tank/prod@b
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${get('backup/prod', 'readonly,canmount,quota,com.example:x')}
zfs set atime=off tank/prod/db
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', 'readonly,canmount,com.example:x,atime')}

= -R -I onto datasets that came without values wipes what was set there [tree]
zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod/db@a | zfs receive -u backup/prod/db
zfs set readonly=on backup/prod
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
