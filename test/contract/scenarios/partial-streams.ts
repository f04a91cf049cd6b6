import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';
const ALL = 'zfs list -H -r -t all -o name,encryptionroot,keystatus,receive_resume_token backup';

/** Of the recursive stream of the tree, the first dataset and a part of the second. */
const INTO_CHILD = 'head -c 430000';
const HALF = 'head -c 180000';

/** What is done to a dataset that holds a part of a stream. */
export const partialStreams = scenarios(`
= other streams over a partial new dataset [vault]
zfs send -w tank/prod@a | ${HALF} | zfs receive -s -u backup/new
zfs send -w tank/prod@a | zfs receive -s -u backup/new
zfs send -w tank/prod@a | zfs receive -s -u -F backup/new
zfs send -w tank/prod/db@a | zfs receive -u -F backup/new
zfs send tank/prod@a | zfs receive -u -F backup/new
zfs send -w -i @a tank/prod@b | zfs receive -u backup/new
zfs send -w -i @a tank/prod@b | zfs receive -u -F backup/new
${ALL}
zfs send -t $(token backup/new) | zfs receive -u backup/new
zfs send -w -i @a tank/prod@b | zfs receive -u backup/new
${SNAPSHOTS}

= other streams over a partial increment [vault]
write tank/prod 262144
zfs snapshot tank/prod@c
zfs send -w -i @a tank/prod@b | ${HALF} | zfs receive -s -u backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -i @a tank/prod@c | zfs receive -s -u backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -s -u -F backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u -F backup/prod
zfs send -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w tank/prod@b | zfs receive -u backup/prod
${ALL}
zfs rollback backup/prod@a
zfs send -t $(token backup/prod) | zfs receive -u -v backup/prod
${SNAPSHOTS}

= a clear full stream over a partial one [clear]
zfs send tank/plain@a | ${HALF} | zfs receive -s -u backup/plain
zfs send tank/plain@a | zfs receive -s -u backup/plain
zfs send tank/plain@a | zfs receive -s -u -F backup/plain
zfs list -H -r -t all -o name,guid,receive_resume_token backup/plain
zfs send -t $(token backup/plain) | zfs receive -u -v backup/plain
zfs list -H -r -t all -o name,guid,receive_resume_token backup/plain

= a full stream with -F over a dataset without snapshots is cut [clear]
zfs create backup/plain
zfs send tank/plain@a | ${HALF} | zfs receive -s -u -F backup/plain
zfs list -H -r -t all -o name,receive_resume_token backup
zfs send -t $(token backup/plain) | zfs receive -s -u backup/plain
zfs send -t $(token backup/plain) | zfs receive -s -u -F backup/plain
zfs create backup/two
zfs send tank/plain@a | ${HALF} | zfs receive -s -u -F backup/two
zfs destroy backup/two
zfs list -H -r -t all -o name,receive_resume_token backup

= the base of a partial increment has a hidden clone [vault]
zfs send -w -i @a tank/prod/db@b | ${HALF} | zfs receive -s -u backup/prod/db
zfs list -H -r -t snapshot -o name,clones backup
zfs destroy -d backup/prod/db@a
zfs list -H -r -t snapshot -o name,clones,defer_destroy backup
zfs receive -A backup/prod/db
zfs list -H -r -t all -o name backup

= datasets with partial streams are destroyed [vault]
zfs send -w tank/prod@a | ${HALF} | zfs receive -s -u backup/new
zfs destroy backup/new
zfs send -w -R tank/prod@a | ${INTO_CHILD} | zfs receive -s -u backup/new
zfs destroy backup/new
zfs destroy -r backup/new
zfs send -w -i @a tank/prod/db@b | ${HALF} | zfs receive -s -u backup/prod/db
zfs destroy backup/prod/db
zfs destroy -r backup/prod
zfs list -H -r -t all -o name backup

= partial datasets are renamed, and not mounted [vault]
zfs send -w tank/prod@a | ${HALF} | zfs receive -s -u backup/new
zfs rename backup/new backup/other
zfs snapshot backup/other@x
zfs load-key -L file:///keys/a backup/other
zfs mount backup/other
zfs mount -a
zfs list -H -r -o name,mounted,keystatus backup/other
zfs unload-key backup/other
zfs set readonly=on backup/other
zfs send -t $(token backup/other) | zfs receive -u backup/other
zfs send -w -i @a tank/prod@b | ${HALF} | zfs receive -s -u backup/other
zfs rename backup/other backup/third
zfs send -t $(token backup/third) | zfs receive -u backup/third
zfs list -H -r -t all -o name,guid,readonly,keystatus backup/third

= what is set when the data has arrived is not set for a part of it [vault]
zfs set refquota=20M tank/prod
zfs send -w -p tank/prod@a | head -c 104914 | zfs receive -s -u -o keylocation=file:///keys/b tank/r1
zfs get -H -o property,value,source keylocation,refquota tank/r1
zfs send -w -t $(token tank/r1) | zfs receive -u -o keylocation=file:///keys/b -o refquota=10M tank/r1
zfs get -H -o property,value,source keylocation,refquota tank/r1

= what began with the parent's key does not go on raw [vault]
zfs send tank/prod@a | head -c 104914 | zfs receive -s -u tank/prod/db/r1
zfs send -w -t $(token tank/prod/db/r1) | zfs receive -s tank/prod/db/r1
zfs list -H -r -o name tank
zfs send tank/prod@a | head -c 104914 | zfs receive -s -u tank/r1
zfs send -w -t $(token tank/r1) | zfs receive -u tank/r1
zfs list -H -r -o name,encryption tank
`);
