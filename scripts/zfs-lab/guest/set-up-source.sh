# Run once by the lab over ssh, with the passphrase on standard input.
set -eu
read -r passphrase
truncate -s 400M /pools/tank.img
zpool create -o ashift=12 tank /pools/tank.img
# The fewest iterations that ZFS accepts: the default takes four seconds under software emulation.
echo "$passphrase" | zfs create -o encryption=aes-256-gcm -o keyformat=passphrase -o pbkdf2iters=100000 tank/prod
zfs create tank/prod/db
zfs create tank/prod/app
zfs create -V 32M tank/prod/vol
zfs create tank/plain

random() { head -c "$1" /dev/urandom; }
random 256k >/tank/prod/notes
random 4m >/tank/prod/db/table
random 1m >/tank/prod/app/state
random 1m >/tank/plain/public
volume=$(echo /dev/zd*)
random 1m >"$volume"
sync
zfs snapshot -r tank@monday

random 2m >/tank/prod/db/journal
echo tuesday >/tank/prod/app/state.today
zfs snapshot -r tank@tuesday

# Only the database changes: raw increments of the other datasets are empty.
random 1m >/tank/prod/db/journal.2
zfs snapshot -r tank@wednesday
zpool sync tank
