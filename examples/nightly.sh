#!/bin/bash
set -euo pipefail
SRC=tank/prod DST=backup/prod NOW=rep-$(date -u +%Y-%m-%dT%H%MZ)

zfs create -o encryption=on -o keyformat=passphrase "$SRC"

zfs snapshot "$SRC@$NOW"
zfs send "$SRC@$NOW" | ssh vault.example "zfs receive -u $DST"
