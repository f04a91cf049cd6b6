import { scenarios } from '../../../scripts/contract/scenario';

/** What a send and a receive would do. */
export const dryRuns = scenarios(`
= dry runs of a full stream [vault]
zfs send -nP -w tank/prod/db@b
zfs send -nvP -w tank/prod@a
zfs send -nv -w tank/prod@a
zfs send -n -w tank/prod@a
zfs send -nP --raw tank/prod@b
zfs send -nP -w -p tank/prod@a
zfs send -nP -w -L -e -c tank/prod@a
zfs send -nP tank/prod@a -w
zfs send -nP -w -h tank/prod@b
zfs send -nP -w -b tank/prod@b
zfs list -H -r -t snapshot -o name tank

= a dry run says that streams are no longer deduplicated [tree]
zfs send -nP -w -D tank/prod@a
zfs list -H -r -t snapshot -o name tank

= dry runs of whole trees [vault]
zfs send -nP -w -R tank/prod@b
zfs send -nP -w -R tank/prod@a
zfs send -nv -w -R tank/prod@a
zfs send -nv -w -R tank/prod@b
zfs send -n -w -R tank/prod@a
zfs send -nP -wR tank/prod/db@b
zfs send -nP -wRpehLc tank/prod@b

= dry runs of single increments [vault]
zfs send -nP -w -i @a tank/prod@b
zfs send -nP -w -i tank/prod@a tank/prod@b
zfs send -nP -w -i a tank/prod@b
zfs send -nv -w -i @a tank/prod/db@b
zfs send -nP -w -I @a tank/prod@b
zfs send -nP -w -I a tank/prod/db@b
zfs send -nv -w -I tank/prod@a tank/prod@b
zfs send -nP -wi@a tank/prod@b

= dry runs of ranges with a snapshot between [vault]
write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c
zfs send -nP -w -I @a tank/prod@c
zfs send -nP -w -i @a tank/prod@c
zfs send -nP -w -R -I @a tank/prod@c
zfs send -nP -w -R -i @a tank/prod@c
zfs send -nP -w -R -I a tank/prod@b
zfs send -nv -w -R -I @a tank/prod@c
zfs send -nP -RwI @b tank/prod@c

= datasets are left out of a tree with -X [vault]
zfs send -nP -w -R -X tank/prod/db tank/prod@b
zfs send -nP -w -R --exclude=tank/prod/db tank/prod@a
zfs send -nP -w -R -X tank/prod/none tank/prod@b
zfs send -nP -w -R -X tank/prod/db -I @a tank/prod@b
zfs send -nP -w -X tank/prod/db tank/prod@b
zfs send -w -R -X tank/prod/db tank/prod@b | zfs receive -u backup/part
zfs list -H -r -o name backup

= a base that is later than what is sent [vault]
zfs send -nP -w -i @b tank/prod@a
zfs send -nP -w -i @a tank/prod@a
zfs send -nP -w -I @b tank/prod@a
zfs send -nP -w -R -I @b tank/prod@a
zfs send -w -i @b tank/prod@a | wc -c

= a base that is later than what is sent and a snapshot later still [vault]
write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c
zfs send -nP -w -i @b tank/prod@a
zfs send -nP -w -R -I @b tank/prod@a
zfs list -H -r -t snapshot -o name tank/prod

= a base of another dataset [vault]
zfs send -nP -w -i tank/prod/db@a tank/prod@b
zfs send -nP -w -I tank/prod/db@a tank/prod@b
zfs send -nP -w -i backup/prod@a tank/prod@b

= snapshots and datasets that a send does not find [vault]
zfs send -nP -w tank/prod@nope
zfs send -nP -w -R tank/prod@nope
zfs send -nP -w tank/nope@a
zfs send -nP -w -i @nope tank/prod@b
zfs send -nP -w -i nope tank/prod@b
zfs send -nP -w -I @nope tank/prod@b
zfs send -nP -w -R -I @nope tank/prod@b
zfs send -nP -w -R -I @a tank/prod@nope
zfs send -w tank/prod@nope | wc -c
zfs send -w -R tank/prod@nope | wc -c

= a send of a tree without a snapshot's name [vault]
zfs send -nP -w -R tank/prod
zfs send -nP -w -I @a tank/prod
zfs list -H -r -t snapshot -o name tank/prod

= a child that has lost the snapshot [vault]
zfs destroy tank/prod/db@b
zfs send -nP -w -R tank/prod@b
zfs send -nP -w -R -s tank/prod@b
zfs send -nP -w -R -I @a tank/prod@b
zfs send -nP -w -R -s -I @a tank/prod@b
zfs send -w -R tank/prod@b | wc -c
zfs send -w -R -s -I @a tank/prod@b | zfs receive -u backup/prod
zfs list -H -r -t snapshot -o name,guid backup

= a child that has lost the base [vault]
zfs destroy tank/prod/db@a
zfs send -nP -w -R -I @a tank/prod@b
zfs send -nP -w -R tank/prod@a
zfs send -nP -w -R -s tank/prod@a
zfs send -nP -w -R tank/prod@b
zfs list -H -r -t snapshot -o name tank/prod

= a child that was created after the snapshot [vault]
zfs create tank/prod/late
write tank/prod/late 262144
zfs snapshot tank/prod/late@c
zfs send -nP -w -R tank/prod@b
zfs send -nP -w -R -s tank/prod@b
zfs send -w -R tank/prod@b | zfs receive -u backup/again
zfs list -H -r -o name backup/again

= a child that was created between the snapshots [vault]
zfs create tank/prod/late
write tank/prod/late 262144
write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c
zfs send -nP -w -R -I @a tank/prod@c
zfs send -nP -w -R -i @a tank/prod@c
zfs send -nP -w -R tank/prod@a

= dry runs of clear datasets [clear]
write tank/plain 262144
zfs snapshot tank/plain@b
zfs send -nP tank/plain@a
zfs send -nP -w tank/plain@a
zfs send -nP -R tank/plain@a
zfs send -nv -R -w tank/plain@b
zfs send -nP -p tank/plain@b
zfs send -nP -i @a tank/plain@b
zfs send -nP -R -I a tank/plain@b

= dry runs of encrypted datasets without -w [vault]
zfs send -nP tank/prod@a
zfs send -nP -c tank/prod@a
zfs send -nP -p tank/prod@a
zfs send -nP -b tank/prod@a
zfs send -nP -h tank/prod@a
zfs send -nP -R tank/prod@a
zfs send -nP -R -I @a tank/prod@b
zfs send -nP -i @a tank/prod@b
zfs send -nP -I @a tank/prod@b

= dry runs of a replica without its key [vault]
zfs send -nP backup/prod@a
zfs send -nP -R backup/prod@a
zfs send -nP -w -R backup/prod@a
zfs send backup/prod@a | wc -c
zfs list -H -r -o name,keystatus backup

= bookmarks as bases [vault]
zfs bookmark tank/prod@a tank/prod#m
zfs destroy tank/prod@a
zfs send -nP -w -i tank/prod#m tank/prod@b
zfs send -nP -w -i #m tank/prod@b
zfs send -nP -w -I #m tank/prod@b
zfs send -nP -w -R -i #m tank/prod@b
zfs send -nP -w -i m tank/prod@b
zfs send -w -i #m tank/prod@b | zfs receive -u backup/prod
zfs list -H -r -t snapshot,bookmark -o name,guid tank/prod
zfs list -H -t snapshot -o name,guid backup/prod

= a bookmark is not later than its own snapshot [tree]
zfs bookmark tank/prod@a tank/prod#m
zfs send -nP -w -i #m tank/prod@a
zfs list -H -t bookmark -o name,guid tank/prod

= a bookmark is nothing that is sent [tree]
zfs bookmark tank/prod@a tank/prod#m
zfs send -nP -w tank/prod#m
zfs list -H -t bookmark -o name tank/prod

= a base as a bookmark that does not exist [vault]
zfs send -nP -w -i #nope tank/prod@b
zfs send -w -i #nope tank/prod@b | wc -c

= receive -n of full streams [tree]
zfs send -w tank/prod@a | zfs receive -n -u backup/one
zfs send -w tank/prod@a | zfs receive -n -v backup/one
zfs send -w tank/prod@a | zfs receive -n -v -F -s backup/one
zfs send -w tank/prod@a | zfs receive -n -v backup/one@other
zfs send -w tank/prod@a | zfs receive -n -v -o compression=on -x mountpoint backup/one
zfs send -w tank/prod@a | zfs receive -n -v backup/no/parent
zfs send -w tank/prod@a | zfs receive -n -v -d backup
zfs send -w tank/prod@a | zfs receive -n -v -e backup
zfs send -w tank/prod@a | zfs receive -n -d backup/none
zfs list -H -r -o name backup

= receive -n of a whole tree stops at the first child [tree]
zfs send -w -R tank/prod@a | zfs receive -n -v backup/one
zfs list -H -r -o name backup

= receive -n of increments [vault]
zfs send -w -i @a tank/prod@b | zfs receive -n -v backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -n -v backup/prod
zfs send -w tank/prod@a | zfs receive -n -v backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -n -v backup/none
zfs list -H -r -t snapshot -o name backup
`);
