import { runSsh } from '../zfs-lab/ssh';
import type { Played } from './played';
import { KEY_FILES, linesOf } from './scenario';
import type { Scenario } from './scenario';

export interface Guest {
  readonly sshConfig: string;
  readonly host: 'source' | 'target';
}

/** Fresh pools, then every line, in one SSH session; bash tells the exit code of every stage. */
export async function playOnGuest({ sshConfig, host }: Guest, scenario: Scenario): Promise<readonly Played[]> {
  const lines = linesOf(scenario);
  const script = [PREPARE, ...lines.map((line, index) => step(index, line)), 'exit 0'].join('\n');
  const { code, stdout, stderr } = await runSsh(sshConfig, host, 'bash -s', { input: script });
  if (code !== 0) throw new Error(`${scenario.name}: the guest ended with ${code}: ${stderr.slice(-500)}`);
  return readSteps(stdout, lines);
}

const keyFiles = Object.entries(KEY_FILES)
  .map(([path, text]) => `printf %s '${text}' >${path}`)
  .join('\n');

const PREPARE = `
exec 3>&1
cd /pools
mkdir -p /keys streams
rm -f streams/*
# A scenario may leave one file system mounted over another.
awk '$3 == "zfs" { print $2 }' /proc/mounts | tac | while read -r place; do umount -l "$place"; done
for pool in $(zpool list -H -o name); do zpool destroy -f "$pool"; done
for pool in tank backup; do
  rm -rf "/$pool" "/pools/$pool.img"
  truncate -s 200M "/pools/$pool.img"
  zpool create "$pool" "/pools/$pool.img" || exit 9
done
${keyFiles}
chmod 644 /keys/*
token() { zfs get -H -o value receive_resume_token "$1"; }
write() {
  local device place= rest
  while read -r device place rest; do [ "$device" != "$1" ] || break; place=; done </proc/mounts
  [ -n "$place" ] && head -c "$2" /dev/urandom >"$place/f$RANDOM$RANDOM" || return
  zpool sync "\${1%%/*}"
}
as() { local user=$1; shift; su -s /bin/bash "$user" -c "$*"; }
# Without a program of its own: under software emulation each takes longer than many a zfs command.
tell() {
  local LC_ALL=C out= err=
  IFS= read -r -d '' out </tmp/o
  IFS= read -r -d '' err </tmp/e
  printf '@@%s %s %s %s\\n%s%s' "$1" "\${#out}" "\${#err}" "$2" "$out" "$err" >&3
}
`;

/** Streams are kept in files of their own folder. */
function step(index: number, line: string): string {
  const typed = line
    .replace(/ > (\S+)/, ' > streams/$1')
    .replace(/ < (?!\/)(\S+)/, ' < streams/$1')
    .replaceAll(/(?<=\s)([#@]\S+)/g, "'$1'");
  return `{ ${typed}; s="\${PIPESTATUS[*]}"; } </dev/null >/tmp/o 2>/tmp/e\ntell ${index} "$s"`;
}

function readSteps(text: string, lines: readonly string[]): readonly Played[] {
  const bytes = Buffer.from(text, 'utf8');
  const played: Played[] = [];
  let offset = 0;
  for (const line of lines) {
    const end = bytes.indexOf('\n', offset);
    const header = /^@@\d+ +(\d+) +(\d+) (.*)$/.exec(bytes.subarray(offset, end).toString());
    if (header === null) throw new Error(`the guest told nothing of: ${line}`);
    const [, outLength = '', errLength = '', codes = ''] = header;
    const outEnd = end + 1 + Number(outLength);
    offset = outEnd + Number(errLength);
    played.push({
      line,
      exitCodes: codes.split(' ').map(Number),
      stdout: bytes.subarray(end + 1, outEnd).toString(),
      stderr: bytes.subarray(outEnd, offset).toString(),
    });
  }
  return played;
}
