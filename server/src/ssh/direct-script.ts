import { quote } from '../core/shell/quote';
import type { Destination } from './destination';
import type { HostKey } from './host-key';
import { jumpCommand } from './jump-command';
import { BOOTSTRAP, encodeScript, reportPid } from './shell-script';

export interface DirectScript {
  /** Frames every report of the script. */
  readonly marker: string;
  /** Both quoted, with `elevate` worked in. */
  readonly send: string;
  readonly receive: string;
  /** The target as the source reaches it. */
  readonly target: Destination;
  readonly hostKey: HostKey;
  /** The jump host between both, as the source reaches it. */
  readonly jump?: Destination | undefined;
  /** Bytes per second. */
  readonly limit?: number | undefined;
}

/**
 * What the source runs: `send | ssh target receive`, with `pv` in between where there is a limit.
 *
 * Every stage reports its own status, since sh has no pipefail: `MARKER STAGE STATUS` on a line of its own. Standard
 * output carries what the send says and the reports of the source's stages, standard error what ssh and the receive
 * say. The target's key was verified over Rawsend's own connection, and ssh accepts no other.
 */
export function directScript(script: DirectScript): string {
  const { marker, limit } = script;
  const feed = quote(['printf', '%s\\n', encodeScript(receiveScript(script)).trimEnd()]);
  const pinned = quote(['printf', '%s\\n', `${ALIAS} ${script.hostKey.algorithm} ${script.hostKey.text}`]);
  const stages = [
    `{ ${feed}; ${script.send} 2>&3 3>&-; ${report(marker, 'send')}; }`,
    ...(limit === undefined ? [] : [`{ pv -q -L ${Math.ceil(limit)} 2>&3 3>&-; ${report(marker, 'limit')}; }`]),
    `{ ${sshCommand(script)} >&2 3>&-; ${report(marker, 'ssh')}; }`,
  ];
  return [
    ...(limit === undefined ? [] : [`command -v pv >/dev/null || { echo '${marker} no-pv 127'; exit 1; }`]),
    'umask 077',
    'known=$(mktemp) || exit 1',
    `trap 'rm -f "$known"' EXIT`,
    `trap 'exit 143' HUP INT TERM`,
    `${pinned} >"$known"`,
    `{ ${stages.join(' | ')}; } 3>&1`,
  ].join('\n');
}

const report = (marker: string, stage: string): string => `printf '\\n%s ${stage} %d\\n' '${marker}' "$?" >&3`;

/** The receive's standard output is short and comes behind its report, for standard error is the one way back. */
function receiveScript({ marker, receive }: DirectScript): string {
  return [
    reportPid(marker),
    `output=$(${receive})`,
    'status=$?',
    `printf '\\n%s receive %d\\n%s' '${marker}' "$status" "$output" >&2`,
    'exit "$status"',
  ].join('\n');
}

/** The name under which the target's key is pinned; it stands in no other file. */
const ALIAS = 'rawsend-target';

const OPTIONS = [
  'StrictHostKeyChecking=yes',
  'GlobalKnownHostsFile=/dev/null',
  `HostKeyAlias=${ALIAS}`,
  // The key may neither come from the DNS nor from a connection that somebody else opened and checked.
  'VerifyHostKeyDNS=no',
  'ControlMaster=no',
  'ControlPath=none',
  'BatchMode=yes',
  'ForwardAgent=no',
  'ClearAllForwardings=yes',
];

/** What an ssh to the target and one to a jump host are told alike. */
const SHARED = [
  'ServerAliveInterval=15',
  'Ciphers=aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes256-ctr,chacha20-poly1305@openssh.com',
];

/** Seconds to connect. Behind a jump host they hold for the whole way, and that to the jump host has to fail first. */
const TIMES = { straight: 20, jump: 20, behindJump: 45 };

function sshCommand({ marker, target, jump }: DirectScript): string {
  const way =
    jump === undefined
      ? [`ConnectTimeout=${TIMES.straight}`]
      : [
          `ConnectTimeout=${TIMES.behindJump}`,
          'ProxyUseFdpass=no',
          `ProxyCommand=${jumpCommand(jump, marker, [...SHARED, `ConnectTimeout=${TIMES.jump}`])}`,
        ];
  const options = [...OPTIONS, ...SHARED, ...way].flatMap((option) => ['-o', option]);
  const user = target.user === undefined ? [] : ['-l', target.user];
  const port = target.port === undefined ? [] : ['-p', String(target.port)];
  const rest = quote(['-T', ...options, ...user, ...port, target.host, BOOTSTRAP]);
  // The inner quotes are for ssh, which takes a list of files.
  // ssh gives a ProxyCommand to this shell, and what is quoted for sh is not for every other.
  const shell = jump === undefined ? '' : 'SHELL=/bin/sh ';
  return `${shell}ssh -o "UserKnownHostsFile=\\"$known\\"" ${rest}`;
}
