import { scenarios } from '../../../scripts/contract/scenario';

/** Flags, operands and names that zfs refuses. */
export const wrongUse = scenarios(`
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

= names that zfs refuses, as the page of policy-names shows them [tree]
zfs snapshot tank/prod@now@rep-1
zfs create tank//prod
zfs snapshot tank/prod@rep-%Y
`);
