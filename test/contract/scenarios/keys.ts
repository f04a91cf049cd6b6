import { scenarios } from '../../../scripts/contract/scenario';

const KEYS =
  'zfs list -H -r -t filesystem,volume -o name,encryptionroot,keystatus,keylocation,keyformat,pbkdf2iters,mounted';

/** Keys that are tried, loaded, unloaded, changed and given up. */
export const keys = scenarios(`
= keys are tried, loaded and unloaded [vault]
zfs load-key -n backup/prod
zfs load-key -n -L file:///keys/b backup/prod
zfs load-key -L file:///keys/b backup/prod
zfs load-key -L file:///keys/none backup/prod
zfs load-key -L file:///keys/pass backup/prod
${KEYS} backup
zfs load-key backup/prod
zfs load-key backup/prod
zfs load-key -n backup/prod
zfs load-key -n -L file:///keys/b backup/prod
${KEYS} backup
zfs unload-key backup/prod
zfs unload-key backup/prod
${KEYS} backup

= keys belong to encryption roots [vault]
zfs load-key backup/prod/db
zfs unload-key backup/prod/db
zfs load-key -n tank/prod/db
zfs unload-key tank/prod/db
zfs load-key backup
zfs unload-key backup
zfs load-key backup/nope
zfs unload-key backup/nope
zfs load-key tank/prod@a
zfs unload-key tank/prod@a

= a key in use is not unloaded [tree]
zfs unload-key tank/prod
zfs unmount tank/prod/db
zfs unload-key tank/prod
zfs unmount tank/prod
zfs unload-key tank/prod
${KEYS} tank/prod
zfs mount tank/prod/db
zfs create tank/prod/new
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b tank/prod/own
zfs snapshot tank/prod@b
zfs load-key tank/prod
zfs mount tank/prod/db
${KEYS} tank/prod

= load-key -r and -a count what they do [pools]
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/a tank/one
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b tank/one/two
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b -o canmount=off backup/three
zfs load-key -a
zfs unload-key -r tank/one
zfs unload-key -a
zfs unmount tank/one/two
zfs unmount tank/one
zfs unload-key -r tank/one
zfs unload-key -a
zfs unload-key -a
${KEYS} tank backup
zfs load-key -r tank/one
zfs load-key -r tank/one
zfs load-key -a
zfs unload-key -a
zfs set keylocation=file:///keys/b tank/one
zfs load-key -a
zfs set keylocation=file:///keys/none backup/three
zfs unload-key backup/three
zfs load-key -a
zfs load-key -n -a
zfs load-key -n -r tank/one
${KEYS} tank backup

= keys that are typed [pools]
echo passphrase1 | zfs create -o encryption=on -o keyformat=passphrase -o pbkdf2iters=100000 tank/typed
echo short | zfs create -o encryption=on -o keyformat=passphrase -o pbkdf2iters=100000 tank/short
echo ${'0123456789abcdef'.repeat(4)} | zfs create -o encryption=on -o keyformat=hex tank/hex
echo nothex | zfs create -o encryption=on -o keyformat=hex tank/nothex
${KEYS} tank
zfs unmount tank/typed
zfs unload-key tank/typed
echo wrongwrong | zfs load-key tank/typed
echo short | zfs load-key tank/typed
zfs load-key tank/typed
echo passphrase1 | zfs load-key -n tank/typed
zfs load-key -L file:///keys/pass tank/typed
zfs mount tank/typed
${KEYS} tank

= a new key opens what the old one opened [tree]
zfs change-key -o keylocation=file:///keys/b tank/prod
${KEYS} tank/prod
zfs unmount tank/prod
zfs unload-key tank/prod
zfs load-key -L file:///keys/a tank/prod
zfs load-key tank/prod
zfs mount tank/prod
zfs mount tank/prod/db
zfs change-key tank/prod
zfs change-key -o keylocation=file:///keys/a tank/prod
${KEYS} tank/prod

= a passphrase takes the place of a raw key [tree]
echo passphrase1 | zfs change-key -o keyformat=passphrase -o keylocation=prompt -o pbkdf2iters=100000 tank/prod
${KEYS} tank/prod
echo passphrase2 | zfs change-key -o pbkdf2iters=120000 tank/prod
${KEYS} tank/prod
echo passphrase2 | zfs change-key tank/prod
${KEYS} tank/prod
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod
${KEYS} tank/prod

= new keys that are refused [tree]
zfs change-key -o keyformat=nonsense tank/prod
zfs change-key -o keylocation=none tank/prod
zfs change-key -o keylocation=nonsense tank/prod
zfs change-key -o keylocation=file:///keys/none tank/prod
zfs change-key -o keylocation=file:///keys/pass tank/prod
zfs change-key -o pbkdf2iters=200000 tank/prod
zfs change-key -o keyformat=passphrase -o keylocation=file:///keys/pass -o pbkdf2iters=1000 tank/prod
zfs change-key -o compression=on tank/prod
zfs change-key -o encryption=on tank/prod
zfs change-key tank/prod/db
zfs change-key -o keylocation=file:///keys/b tank/prod/db
zfs change-key backup
zfs change-key backup/nope
zfs change-key tank/prod@a
zfs change-key -i -o keyformat=raw tank/prod
${KEYS} tank/prod

= a new key needs the old one, which -l loads [vault]
zfs change-key -o keylocation=file:///keys/b backup/prod
zfs change-key -l -o keylocation=file:///keys/b backup/prod
${KEYS} backup
zfs unload-key backup/prod
zfs set keylocation=file:///keys/a backup/prod
zfs change-key -l -o keylocation=file:///keys/a backup/prod
${KEYS} backup
zfs set keylocation=file:///keys/b backup/prod
zfs change-key -l backup/prod
${KEYS} backup

= a child takes its own key and gives it up again [tree]
zfs create tank/prod/db/in
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod/db
${KEYS} tank/prod
zfs unmount tank/prod
zfs unload-key -r tank/prod
zfs change-key -i tank/prod/db
zfs load-key tank/prod
zfs change-key -i tank/prod/db
zfs change-key -l -i tank/prod/db
${KEYS} tank/prod
zfs mount tank/prod/db/in
${KEYS} tank/prod

= keys that cannot be inherited [tree]
zfs change-key -i tank/prod
zfs change-key -i tank/prod/db
zfs change-key -i backup
zfs change-key -i tank
zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///keys/b tank/prod/own
zfs unmount tank/prod
zfs unload-key tank/prod
zfs change-key -i tank/prod/own
${KEYS} tank/prod

= clones and keys [tree]
zfs clone tank/prod/db@a tank/prod/copy
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod/copy
zfs change-key -o keyformat=raw -o keylocation=file:///keys/b tank/prod/db
${KEYS},origin tank/prod
zfs change-key -i tank/prod/db
${KEYS},origin tank/prod

= mount -l asks for the key of the root [tree]
zfs set keylocation=prompt tank/prod
zfs unmount tank/prod
zfs unload-key tank/prod
zfs mount -l tank/prod/db
zfs mount tank/prod
zfs set keylocation=file:///keys/b tank/prod
zfs mount -l tank/prod/db
zfs set keylocation=file:///keys/a tank/prod
zfs mount -l tank/prod/db
${KEYS} tank/prod
`);
