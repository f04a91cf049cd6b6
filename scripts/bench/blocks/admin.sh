### log functions
log%n%() {
  printf '%s %s\n' "$(date +%FT%T)" "$*" >> "$LOG"
}

die%n%() {
  log%n% "ERROR: $*"
  echo "$0: $*" >&2
  exit 1
}

### usage text
usage%n%() {
  cat <<USAGE
Usage: $0 [options] [dataset]

  -n        show what would be done
  -v        print every command
  -k NUM    snapshots that are kept (%num%)
  -h        this text

Report problems to %mail%.
USAGE
  exit 2
}

### options
while getopts nvk:h opt; do
  case $opt in
    n) DRY_RUN=1 ;;
    v) VERBOSE=1 ;;
    k) KEEP=$OPTARG ;;
    h | *) echo "usage: $0 [-n] [-v]" >&2
       exit 2 ;;
  esac
done
shift $((OPTIND - 1))

### lock file
exec 9> "$LOCK"
if ! flock -n 9; then
  echo "another run is active" >&2
  exit 0
fi
trap 'rm -f "$LOCK"' EXIT INT TERM

### pid file
if [ -f "$LOCK" ]; then
  pid=$(cat "$LOCK")
  if kill -0 "$pid" 2>/dev/null; then
    echo "still running as $pid"
    exit 1
  fi
  rm -f "$LOCK"
fi
echo $$ > "$LOCK"

### needs programs
for program in ssh awk sed date %svc%; do
  if ! command -v "$program" > /dev/null 2>&1; then
    echo "missing: $program" >&2
    missing=1
  fi
done
[ "${missing:-0}" -eq 0 ] || exit 1

### root only
if [ "$(id -u)" -ne 0 ]; then
  echo "this needs root" >&2
  exit 77
fi

### disk space
check_space%n%() {
  local mount=$1 limit=$2 used
  used=$(df -P "$mount" | awk 'NR == 2 { print $5 }')
  used=${used%\%}
  if [ "$used" -ge "$limit" ]; then
    echo "$mount is at $used percent" >&2
    return 1
  fi
}
check_space%n% %dir% %num% || true

### service restart
systemctl stop %svc%.service
sleep 5
if systemctl is-active --quiet %svc%; then
  echo "%svc% did not stop" | mail -s "%host%" %mail%
  exit 1
fi
systemctl start %svc%.service

### rotate logs
find /var/log/%svc% -name '*.log' -mtime +%num% |
  while read -r file; do
    gzip -9 "$file"
    chown %user%:adm "$file.gz"
  done

### copies files
rsync -aHAX --delete --numeric-ids \
  --exclude=/proc --exclude=/sys \
  --exclude='*.tmp' \
  /etc/ "%dir%/etc-%num%/"

### report mail
{
  echo "Subject: %host% report"
  echo "From: root@%host%"
  echo
  echo "kernel: $(uname -r)"
  echo "uptime: $(uptime)"
  df -h %dir%
  tail -n %num% "$LOG"
} | /usr/sbin/sendmail %mail%

### arithmetic
start%n%=$(date +%s)
sleep %num%
end%n%=$(date +%s)
elapsed=$((end%n% - start%n%))
printf 'took %02d:%02d:%02d\n' \
  $((elapsed / 3600)) $((elapsed % 3600 / 60)) \
  $((elapsed % 60))

### array of hosts
hosts%n%=(%host% backup1 backup2)
failed%n%=()
for h in "${hosts%n%[@]}"; do
  if ping -c 1 -W 2 "$h" > /dev/null; then
    echo "$h answers"
  else
    failed%n%+=("$h")
  fi
done
if ((${#failed%n%[@]} > 0)); then
  echo "no answer: ${failed%n%[*]}" >&2
fi

### read config
config%n%=/etc/%svc%/%prefix%.conf
if [ -r "$config%n%" ]; then
  while IFS='=' read -r key value; do
    case "$key" in
      '' | \#*) continue ;;
      keep) KEEP=$value ;;
      mail) MAILTO=$value ;;
      *) echo "unknown key: $key" >&2 ;;
    esac
  done < "$config%n%"
fi

### json status
status_json%n%() {
  local state=$1
  cat > "%dir%/status-%num%.json" <<JSON
{
  "host": "%host%",
  "state": "$state",
  "time": "$(date -u +%FT%TZ)"
}
JSON
}
status_json%n% started

### retries
retry%n%() {
  local n=0 max=$1
  shift
  until "$@"; do
    n=$((n + 1))
    [ "$n" -ge "$max" ] && return 1
    echo "try $n of $max failed, waiting"
    sleep $((n * 10))
  done
}
retry%n% 3 curl -fsS https://%host%/ping > /dev/null

### docker stop
for id in $(docker ps -q); do
  name=$(docker inspect -f '{{.Name}}' "$id")
  echo "stopping ${name#/}"
  docker stop -t %num% "$id" > /dev/null
done

### database dump
dump%n%="%dir%/dump-$(date +%u).sql.gz"
if su - postgres -c "pg_dumpall" | gzip > "$dump%n%.new"; then
  mv "$dump%n%.new" "$dump%n%"
else
  rm -f "$dump%n%.new"
  echo "dump failed" >&2
fi

### user loop
getent passwd | while IFS=: read -r u _ id _ _ home _; do
  [ "$id" -ge 1000 ] || continue
  [ -d "$home" ] || continue
  size=$(du -sm "$home" | cut -f1)
  if [ "$size" -gt %num%00 ]; then
    printf '%-16s %8d MB\n' "$u" "$size"
  fi
done

### trap and clean
work%n%=$(mktemp -d)
cleanup%n%() {
  status=$?
  rm -rf "$work%n%"
  if [ "$status" -ne 0 ]; then
    logger -t %prefix% "failed with $status"
  fi
  exit "$status"
}
trap cleanup%n% EXIT
