import { scenarios } from '../../../scripts/contract/scenario';

const KEYS =
  'zfs list -H -r -t filesystem,volume -o name,encryptionroot,keystatus,keylocation,keyformat,pbkdf2iters,mounted';
const SALTS = 'zfs get -Hp -r -t filesystem -o name,property,value,source pbkdf2salt,pbkdf2iters';
const SNAPSHOTS = 'zfs list -Hp -r -t snapshot -o name,guid,ivsetguid backup';

/** Another key at the source. */
const ROTATE = 'zfs change-key -o keylocation=file:///keys/b tank/prod';

/** A third snapshot with something in it. */
const THIRD = `write tank/prod 262144
write tank/prod/db 262144
zfs snapshot -r tank/prod@c`;

/** Keys that are changed on one side, and what the next raw stream makes of them on the other. */
export const keyChanges = scenarios(`
= a new key at the source reaches the target with -R -I [vault]
${ROTATE}
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup
zfs load-key -L file:///keys/a backup/prod
zfs load-key backup/prod
zfs mount backup/prod
zfs mount backup/prod/db
${KEYS} backup

= a new key at the source reaches the target with plain increments [vault]
${ROTATE}
zfs load-key -n -L file:///keys/a backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
${KEYS} backup
zfs load-key backup/prod
zfs load-key -L file:///keys/b backup/prod
zfs mount -a
${KEYS} backup

= a child without its increment stays locked after a new key [vault]
${ROTATE}
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
zfs load-key -L file:///keys/b backup/prod
zfs mount backup/prod
zfs mount backup/prod/db
zfs mount -a
zfs send backup/prod/db@a | wc -c
${KEYS} backup
zfs unmount backup/prod
zfs unload-key backup/prod
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
zfs load-key -L file:///keys/b backup/prod
zfs mount backup/prod/db
${KEYS} backup

= a child alone with the new key is locked too [vault]
${ROTATE}
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
zfs load-key -L file:///keys/b backup/prod
zfs load-key -L file:///keys/a backup/prod
zfs mount backup/prod/db
zfs mount backup/prod
${KEYS} backup

= a new key at the target is undone by the next increment [vault]
zfs load-key backup/prod
zfs change-key -o keylocation=file:///keys/b backup/prod
zfs unload-key backup/prod
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup
zfs load-key -L file:///keys/b backup/prod
zfs load-key -L file:///keys/a backup/prod
zfs mount backup/prod
zfs mount backup/prod/db
${KEYS} backup

= a new passphrase of the target is undone by a plain increment too [vault]
zfs load-key backup/prod
echo passphrase1 | zfs change-key -o keyformat=passphrase -o keylocation=prompt -o pbkdf2iters=100000 backup/prod
zfs unload-key backup/prod
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup
zfs load-key -L file:///keys/a backup/prod
zfs mount backup/prod/db
${KEYS} backup

= the key stays loaded while a new one arrives [vault]
zfs load-key backup/prod
${ROTATE}
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup
zfs mount backup/prod
zfs unload-key backup/prod
zfs load-key backup/prod
zfs mount backup/prod
${KEYS} backup

= the salt of a passphrase tells a changed one, and travels with the next increment [pools]
echo passphrase1 | zfs create -o encryption=on -o keyformat=passphrase -o pbkdf2iters=100000 tank/prod
zfs create tank/prod/db
zfs snapshot -r tank/prod@a
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
${SALTS} tank backup
echo passphrase1 | zfs change-key -o pbkdf2iters=100000 tank/prod
zfs snapshot -r tank/prod@b
${SALTS} tank backup
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
${SALTS} tank backup
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
${SALTS} tank backup
zfs get pbkdf2salt tank/prod tank/prod@a
zfs set pbkdf2salt=1 tank/prod
zfs inherit pbkdf2salt tank/prod
zfs change-key -o keyformat=raw -o keylocation=file:///keys/a tank/prod
${SALTS} tank

= a child with its own key is changed alone [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/prod
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b tank/prod/own
zfs snapshot -r tank/prod@a
zfs send -w -R tank/prod@a | zfs receive -u backup/prod
zfs change-key -o keylocation=file:///keys/a tank/prod/own
write tank/prod/own 262144
zfs snapshot -r tank/prod@b
zfs send -w -i @a tank/prod/own@b | zfs receive -u backup/prod/own
${KEYS} backup
zfs load-key -r backup/prod
zfs load-key -L file:///keys/a backup/prod/own
${KEYS} backup

= roots follow the source with -R -I while the keys are loaded [vault]
zfs load-key backup/prod
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod/db
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup
zfs load-key backup/prod/db
zfs change-key -i tank/prod/db
${THIRD}
zfs send -w -R -I @b tank/prod@c | zfs receive -u backup/prod
${KEYS} backup
zfs mount backup/prod
zfs mount backup/prod/db
${SNAPSHOTS}

= a plain increment of a child that got its own key leaves it below its root [vault]
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod/db
zfs send -w -i @a tank/prod/db@b | zfs receive -u backup/prod/db
${KEYS} backup
zfs load-key backup/prod
zfs mount backup/prod/db
zfs load-key -L file:///keys/b backup/prod/db
${KEYS} backup

= a root of the target goes back under its parent with -R -I [vault]
zfs load-key backup/prod
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b backup/prod/db
${KEYS} backup
zfs send -w -R -I @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup
zfs mount backup/prod/db
${KEYS} backup

= the place of the key travels with -R and -p, and stays with plain increments [vault]
zfs set keylocation=prompt tank/prod
zfs send -w -i @a tank/prod@b | zfs receive -u backup/prod
${KEYS} backup
${THIRD}
zfs send -w -p -i @b tank/prod@c | zfs receive -u backup/prod
${KEYS} backup
zfs set keylocation=file:///keys/a backup/prod
zfs snapshot tank/prod@d
zfs send -w -i @c tank/prod@d | zfs receive -u backup/prod
${KEYS} backup
zfs send -w -p tank/prod/db@c | zfs receive -u backup/db
${KEYS} backup
`);
