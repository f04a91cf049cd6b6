import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';
const KEYS = 'zfs list -H -r -t filesystem,volume -o name,encryption,encryptionroot,keystatus,keylocation';

/** A third snapshot with something in it. */
const THIRD = `write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

/** What a raw chain survives, and what it does not. */
export const chains = scenarios(`
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
zfs list -Hp -r -t snapshot -o name,guid,ivsetguid tank/prod backup/prod

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
`);
