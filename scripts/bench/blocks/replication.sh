### has dataset
exists%n%() {
  zfs list -H -o name "$1" > /dev/null 2>&1
}
if ! exists%n% "$SOURCE"; then
  echo "no dataset $SOURCE" >&2
  exit 1
fi

### snapshot now
NOW%n%="${PREFIX}_$(date -u +%Y-%m-%dT%H%MZ)"
echo "snapshot $SOURCE@$NOW%n%"
zfs snapshot -r "$SOURCE@$NOW%n%"
zfs hold -r %prefix% "$SOURCE@$NOW%n%"

### full or incremental
send%n%() {
  local from=$1 to=$2
  if [ -z "$from" ]; then
    zfs send -w "$SOURCE@$to" |
      ssh "$REMOTE" zfs receive -s -u "$TARGET"
  else
    zfs send -w -I "@$from" "$SOURCE@$to" |
      ssh "$REMOTE" zfs receive -s -u "$TARGET"
  fi
}
send%n% "${1:-}" "$PREFIX-%num%"

### newest common
last%n%=$(zfs list -H -t snapshot -o name -S creation \
  -d 1 "$SOURCE" | head -n 1)
last%n%=${last%n%#*@}
there%n%=$(ssh "$REMOTE" zfs list -H -t snapshot \
  -o name -S creation -d 1 "$TARGET" | head -n 1)
echo "here $last%n%, there ${there%n%#*@}"

### pipeline with mbuffer
zfs send -R -w "%pool%/%ds%@%prefix%-%num%" \
  | mbuffer -q -s 128k -m 512M \
  | ssh -c aes128-gcm@openssh.com %host% \
    "mbuffer -q -m 512M | zfs receive -u -F %target%"

### options in a variable
SEND_OPTS%n%="-w"
[ "${VERBOSE:-0}" -eq 1 ] && SEND_OPTS%n%="$SEND_OPTS%n% -v"
for ds in %ds% vm media; do
  # shellcheck disable=SC2086
  zfs send $SEND_OPTS%n% -i "@old" "$POOL/$ds@new" |
    ssh "$REMOTE" "zfs receive -u $TARGET/$ds"
done

### options in an array
args%n%=(-w)
recv%n%=(-s -u -o readonly=on)
if [[ ${VERBOSE:-0} -gt 0 ]]; then
  args%n%+=(-v)
  recv%n%+=(-v)
fi
zfs send "${args%n%[@]}" "$SOURCE@%prefix%-%num%" |
  ssh "$REMOTE" zfs receive "${recv%n%[@]}" "$TARGET"

### program in a variable
: "${ZFS:=/sbin/zfs}"
$ZFS snapshot "%pool%/%ds%@manual-%num%"
$ZFS list -t snapshot -r "%pool%/%ds%" | tail -n 3
$ZFS send -w "%pool%/%ds%@manual-%num%" > %dir%/%num%.zfs

### prune old ones
zfs list -H -t snapshot -o name -s creation -r "$SOURCE" |
  grep "@$PREFIX" |
  head -n "-$KEEP" |
  while read -r snap; do
    echo "destroy $snap"
    zfs destroy "$snap"
  done

### pool health
state%n%=$(zpool list -H -o health %pool%)
if [ "$state%n%" != ONLINE ]; then
  zpool status -x %pool% | mail -s "%pool%" %mail%
fi
zpool list -H -o name,size,alloc,free,cap

### scrub
if zpool status %pool% | grep -q 'scrub in progress'; then
  echo "scrub of %pool% is running"
else
  zpool scrub %pool%
fi

### create the target
if ! ssh "$REMOTE" zfs list "$TARGET" > /dev/null 2>&1; then
  ssh "$REMOTE" zfs create -p \
    -o mountpoint=none -o readonly=on "$TARGET"
fi

### resume token
token%n%=$(ssh "$REMOTE" zfs get -H -o value \
  receive_resume_token "$TARGET")
if [ -n "$token%n%" ] && [ "$token%n%" != - ]; then
  echo "resuming a stream"
  zfs send -t "$token%n%" |
    ssh "$REMOTE" zfs receive -s -u "$TARGET"
fi

### remote heredoc
ssh -T "$REMOTE" <<'REMOTE_END'
set -e
zfs list -r -o name,used,keystatus %target%
zpool status -x
df -h %dir%
REMOTE_END

### sudo and nice
sudo zfs snapshot "%pool%/%ds%@%prefix%-%num%"
nice -n 19 ionice -c 3 zfs send -w \
  "%pool%/%ds%@%prefix%-%num%" |
  pv -q -L 40m |
  ssh %user%@%host% sudo zfs receive -u %target%/%ds%

### properties
for p in compression recordsize atime encryption; do
  value=$(zfs get -H -o value "$p" "$SOURCE")
  printf '%-14s %s\n' "$p" "$value"
done
zfs set %prefix%:last="$(date +%s)" "$SOURCE"

### wrapper functions
run%n%() {
  echo "+ $*"
  if [ "${DRY_RUN:-0}" -eq 0 ]; then
    "$@"
  fi
}
remote%n%() { ssh "$REMOTE" "$@"; }
run%n% zfs snapshot "$SOURCE@%prefix%-%num%"
run%n% zfs bookmark "$SOURCE@%prefix%-%num%" \
  "$SOURCE#%prefix%-%num%"
remote%n% zfs list -H -o name "$TARGET"

### children one by one
zfs list -H -r -o name "$SOURCE" | while read -r child; do
  rel=${child#"$SOURCE"}
  zfs send -w "$child@$PREFIX" < /dev/null |
    ssh "$REMOTE" "zfs receive -u '$TARGET$rel'"
done

### encrypted dataset
zfs create -o encryption=aes-256-gcm \
  -o keyformat=passphrase -o keylocation=prompt \
  %pool%/%ds%-%num%
zfs set compression=lz4 %pool%/%ds%-%num%
zfs send -w %pool%/%ds%-%num%@first |
  ssh %host% zfs receive -u %target%/%num%

### size estimate
bytes%n%=$(zfs send -nP -w "$SOURCE@$PREFIX" |
  awk '/^size/ { print $2 }')
if [ "${bytes%n%:-0}" -gt 1073741824 ]; then
  echo "large: $((bytes%n% / 1048576)) MiB"
fi

### eval of a command
cmd%n%="zfs list -t snapshot -o name"
[ -n "${1:-}" ] && cmd%n%="$cmd%n% -r $1"
eval "$cmd%n%" | wc -l
bash -c "zpool get -H -o value size $POOL"

### status of stages
zfs send -w "$SOURCE@a%num%" | gzip -1 > %dir%/a.gz
stages=("${PIPESTATUS[@]}")
if [ "${stages[0]}" -ne 0 ]; then
  echo "send failed: ${stages[*]}" >&2
fi

### rollback on demand
case "${1:-}" in
  rollback)
    zfs rollback -r "$SOURCE@%prefix%-%num%"
    ;;
  diff)
    zfs diff "$SOURCE@%prefix%-%num%" | sort -k 2
    ;;
  *) ;;
esac
