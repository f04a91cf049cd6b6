import { scenarios } from '../../../scripts/contract/scenario';

export const delegation = scenarios(`
= a user may look and estimate without any permission [tree]
as alice zfs list -H -o name,keystatus tank/prod
as alice zfs send -nP -w tank/prod@a
as alice zfs send -w tank/prod@a | wc -c
as alice zfs snapshot tank/prod@x
as alice zfs hold k tank/prod@a
as alice zfs destroy tank/prod@a
as alice zfs set atime=off tank/prod
as alice zfs unload-key tank/prod
zfs list -H -t snapshot -o name tank/prod

= permissions at the source [tree]
zfs allow alice send,hold,release,snapshot,bookmark tank/prod
zfs allow tank/prod
as alice zfs snapshot -r tank/prod@x
as alice zfs hold -r k tank/prod@a
as alice zfs release -r k tank/prod@a
as alice zfs bookmark tank/prod@a tank/prod#a
as alice zfs destroy tank/prod@x
zfs allow alice destroy,mount tank/prod
as alice zfs destroy tank/prod@x
zfs allow tank/prod
zfs unallow alice tank/prod
zfs allow tank/prod
as alice zfs snapshot tank/prod@y
zfs list -H -r -t snapshot,bookmark -o name tank/prod

= permissions that do not exist [tree]
zfs allow alice send:raw tank/prod
zfs allow alice nosuch tank/prod
zfs allow tank/nope

= what a delegated receive needs [tree]
zfs create backup/in
zfs send -w tank/prod/db@a > db
zfs allow alice receive backup/in
as alice zfs receive -u backup/in/db < db
zfs allow alice create backup/in
as alice zfs receive -u backup/in/db < db
zfs allow alice mount backup/in
as alice zfs receive -u backup/in/db < db
zfs list -H -r -t all -o name,keystatus,keylocation backup/in

= a delegated tree keeps its children as roots without change-key [vault]
zfs create backup/in
zfs send -w -R tank/prod@a > full
zfs send -w -R -I @a tank/prod@b > next
zfs allow alice receive,create,mount backup/in
as alice zfs receive -u backup/in/prod < full
zfs get -r -H -t filesystem encryptionroot,keylocation backup/in
as alice zfs receive -u backup/in/prod < next
zfs allow alice change-key backup/in
as alice zfs receive -u backup/in/again < full
zfs get -r -H -t filesystem encryptionroot,keylocation backup/in
zfs list -H -r -t snapshot -o name,guid backup/in

= properties that a user may not set are left out with exit code 0 [tree]
zfs create backup/in
zfs set compression=zstd tank/prod
zfs snapshot -r tank/prod@c
zfs send -w -R tank/prod@c > full
zfs send -w tank/prod/db@a > db
zfs allow alice receive,create,mount,change-key backup/in
as alice zfs receive -u -o canmount=off backup/in/db < db
as alice zfs receive -u backup/in/prod < full
zfs get -r -H -t filesystem canmount,compression backup/in
zfs allow alice canmount,compression backup/in
as alice zfs receive -u -o canmount=off backup/in/db2 < db
zfs get -H canmount backup/in/db2

= a user cannot mount what arrives [clear]
zfs create backup/in
zfs send tank/plain@a > plain
zfs allow alice receive,create,mount backup/in
as alice zfs receive backup/in/plain < plain
as alice zfs receive -u backup/in/plain2 < plain
zfs list -H -r -o name,mounted backup/in

= rolling back and throwing away need permissions of their own [vault]
zfs create backup/in
zfs send -w tank/prod/db@a > db
zfs allow alice receive,create,mount backup/in
as alice zfs receive -s -u backup/in/db < db
as alice zfs rollback backup/in/db@a
as alice zfs destroy backup/in/db@a
as alice zfs receive -A backup/in/db
zfs allow alice rollback,destroy backup/in
as alice zfs rollback backup/in/db@a
as alice zfs destroy backup/in/db@a
zfs list -H -r -t all -o name backup/in

= limits that nobody may set [tree]
zfs create backup/in
zfs send -w tank/prod/db@a > db
zfs allow alice receive,create,mount backup/in
as alice zfs receive -s -u -o mountpoint=none -o readonly=on -o quota=none -o refquota=none -o reservation=none -o refreservation=none -x sharenfs backup/in/db < db
zfs get -H -o property,value,source mountpoint,readonly,quota,refquota,reservation,refreservation backup/in/db
zfs send -w tank/prod/db@a | zfs receive -u -o quota=1G backup/in/other
zfs get -H -o property,value,source quota backup/in/other
as alice zfs set quota=none backup/in/db
as alice zfs set quota=1G backup/in/db
`);
