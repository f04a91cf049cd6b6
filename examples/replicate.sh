#!/bin/bash
# Nightly replication, as it grew over the years.
SRC=tank/prod
DST=backup/prod
NOW=rep-$(date -u +%Y-%m-%dT%H%MZ)

zfs create -o encryption=on -o keyformat=passphrase -o keylocation=file:///keys/prod.key "$SRC"
zfs snapshot -r "$SRC@$NOW"

# The first copy.
zfs send "$SRC@$NOW" | ssh vault.example "zfs receive -F $DST"

# Every night after it.
zfs send -R -I "$SRC@rep-base" "$SRC@$NOW" | mbuffer -q -m 512M | ssh vault.example zfs receive -F "$DST"
