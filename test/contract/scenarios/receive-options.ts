import { scenarios } from '../../../scripts/contract/scenario';

const get = (dataset: string, names: string): string =>
  `zfs get -r -H -t filesystem -o name,property,value,received,source ${names} ${dataset}`;

const ALL = 'canmount,mountpoint,readonly,compression,recordsize,atime,keylocation,com.example:x';

/** Values at the source, on the top and on its child. */
const SET_SOURCE = `zfs set mountpoint=/srv/prod compression=zstd atime=off com.example:x=top tank/prod
zfs set canmount=noauto recordsize=16K readonly=off exec=off tank/prod/db`;

/** receive -o and -x. */
export const receiveOptions = scenarios(`
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

= a location that fits to no dataset there [vault]
zfs send -w tank/prod@a | zfs receive -u tank/r1
zfs send -w -i @a tank/prod@b > f1
zfs receive -u -o keylocation=none tank/r1 < f1
zfs receive -u -o keylocation=nonsense tank/r1 < f1
zfs create tank/clear
zfs snapshot tank/clear@a
zfs send tank/clear@a | zfs receive -u tank/r2
zfs snapshot tank/clear@b
zfs send -i @a tank/clear@b > f2
zfs receive -u -F -v -o keylocation=file:///keys/b tank/r2 < f2
zfs receive -u -o keylocation=nonsense tank/r2 < f2
zfs set keylocation=nonsense tank/prod
zfs set keylocation=nonsense tank
zfs receive -u -o keylocation=file:///keys/b tank/r1 < f1
zfs get -H -o property,value,source keylocation tank/r1
`);
