import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';
const ALL = 'zfs list -H -r -t all -o name,encryptionroot,keystatus,receive_resume_token backup';

/** Of the recursive stream of the tree, the first dataset and a part of the second. */
const INTO_CHILD = 'head -c 430000';
const HALF = 'head -c 180000';

/** Streams that are cut on their way, and what the token of a receive brings back. */
export const resume = scenarios(`
= a cut full stream leaves a token, and the rest follows [tree]
zfs send -w tank/prod@a | ${HALF} | zfs receive -s -u -v backup/prod
${ALL}
zfs list -H -r -o name,mounted,mountpoint,keylocation backup/prod
zfs send -nv -t $(token backup/prod)
zfs send -nP -t $(token backup/prod)
zfs send -nvP -w -t $(token backup/prod)
zfs send -n -t $(token backup/prod)
zfs send -w -t $(token backup/prod) | zfs receive -s -u -v backup/prod
${ALL}
zfs list -Hp -t snapshot -o name,guid,ivsetguid tank/prod backup/prod

= the token of a raw stream goes on raw without -w and without the key [tree]
zfs send -w tank/prod@a | ${HALF} | zfs receive -s -u backup/prod
zfs unmount tank/prod
zfs unload-key tank/prod
zfs send -t $(token backup/prod) | zfs receive -u backup/prod
${ALL}
zfs load-key -L file:///keys/a backup/prod
zfs mount backup/prod
zfs list -H -r -o name,keystatus,mounted backup/prod

= the token of a clear stream needs the key of its source [tree]
zfs send tank/prod@a | ${HALF} | zfs receive -s -u backup/clear
${ALL}
zfs send -nvP -t $(token backup/clear)
zfs unmount tank/prod
zfs unload-key tank/prod
zfs send -t $(token backup/clear) | zfs receive -s -u backup/clear
zfs send -nP -t $(token backup/clear)
zfs load-key tank/prod
zfs send -t $(token backup/clear) | zfs receive -s -u -v backup/clear
zfs list -H -r -t all -o name,guid,encryption backup/clear

= the token of a clear stream sent on with -w [tree]
zfs send tank/prod@a | ${HALF} | zfs receive -s -u backup/clear
zfs send -w -t $(token backup/clear) > raw
zfs receive -s -u backup/clear < raw
${ALL}
zfs send -t $(token backup/clear) | zfs receive -s -u backup/clear
${ALL}

= a cut increment leaves the dataset as it was, with a token [vault]
zfs send -w -i @a tank/prod/db@b | ${HALF} | zfs receive -s -u -v backup/prod/db
${ALL}
zfs list -H -r -o name,mounted,written backup/prod
zfs send -nvP -t $(token backup/prod/db)
zfs send -nv -w -t $(token backup/prod/db)
zfs destroy backup/prod/db@a
zfs destroy -r backup/prod@a
zfs snapshot backup/prod/db@own
zfs destroy backup/prod/db@own
zfs send -w -t $(token backup/prod/db) | zfs receive -s -u -v backup/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a recursive stream cut in its top [vault]
zfs send -w -R tank/prod@a | ${HALF} | zfs receive -s -u -v backup/new
${ALL}
zfs send -w -R tank/prod@a | zfs receive -s -u backup/new
zfs send -w -R tank/prod@a | zfs receive -s -u -F backup/new
zfs send -t $(token backup/new) | zfs receive -s -u -v backup/new
zfs send -w -R tank/prod@a | zfs receive -s -u backup/new
zfs send -w -R -I @a tank/prod@b | zfs receive -s -u -v backup/new
${ALL}
zfs send -w -R tank/prod/db@b | zfs receive -s -u backup/new/db
${ALL}

= a recursive stream cut in a child [vault]
zfs send -w -R tank/prod@a | ${INTO_CHILD} | zfs receive -s -u -v backup/new
${ALL}
zfs send -w -R tank/prod@a | zfs receive -s -u backup/new
zfs send -w -R -I @a tank/prod@b | zfs receive -s -u -v backup/new
${ALL}
zfs send -nvP -t $(token backup/new/db)
zfs send -t $(token backup/new/db) | zfs receive -s -u -v backup/new/db
${ALL}
zfs send -w -R -I @a tank/prod@b | zfs receive -s -u -v backup/new
${ALL}

= a recursive increment cut in a child goes on by token and then as a whole [vault]
zfs send -w -R -I @a tank/prod@b | ${INTO_CHILD} | zfs receive -s -u -v backup/prod
${ALL}
zfs send -w -R -I @a tank/prod@b | zfs receive -s -u -v backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -s -u -v -F backup/prod
zfs send -w -t $(token backup/prod/db) | zfs receive -s -u -v backup/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -s -u -v backup/prod
${ALL}
${SNAPSHOTS}

= a token belongs to one increment of a range [vault]
write tank/prod 262144
zfs snapshot tank/prod@c
zfs send -w -I @a tank/prod@c | ${INTO_CHILD} | zfs receive -s -u -v backup/prod
zfs send -nvP -t $(token backup/prod)
zfs send -t $(token backup/prod) | zfs receive -s -u -v backup/prod
zfs send -w -I @b tank/prod@c | zfs receive -s -u -v backup/prod
zfs list -Hp -t snapshot -o name,guid,ivsetguid tank/prod backup/prod

= what arrived is thrown away with -A [vault]
zfs receive -A backup/prod
zfs receive -A backup/nope
zfs receive -A backup/prod@a
zfs send -w tank/prod@a | ${HALF} | zfs receive -s -u backup/new
zfs receive -A backup/new
zfs receive -A backup/new
zfs send -w -i @a tank/prod@b | ${HALF} | zfs receive -s -u backup/prod
zfs receive -A backup/prod
zfs receive -A backup/prod
${ALL}
zfs send -w tank/prod@a | zfs receive -s -u backup/new
zfs send -w -i @a tank/prod@b | zfs receive -s -u backup/prod
${SNAPSHOTS}

= a token goes by guid when the source is renamed [vault]
zfs send -w -i @a tank/prod/db@b | ${HALF} | zfs receive -s -u backup/prod/db
zfs rename tank/prod/db@b tank/prod/db@second
zfs rename tank/prod/db@a tank/prod/db@first
zfs send -nvP -t $(token backup/prod/db)
zfs rename tank/prod/db tank/prod/data
zfs send -nvP -t $(token backup/prod/db)
zfs send -w -t $(token backup/prod/db) | zfs receive -s -u -v backup/prod/db
${SNAPSHOTS}

= a token whose snapshot is gone [vault]
zfs send -w -i @a tank/prod/db@b | ${HALF} | zfs receive -s -u backup/prod/db
zfs destroy tank/prod/db@b
zfs send -nvP -t $(token backup/prod/db)
zfs send -w -t $(token backup/prod/db) | zfs receive -s -u backup/prod/db
zfs snapshot tank/prod/db@b
zfs send -nv -t $(token backup/prod/db)
zfs send -t $(token backup/prod/db) | zfs receive -s -u backup/prod/db
zfs send -w -i @a tank/prod/db@b | zfs receive -s -u backup/prod/db
zfs destroy -r tank/prod/db
zfs send -nv -t $(token backup/prod/db)
zfs receive -A backup/prod/db
${ALL}

= a token whose base is gone, or left as a bookmark [vault]
zfs send -w -i @a tank/prod/db@b | ${HALF} | zfs receive -s -u backup/prod/db
zfs send -w -i @a tank/prod@b | ${HALF} | zfs receive -s -u backup/prod
zfs bookmark tank/prod@a tank/prod#a
zfs destroy -r tank/prod@a
zfs send -nvP -t $(token backup/prod/db)
zfs send -t $(token backup/prod/db) | zfs receive -s -u backup/prod/db
zfs send -nvP -t $(token backup/prod)
zfs send -t $(token backup/prod) | zfs receive -s -u -v backup/prod
${ALL}

= a cut stream without -s leaves nothing [vault]
zfs send -w tank/prod@a | ${HALF} | zfs receive -u backup/new
zfs send -w -R tank/prod@a | ${INTO_CHILD} | zfs receive -u -v backup/tree
zfs send -w -i @a tank/prod@b | ${HALF} | zfs receive -u -v backup/prod
zfs send -w -i @a tank/prod@b | ${HALF} | zfs receive -u -F backup/prod
zfs send tank/prod@a | ${HALF} | zfs receive -u backup/clear
${ALL}
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a resumed stream that is cut again [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
write tank/prod 1048576
zfs snapshot tank/prod@a
zfs send -w tank/prod@a | head -c 400000 | zfs receive -s -u backup/prod
zfs send -t $(token backup/prod) > rest
zfs send -t $(token backup/prod) | head -c 300000 | zfs receive -s -u -v backup/prod
${ALL}
zfs receive -s -u backup/prod < rest
zfs send -t $(token backup/prod) | head -c 100000 | zfs receive -u -v backup/prod
${ALL}

= a resumed stream goes nowhere else [vault]
zfs send -w tank/prod@a | ${HALF} | zfs receive -s -u backup/new
zfs send -w -i @a tank/prod/db@b | ${HALF} | zfs receive -s -u backup/prod/db
zfs send -t $(token backup/new) | zfs receive -s -u backup/other
zfs send -t $(token backup/new) | zfs receive -s -u backup/prod
zfs send -t $(token backup/new) | zfs receive -s -u backup/prod/db
zfs send -t $(token backup/prod/db) | zfs receive -s -u backup/prod
zfs send -t $(token backup/prod/db) | zfs receive -s -u backup/other
zfs send -t $(token backup/prod/db) | zfs receive -s -u backup/new
zfs send -t $(token backup/prod/db) | zfs receive -s -u -F backup/prod
${ALL}

= streams that are cut early [vault]
zfs send -w tank/prod@a | head -c 200 | zfs receive -s -u backup/one
zfs send -w -R tank/prod@a | head -c 200 | zfs receive -s -u backup/two
zfs send -w tank/prod@a | head -c 3000 | zfs receive -s -u backup/three
zfs send -w -i @a tank/prod@b | head -c 3000 | zfs receive -s -u backup/prod
zfs list -H -r -t all -o name,receive_resume_token backup
zfs send -t $(token backup/three) | zfs receive -u -v backup/three
zfs list -H -r -t all -o name,receive_resume_token backup/three

= values come with the first part and stay [tree]
zfs set compression=zstd com.example:x=there tank/prod
zfs send -w -R tank/prod@a | ${HALF} | zfs receive -s -u -o readonly=on -x mountpoint backup/prod
zfs get -r -H -t filesystem -o name,property,value,received,source compression,readonly,com.example:x,mountpoint,keylocation backup/prod
zfs send -t $(token backup/prod) | zfs receive -s -u -o atime=off -o readonly=off backup/prod
zfs get -r -H -t filesystem -o name,property,value,received,source compression,readonly,com.example:x,mountpoint,keylocation,atime backup/prod

= values of a cut increment stay at the dataset [vault]
zfs set compression=zstd com.example:x=there tank/prod
zfs send -w -p -i @a tank/prod@b | ${HALF} | zfs receive -s -u -o readonly=on backup/prod
zfs get -H -o name,property,value,received,source compression,readonly,com.example:x,keylocation backup/prod
zfs receive -A backup/prod
zfs send -w -p -i @a tank/prod@b | ${HALF} | zfs receive -u -o atime=off backup/prod
zfs get -H -o name,property,value,received,source compression,readonly,com.example:x,keylocation,atime backup/prod
`);
