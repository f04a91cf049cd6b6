import { scenarios } from '../../../scripts/contract/scenario';

/** What changes nothing: dry runs, lists, and wrong use. */
export const looks = scenarios(`
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

= send by mistaken flags [tree]
zfs send -?
zfs send
zfs send -w -R
zfs send -Z tank/prod@a
zfs send -w -u tank/prod@a
zfs send -nP -w tank/prod@a tank/prod/db@a
zfs send -nP -w tank/prod@a -i
zfs list -H -r -t snapshot -o name tank/prod

= send by long names that are none [tree]
zfs send -nP -w --from @a tank/prod@a
zfs send -nP -w --json tank/prod@a
zfs list -H -r -t snapshot -o name tank/prod

= send by flags that exclude each other [vault]
zfs send -nP -w -i @a -I @a tank/prod@b
zfs send -nP -w -s tank/prod@b
zfs send -nP -t token tank/prod@b
zfs list -H -r -t snapshot -o name tank/prod

= names that -X refuses [vault]
zfs send -nP -w -R -X db tank/prod@b
zfs send -nP -w -R -X /db tank/prod@b
zfs list -H -r -t snapshot -o name tank/prod

= a saved state that there is none of [tree]
zfs send -nP -S tank/prod@a
zfs send -nP -S tank/prod
zfs list -H -r -t snapshot -o name tank/prod

= receive by mistaken flags [pools]
zfs receive -?
zfs receive
zfs receive -u
zfs receive -H backup/x
zfs receive -u backup/x backup/y
zfs receive -x backup/x
zfs receive -d -e backup
zfs receive -n -A backup/x
zfs receive -A backup/x
zfs list -H -r -o name backup

= receive -o without a value [pools]
zfs receive -u -o backup/x
zfs receive -u -o compression backup/x
zfs list -H -r -o name backup

= a property twice at a receive [pools]
zfs receive -u -o readonly=on -o readonly=off backup/x
zfs receive -u -x mountpoint -o mountpoint=none backup/x
zfs receive -u -x mountpoint -x mountpoint backup/x
zfs list -H -r -o name backup

= other commands without their operands [pools]
zfs snapshot
zfs destroy
zfs bookmark
zfs bookmark tank@a
zfs hold
zfs holds
zfs release
zfs rollback
zfs rename
zfs rename tank/x
zfs clone
zfs load-key
zfs unload-key
zfs create

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

= lists with headings [vault]
zfs list -r -o name,type,encryptionroot,keystatus,mounted tank/prod
zfs list -t snapshot -r -o name,guid,userrefs tank/prod
zfs list -d 1 -o name,mountpoint,canmount tank
zfs list -o name,rdonly,compress,recsize tank/prod
zfs list -r -t all -o name,ivsetguid,receive_resume_token backup
zfs list -o name,com.example:x tank
zfs list -t snapshot -o name tank

= lists by depth and type [vault]
zfs create tank/prod/db/deep
zfs create -V 8M tank/vol
zfs snapshot -r tank/prod/db@c
zfs bookmark tank/prod/db@c tank/prod/db#c
zfs list -H -o name tank/prod
zfs list -H -d 0 -o name tank/prod
zfs list -H -d 1 -o name tank/prod
zfs list -H -d 2 -o name,type tank
zfs list -H -d 1 -t snapshot -o name tank/prod
zfs list -H -d 2 -t snapshot -o name tank/prod
zfs list -H -t snapshot -o name tank/prod/db
zfs list -H -t all -o name tank/prod/db
zfs list -H -r -t volume -o name,volsize tank
zfs list -H -r -t bookmark -o name,guid tank
zfs list -H -r -t snapshot,bookmark -o name tank/prod/db
zfs list -H -r -t filesystem,volume -o name tank
zfs list -H -t snap -o name tank/vol

= lists of several operands and of what is not there [vault]
zfs list -H -o name tank/prod backup/prod tank
zfs list -H -o name tank/prod tank/prod
zfs list -H -r -o name backup/prod tank/prod
zfs list -H -o name tank/prod@a backup/prod
zfs list -H -o name tank/prod@a tank/prod@b
zfs list -H -o name tank/nope tank/prod
zfs list -H tank/nope
zfs list -H -o name nopool
zfs list -H -t snapshot -o name tank/prod@nope
zfs list -H -t filesystem -o name tank/prod@a
zfs list -H -t snapshot -o name tank/nope

= lists in another order [vault]
zfs list -H -r -t snapshot -s creation -o name tank/prod
zfs list -H -r -t snapshot -S creation -o name tank/prod
zfs list -H -r -t snapshot -S name -o name tank/prod
zfs list -H -r -t snapshot -s name -o name tank/prod
zfs list -H -r -s keystatus -o name,keystatus tank backup
zfs list -H -r -S name -o name tank backup

= a listed snapshot has most properties of its dataset not [vault]
zfs list -H -r -t all -o name,type,encryption,encryptionroot,keystatus,keylocation,mountpoint,canmount,compression backup/prod
zfs list -H -r -t all -o name,origin,userrefs,defer_destroy,clones,volsize backup/prod

= get with headings [vault]
zfs get keystatus,encryptionroot tank/prod
zfs get -r -t filesystem keystatus,keylocation backup/prod
zfs get -o value keystatus tank/prod
zfs get -o name,value readonly tank/prod backup/prod
zfs get -o all compression tank/prod
zfs get ivsetguid,guid tank/prod@a
zfs get com.example:x tank/prod

= get by depth, type and source [vault]
zfs set compression=lz4 tank
zfs set readonly=on com.example:x=1 tank/prod/db
zfs get -H -d 1 -t filesystem compression tank
zfs get -H -r -t snapshot guid tank/prod
zfs get -H -d 1 -t snapshot guid tank/prod
zfs get -H -r -s local compression,readonly,com.example:x tank
zfs get -H -r -s inherited compression,readonly,com.example:x tank/prod
zfs get -H -r -t filesystem -s default readonly,compression tank
zfs get -H -r -t filesystem -s none keystatus,readonly tank
zfs get -H -t filesystem keystatus
zfs get -H -p -o name,property,value,source recordsize,quota,readonly tank/prod
zfs get -H -o name,property,value,source recordsize,quota,readonly tank/prod

= get of several operands and of what is not there [vault]
zfs get -H keystatus tank/prod backup/prod tank
zfs get -H keystatus tank/nope tank/prod
zfs get -H keystatus tank/nope
zfs get -H guid tank/prod@nope
zfs get -H canmount,mounted,keylocation,userrefs tank/prod@a
zfs get -H -t snapshot guid tank/nope

= versions [pools]
zfs version

= names that list and get refuse [pools]
zfs list -H -o name tank/
zfs list -H -o name /tank
zfs list -H -o name tank//x
zfs list -H -o name tank/x@
zfs list -H -o name tank/x@a@b
zfs list -H -o name "#"
zfs list -H -o name "tank/a&b"
zfs get -H guid tank/
zfs get -H guid tank/x@
zfs get -H guid tank/x@a@b

= names that create refuses [pools]
zfs create tank/
zfs create tank//x
zfs create tank/x@a
zfs create tank
zfs create "tank/a&b"
zfs create nopool/x
zfs create tank/no/parent
zfs create tank/x
zfs create tank/x
zfs list -H -r -o name tank

= names that snapshot refuses [clear]
zfs snapshot tank/plain
zfs snapshot tank/plain@
zfs snapshot tank/plain@a@b
zfs snapshot tank/nope@b
zfs snapshot tank/plain@a
zfs snapshot "tank/plain@a&b"
zfs list -H -r -t snapshot -o name tank

= names that send refuses [clear]
zfs send -nP tank/plain@
zfs send -nP tank/plain@a@b
zfs send -nP tank//plain@a
zfs send -nP -R tank/plain@
zfs send -nP -i @ tank/plain@a

= names that destroy refuses [clear]
zfs destroy tank/
zfs destroy tank/plain@
zfs destroy tank/plain@nope
zfs destroy tank/nope@a
zfs destroy tank/plain#nope
zfs destroy tank/nope
zfs list -H -r -t all -o name tank

= names that receive refuses [clear]
zfs send tank/plain@a | zfs receive -u backup/
zfs send tank/plain@a | zfs receive -u backup//x
zfs send tank/plain@a | zfs receive -u backup/x@
zfs send tank/plain@a | zfs receive -u "backup/a&b"
zfs list -H -r -o name backup
`);
