import { scenarios } from '../../../scripts/contract/scenario';

/** Lists, properties, versions. */
export const looks = scenarios(`
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

= pools as people look at them [clear]
zpool status
zpool status tank
zpool status -v backup
zpool status -x
zpool status -x tank
zpool status nope
# how fragmented a pool is, the model does not know
zpool list -o name,size,allocated,free,checkpoint,expandsize,capacity,dedupratio,health,altroot
zpool list -o name,size backup
zpool list -H -o name,health,altroot,checkpoint
zpool list nope
`);
