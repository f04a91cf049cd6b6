# Run once by the lab over ssh.
set -eu
truncate -s 400M /pools/backup.img
zpool create -o ashift=12 backup /pools/backup.img
zpool sync backup
