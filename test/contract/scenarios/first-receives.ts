import { scenarios } from '../../../scripts/contract/scenario';

const LIST = 'zfs list -Hp -r -t all -o name,type,guid,ivsetguid,encryptionroot,keystatus,mounted';

export const firstReceives = scenarios(`
= a raw tree arrives as one encryption root [tree]
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
${LIST} tank/prod backup/prod
zfs get -r -H -t filesystem encryption,keyformat,keylocation,encryptionroot,keystatus,mountpoint,canmount backup/prod

= a raw child alone becomes an encryption root [tree]
zfs send -w tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod/db@a | zfs receive -u backup/prod/db
zfs list -r -o name,encryptionroot,keystatus,keylocation backup/prod

= a send without -w of a loaded dataset arrives in the clear [tree]
zfs send tank/prod@a | zfs receive -u backup/leak
zfs list -H -o name,encryption,encryptionroot,keystatus,keylocation,mounted backup/leak

= a send without -w of a locked dataset is refused [tree]
zfs unmount tank/prod
zfs unload-key tank/prod
zfs send -nP tank/prod@a
zfs send tank/prod@a | wc -c
zfs send -w tank/prod@a | zfs receive -u backup/prod

= -R without -w is refused [tree]
zfs send -R tank/prod@a | zfs receive -u backup/prod
zfs send -p tank/prod@a | zfs receive -u backup/prod
zfs list backup/prod

= the same full stream again [tree]
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs send -w tank/prod@a | zfs receive -u -F backup/prod
zfs send -w tank/prod@a | zfs receive -u backup
zfs send -w tank/prod@a | zfs receive -u backup/no/such
zfs send -w tank/prod@a | zfs receive -u nopool/x

= without -u a clear dataset is mounted and a locked one is not [tree]
zfs create tank/plain
zfs snapshot tank/plain@a
zfs send tank/plain@a | zfs receive backup/plain
zfs send -w -R tank/prod@a | zfs receive backup/prod
zfs list -r -o name,mounted,mountpoint backup

= -d and -e name the target [tree]
zfs create backup/in
zfs send -w -R tank/prod/db@a | zfs receive -u -d backup/in
zfs list -r -H -o name,encryptionroot backup/in
zfs send -w -R tank/prod/db@a | zfs receive -u -e backup/in
zfs list -r -H -o name backup/in
zfs send -w tank/prod@a | zfs receive -u -d backup/nowhere
zfs send -w tank/prod@a | zfs receive -d -e backup/in

= what a vault does with an increment [vault]
zfs send -nP -w -R -I @a tank/prod@b
zfs send -w -R -I @a tank/prod@b | zfs receive -u -v backup/prod
${LIST} tank/prod backup/prod
zfs get -r -H -t filesystem written backup/prod
`);
