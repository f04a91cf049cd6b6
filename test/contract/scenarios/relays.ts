import { scenarios } from '../../../scripts/contract/scenario';

const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid,userrefs';
const KEYS = 'zfs list -H -r -t filesystem,volume -o name,encryption,encryptionroot,keystatus,keylocation';

/** As a vault is received: dataset by dataset, each with what covers it. */
const INTO = 'zfs receive -s -u -o mountpoint=none -o readonly=on';

/** A relay that has two snapshots of all, its key nowhere near; and a third at the first source. */
const RELAY = `zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs set keylocation=prompt backup/prod
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

/** The same sent onward up to the older one. */
const ONWARD = `${RELAY}
zfs send -w backup/prod@a | ${INTO} backup/far
zfs send -w backup/prod/db@a | ${INTO} backup/far/db`;

/** A replica that is sent onward: nothing but holds is ever made there. */
export const relays = scenarios(`
= a relay gives children their root between two snapshots that it has [vault]
${ONWARD}
${KEYS} backup
zfs send -w -R -v -P -I @a backup/prod@b | ${INTO} -v backup/far
${KEYS} backup
${SNAPSHOTS} backup
zfs load-key -L file:///keys/a backup/far
zfs get -H -r -t filesystem -o name,value keystatus backup

= the same with -R -i [vault]
${ONWARD}
zfs send -w -R -i @a backup/prod@b | ${INTO} -v backup/far
${KEYS} backup/far
${SNAPSHOTS} backup/far

= what a relay has after the newer one is not sent [vault]
${ONWARD}
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
zfs send -w -R -v -P -I @a backup/prod@b | ${INTO} backup/far
${KEYS} backup/far
zfs send -w -I @b backup/prod@c | zfs receive -s -u -v backup/far
zfs send -w -I @b backup/prod/db@c | zfs receive -s -u -v backup/far/db
${KEYS} backup/far
${SNAPSHOTS} backup/far

= a child of the relay has more snapshots than the others [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
zfs create tank/prod/db
write tank/prod/db 262144
zfs snapshot -r tank/prod@a
write tank/prod/db 262144
zfs snapshot tank/prod/db@own
zfs snapshot tank/prod/db@empty
write tank/prod 262144
zfs snapshot -r tank/prod@b
zfs send -w -R tank/prod@b | zfs receive -u backup/prod
zfs send -w backup/prod@a | ${INTO} backup/all
zfs send -w backup/prod/db@a | ${INTO} backup/all/db
zfs send -w -R -I @a backup/prod@b | ${INTO} -v backup/all
zfs send -w backup/prod@a | ${INTO} backup/few
zfs send -w backup/prod/db@a | ${INTO} backup/few/db
zfs send -w -R -i @a backup/prod@b | ${INTO} -v backup/few
${KEYS} backup
${SNAPSHOTS} backup

= a child that is past the older snapshot is passed over where its increment holds something [vault]
${ONWARD}
zfs send -w -i @a backup/prod/db@b | zfs receive -s -u backup/far/db
zfs send -w -R -I @a backup/prod@b | ${INTO} -v backup/far
${KEYS} backup/far
${SNAPSHOTS} backup/far

= a hold at the relay stops neither what comes nor what goes [vault]
${RELAY}
zfs hold -r onward backup/prod@b
zfs send -w -R backup/prod@b | ${INTO} backup/far
zfs send -w -i @b tank/prod@c | zfs receive -s -u -v backup/prod
zfs send -w -i @b tank/prod/db@c | zfs receive -s -u -v backup/prod/db
zfs get -H -o name,value written backup/prod backup/prod/db
zfs hold -r onward backup/prod@c
zfs send -w -I @b backup/prod@c | zfs receive -s -u -v backup/far
zfs send -w -I @b backup/prod/db@c | zfs receive -s -u -v backup/far/db
zfs release -r onward backup/prod@b
${SNAPSHOTS} backup

= a relay is pruned, and what is held there stays a base [vault]
${RELAY}
zfs hold -r onward backup/prod@a
zfs send -w backup/prod@a | ${INTO} backup/far
zfs send -w backup/prod/db@a | ${INTO} backup/far/db
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
zfs destroy backup/prod@b
zfs destroy backup/prod/db@a,b
zfs destroy backup/prod/db@b
zfs send -w -R -I @a backup/prod@c | ${INTO} -v backup/far
zfs hold -r onward backup/prod@c
zfs release -r onward backup/prod@a
zfs destroy backup/prod@a
zfs destroy backup/prod/db@a
write tank/prod 262144
zfs snapshot -r tank/prod@d
zfs send -w -R -I @c tank/prod@d | zfs receive -u backup/prod
zfs send -w -I @c backup/prod@d | zfs receive -s -u -v backup/far
${KEYS} backup
${SNAPSHOTS} backup

= what was removed at the first source stays at the relay and is skipped [vault]
${RELAY}
zfs create tank/prod/new
zfs destroy -r tank/prod/db
write tank/prod 262144
zfs snapshot -r tank/prod@d
zfs snapshot -r tank/prod@e
zfs send -w -R -I @b tank/prod@e | zfs receive -u backup/prod
zfs send -w backup/prod@d | ${INTO} backup/far
zfs send -w backup/prod/new@d | ${INTO} backup/far/new
zfs send -w -R -I @d backup/prod@e | ${INTO} -v backup/far
zfs send -w -R -s -I @d backup/prod@e | ${INTO} -v backup/far
${KEYS} backup
${SNAPSHOTS} backup

= a relay to which a new child is still on its way [vault]
${ONWARD}
zfs create tank/prod/new
write tank/prod/new 262144
zfs snapshot -r tank/prod@d
zfs send -w tank/prod/new@d | head -c 100000 | zfs receive -s -u backup/prod/new
zfs send -w -R -I @a backup/prod@b | ${INTO} -v backup/far
zfs send -w -R -s -I @a backup/prod@b | ${INTO} -v backup/far
${KEYS} backup
${SNAPSHOTS} backup/far
zfs send -t $(token backup/prod/new) | zfs receive -s -u backup/prod/new
${KEYS} backup/prod

= a part of a relay is sent, whose root is above [vault]
zfs create tank/prod/db/in
zfs snapshot -r tank/prod@c
zfs snapshot -r tank/prod@d
zfs send -w -R -I @a tank/prod@d | zfs receive -u backup/prod
zfs set keylocation=prompt backup/prod
zfs send -w backup/prod/db@c | ${INTO} backup/far
zfs send -w backup/prod/db/in@c | ${INTO} backup/far/in
${KEYS} backup
zfs send -w -R -I @c backup/prod/db@d | ${INTO} -v backup/far
${KEYS} backup
${SNAPSHOTS} backup/far
zfs load-key -L file:///keys/a backup/far
zfs get -H -r -t filesystem -o name,value keystatus backup

= what is left out by name has the snapshots too [vault]
zfs create tank/prod/db/in
zfs create tank/prod/app
zfs snapshot -r tank/prod@c
zfs snapshot -r tank/prod@d
zfs send -w -R -I @a tank/prod@d | zfs receive -u backup/prod
zfs send -w backup/prod@c | ${INTO} backup/far
zfs send -w backup/prod/app@c | ${INTO} backup/far/app
zfs send -w -R -X backup/prod/db -I @c backup/prod@d | ${INTO} -v backup/far
${KEYS} backup/far
${SNAPSHOTS} backup/far

= what lacks the snapshot cannot be left out by name, and is skipped [vault]
zfs create tank/prod/app
zfs snapshot -r tank/prod@c
zfs snapshot -r tank/prod@d
zfs send -w -R -I @a tank/prod@d | zfs receive -u backup/prod
zfs destroy backup/prod/db@d
zfs send -w backup/prod@c | ${INTO} backup/far
zfs send -w backup/prod/app@c | ${INTO} backup/far/app
zfs send -w -R -X backup/prod/db -I @c backup/prod@d | ${INTO} -v backup/far
zfs send -w -R -s -X backup/prod/db -I @c backup/prod@d | ${INTO} -v backup/far
${KEYS} backup/far

= the location of the key is that of the relay [vault]
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs get -H -r -t filesystem -o name,value,source keylocation backup/prod
zfs send -w -R backup/prod@b | ${INTO} backup/file
zfs set keylocation=prompt backup/prod
zfs send -w -R backup/prod@b | ${INTO} backup/prompt
zfs get -H -r -t filesystem -o name,value,source keylocation backup

= a key that is changed at the first source goes from relay to relay [vault]
${ONWARD}
zfs send -w -R -I @a backup/prod@b | ${INTO} backup/far
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod
zfs send -w -i @b tank/prod@c | zfs receive -s -u backup/prod
zfs send -w -i @b tank/prod/db@c | zfs receive -s -u backup/prod/db
zfs send -w -i @b backup/prod@c | zfs receive -s -u backup/far
zfs send -w -i @b backup/prod/db@c | zfs receive -s -u backup/far/db
zfs load-key -L file:///keys/a backup/far
zfs load-key -L file:///keys/b backup/far
zfs get -H -r -t filesystem -o name,value keystatus backup
`);
