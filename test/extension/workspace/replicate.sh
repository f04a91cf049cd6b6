#!/bin/bash
set -euo pipefail
zfs create -o encryption=on -o keyformat=passphrase tank/prod
zfs send tank/prod@a | ssh vault zfs receive -F backup/prod
