### strict bash
#!/bin/bash
#
# %host%: copies %pool%/%ds% to the other side.
# Runs from cron at %num%:15; mail goes to %mail%.
#
set -euo pipefail
IFS=$'\n\t'

readonly POOL=%pool%
readonly SOURCE="$POOL/%ds%"
readonly TARGET=%target%/%ds%
readonly REMOTE=%user%@%host%
PREFIX=%prefix%
KEEP=%num%
LOG=/var/log/%prefix%-%num%.log
LOCK=/run/%prefix%-%num%.lock

### posix sh
#!/bin/sh
# %prefix% job of %host%
# usage: $0 [-n] [-v] dataset ...

PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
umask 077

POOL=%pool%
SOURCE=${SOURCE:-%pool%/%ds%}
TARGET=${TARGET:-%target%}
REMOTE=${REMOTE:-%host%}
PREFIX=${PREFIX:-%prefix%}
KEEP=${KEEP:-%num%}
LOG=${LOG:-/var/log/zfs-%prefix%.log}
LOCK=/var/run/zfs-%prefix%.pid
DRY_RUN=0
VERBOSE=0

### old bash
#!/usr/bin/env bash
################################################
# Backup of %pool%/%ds%
# Written by the storage team, ask %mail%
################################################
ZFS=/sbin/zfs
ZPOOL=/sbin/zpool
SSH="ssh -o BatchMode=yes -o ConnectTimeout=%num%"
POOL="%pool%"
SOURCE="%pool%/%ds%"
TARGET="%target%/%host%"
REMOTE="%host%"
PREFIX="%prefix%"
KEEP=%num%
LOG="/var/log/backup-%ds%.log"
LOCK="/tmp/backup-%prefix%.lock"
NOW=$(date +%Y-%m-%d_%H%M)

### ksh
#!/bin/ksh
# %host% maintenance, see the wiki page for %pool%
set -o errexit
set -o nounset

typeset POOL=%pool%
typeset SOURCE=%pool%/%ds%
typeset TARGET=%target%
typeset REMOTE=%host%
typeset PREFIX=%prefix%
typeset -i KEEP=%num%
typeset LOG=/var/adm/%prefix%.log
typeset LOCK=/var/run/%prefix%.lck
