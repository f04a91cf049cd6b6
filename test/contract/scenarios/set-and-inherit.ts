import { scenarios } from '../../../scripts/contract/scenario';

const get = (dataset: string, names: string): string =>
  `zfs get -r -H -t filesystem -o name,property,value,received,source ${names} ${dataset}`;

const ALL = 'canmount,mountpoint,readonly,compression,recordsize,atime,keylocation,com.example:x';
const LIMITS = 'quota,refquota,reservation,refreservation';

/** zfs set, zfs inherit, limits. */
export const setAndInherit = scenarios(`
= inherit hides a received value and -S shows it again [tree]
zfs set compression=zstd com.example:x=source canmount=noauto tank/prod
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs set compression=lz4 com.example:x=mine canmount=on backup/prod
zfs inherit compression backup/prod
zfs inherit com.example:x backup/prod
${get('backup/prod', ALL)}
zfs inherit -S compression backup/prod
zfs inherit -S com.example:x backup/prod
zfs inherit -S canmount backup/prod
${get('backup/prod', ALL)}

= a hidden received value stays hidden at the next package [vault]
zfs set compression=zstd tank/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
zfs inherit compression backup/prod
${get('backup/prod', 'compression')}
zfs snapshot -r tank/prod@c
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${get('backup/prod', 'compression')}

= inherit -r and -S -r go through the tree [tree]
zfs set atime=off tank/prod
zfs set atime=on compression=zstd tank/prod/db
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs set atime=on backup/prod
zfs set atime=off backup/prod/db
zfs inherit -r atime backup/prod
zfs inherit -r compression backup/prod
${get('backup/prod', 'atime,compression')}
zfs inherit -r -S atime backup/prod
${get('backup/prod', 'atime,compression')}

= inherit without a received value falls back to what is above [clear]
zfs set compression=lz4 tank
zfs set compression=zstd canmount=noauto tank/plain
zfs inherit -S compression tank/plain
zfs inherit -S canmount tank/plain
zfs inherit com.example:x tank/plain
${get('tank', 'compression,canmount,com.example:x')}

= inherit refuses what cannot be inherited [tree]
zfs set quota=100M canmount=noauto tank/prod
zfs inherit canmount tank/prod
zfs inherit quota tank/prod
zfs inherit reservation tank/prod
zfs inherit keylocation tank/prod
zfs inherit encryption tank/prod
zfs inherit keyformat tank/prod
zfs inherit keystatus tank/prod
zfs inherit compression tank/nope
${get('tank/prod', 'canmount,quota,keylocation')}
zfs inherit -S quota tank/prod
${get('tank/prod', 'canmount,quota,keylocation')}

= set refuses what is read only [tree]
zfs set encryption=off tank/prod
zfs set keyformat=passphrase tank/prod
zfs set pbkdf2iters=200000 tank/prod
zfs set keystatus=available tank/prod
zfs set type=volume tank/prod
zfs set guid=1 tank/prod
zfs set encryptionroot=tank tank/prod
${get('tank/prod', 'encryption,keyformat,keystatus,encryptionroot')}

= set refuses values that are none [clear]
zfs set canmount=never tank/plain
zfs set readonly=yes tank/plain
zfs set sync=often tank/plain
zfs set mountpoint=relative tank/plain
zfs set quota=lots tank/plain
zfs set volsize=8M tank/plain
zfs set readonly=on tank/nope
${get('tank/plain', 'canmount,readonly,mountpoint,quota')}

= set names the words that compression takes [clear]
zfs set compression=fast tank/plain
${get('tank/plain', 'compression')}

= set names the words that snapdir and checksum take [clear]
zfs set snapdir=open tank/plain
zfs set checksum=crc tank/plain
${get('tank/plain', 'snapdir,checksum')}

= a record size is a power of two [clear]
zfs set recordsize=16K tank/plain
${get('tank/plain', 'recordsize')}
zfs set recordsize=5000 tank/plain
zfs set recordsize=256 tank/plain
zfs set recordsize=32M tank/plain
zfs create -o recordsize=5000 tank/plain/sub
${get('tank/plain', 'recordsize')}

= set knows the rules of key locations [tree]
zfs create -o encryption=off tank/plain
zfs set keylocation=none tank/prod
zfs set keylocation=none tank/prod/db
zfs set keylocation=prompt tank/prod/db
zfs set keylocation=prompt tank/plain
zfs set keylocation=none tank/plain
${get('tank', 'keylocation')}
zfs set keylocation=file:///no/such/file tank/prod
${get('tank/prod', 'keylocation')}
zfs set keylocation=https://example.org/key tank/prod
zfs set keylocation=nonsense tank/prod
${get('tank/prod', 'keylocation')}

= key locations of a replica without its key [vault]
zfs set keylocation=file:///keys/a backup/prod
zfs set keylocation=none backup/prod
zfs set keylocation=file:///keys/a backup/prod/db
zfs load-key backup/prod
${get('backup/prod', 'keylocation,keystatus')}

= quotas and reservations travel [tree]
zfs set quota=100M refquota=90M tank/prod
zfs set reservation=4M refreservation=2M quota=50M tank/prod/db
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
${get('backup/prod', LIMITS)}
zfs send -w -R tank/prod@a | zfs receive -u -o quota=120M -x refquota -x reservation backup/other
${get('backup/other', LIMITS)}
zfs send -w -R tank/prod@a | zfs receive -u -o quota=none -o refreservation=none backup/third
${get('backup/third', LIMITS)}

= quotas are set, cleared and refused [clear]
zfs set quota=100M reservation=1M tank/plain
${get('tank/plain', LIMITS)}
zfs get -H -p -o name,property,value quota,reservation tank/plain
zfs set quota=none tank/plain
zfs set reservation=0 tank/plain
${get('tank/plain', LIMITS)}

= a quota below what is used is refused [clear]
zfs set quota=100K tank/plain
zfs set refquota=100K tank/plain
${get('tank/plain', LIMITS)}

= a reservation beyond the pool is refused [clear]
zfs set reservation=10T tank/plain
zfs set refreservation=10T tank/plain
${get('tank/plain', LIMITS)}

= properties of file systems on a volume [clear]
zfs create -V 8M tank/vol
zfs set canmount=off tank/vol
zfs set mountpoint=/srv/vol tank/vol
zfs set readonly=on com.example:x=vol tank/vol
zfs get -H -o name,property,value,source canmount,mountpoint,readonly,volsize,com.example:x tank/vol
zfs inherit canmount tank/vol

= receive -o canmount in a tree with a volume [clear]
zfs create -V 8M tank/plain/vol
zfs snapshot -r tank/plain@b
zfs send -R tank/plain@b | zfs receive -u -o canmount=off -o compression=zstd backup/plain
zfs list -H -r -o name,type,canmount,mountpoint,compression,volsize backup/plain
zfs get -r -H -t filesystem,volume -o name,property,value,received,source canmount,compression,refreservation backup/plain

= receive -o and -x of a file system's property for a volume alone [clear]
zfs create -V 8M tank/vol
zfs snapshot tank/vol@a
zfs send tank/vol@a > vol
zfs receive -u -x canmount backup/one < vol
zfs receive -u -o canmount=off backup/two < vol
zfs list -H -r -o name,type,volsize backup

= what a file system keeps of its files' attributes [tree]
zfs get -H -o name,property,value,source acltype,aclmode,aclinherit,xattr,dnodesize,redundant_metadata,snapdev,volmode tank/prod
zfs set acltype=posixacl xattr=sa dnodesize=auto tank/prod
zfs set aclmode=passthrough aclinherit=secure redundant_metadata=most snapdev=visible volmode=dev tank/prod
zfs get -H -r -t filesystem -o name,property,value,source acltype,aclmode,aclinherit,xattr,dnodesize tank/prod
zfs get -H -r -t filesystem -o name,property,value,source redundant_metadata,snapdev,volmode tank/prod
zfs list -H -r -t filesystem -o name,acltype,xattr,dnodesize,redundant_metadata tank/prod
zfs list -o name,acltype,aclmode,aclinherit,xattr,dnodesize,redundant_metadata,snapdev,volmode tank/prod
zfs snapshot -r tank/prod@b
zfs get -H -o name,property,value,source acltype,xattr tank/prod@b
zfs send -w -R tank/prod@b | zfs receive -u -o xattr=dir -x acltype -o volmode=geom backup/prod
zfs get -H -r -t filesystem -o name,property,value,received,source acltype,aclmode,aclinherit,xattr,dnodesize backup/prod
zfs get -H -r -t filesystem -o name,property,value,received,source redundant_metadata,snapdev,volmode backup/prod
zfs inherit -S xattr backup/prod
zfs inherit acltype tank/prod
zfs get -H -o property,value,source acltype,xattr tank/prod backup/prod

= words that these properties do not take [clear]
zfs set acltype=on tank/plain
zfs set xattr=yes tank/plain
zfs set dnodesize=3k tank/plain
zfs set redundant_metadata=less tank/plain
zfs set volmode=blk tank/plain
zfs set aclinherit=all tank/plain
zfs set aclmode=none tank/plain
zfs set snapdev=on tank/plain

= words of other names for these [clear]
zfs set acltype=noacl volmode=geom aclinherit=secure redundant_metadata=all tank/plain
zfs get -H -o property,value,source acltype,volmode,aclinherit,redundant_metadata,xattr tank/plain
zfs set acltype=disabled xattr=on redundant_metadata=some tank/plain
zfs get -H -o property,value,source acltype,xattr,redundant_metadata tank/plain
zfs set acltype=nfsv4 xattr=dir tank/plain
zfs get -H -o property,value,source acltype,xattr tank/plain
`);
