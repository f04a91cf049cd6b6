import { routeOf } from './describe-host';
import { isRelayed } from './describe-replication';
import type { Replication } from './describe-replication';
import type { Invocation, Runbook } from './runbook';
import { readSshArguments, readSshFlags } from './ssh-arguments';
import type { SshFlag } from './ssh-arguments';

/** How the ssh of a document reaches the host of a command, beside its destination. Unknown values by their names. */
export interface SshWay {
  readonly user?: string;
  readonly port?: string;
  readonly jump?: string;
  /** What else decides how it connects, as one would write it. */
  readonly others: readonly string[];
  /** It takes host keys that nobody looked at. */
  readonly takesAnyKey: boolean;
}

/** The jump host that a policy can name: one alone, of the ssh that the source starts. */
export function jumpOf(replication: Replication): string | undefined {
  const { jump } = sshWayOf(replication.receive, replication.runbook);
  return isRelayed(replication) || jump?.includes(',') ? undefined : jump;
}

/** By the ssh that the command stands in, or else the first one that leads to its host. */
export function sshWayOf(invocation: Invocation, { calls }: Pick<Runbook, 'calls'>): SshWay {
  const there = routeOf(invocation).join('\n');
  const { start, end } = invocation.programSpan;
  const ways = calls.flatMap(({ name, args, site, span }) => {
    const ssh = name === 'ssh' ? readSshArguments(args) : undefined;
    return ssh && [...site.route, ssh.destination].join('\n') === there ? { span, args } : [];
  });
  const around = ways.find(({ span }) => span.start <= start && end <= span.end) ?? ways[0];
  return toWay(readSshFlags(around?.args ?? []));
}

/** What ssh_config(5) calls a flag, in small letters. */
const KEYWORDS: Readonly<Record<string, string>> = {
  l: 'user',
  p: 'port',
  J: 'proxyjump',
  b: 'bindaddress',
  c: 'ciphers',
  F: 'include',
  i: 'identityfile',
  m: 'macs',
};

/** How a connection is kept or told of, not where it leads; and host keys, which Rawsend always checks. */
const OF_NO_MATTER =
  /^(?:|batchmode|compression|connect.*|control.*|loglevel|serveralive.*|tcpkeepalive|.*hostkey.*|.*knownhosts.*|checkhostip)$/;

function toWay(flags: readonly SshFlag[]): SshWay {
  const settings = flags.map(toSetting);
  // The first one counts, as ssh has it.
  const [user, port, jump] = ['user', 'port', 'proxyjump'].map((name) =>
    settings.find(({ keyword }) => keyword === name),
  );
  const others = settings.filter(
    ({ keyword }) => !/^(?:user|port|proxyjump)$/.test(keyword) && !OF_NO_MATTER.test(keyword),
  );
  return {
    ...(user && { user: user.value }),
    ...(port && { port: port.value }),
    ...(jump && jump.value !== 'none' && { jump: jump.value }),
    others: others.map(({ written }) => written),
    takesAnyKey: settings.some(
      ({ keyword, value }) => keyword === 'stricthostkeychecking' && /^(?:no|off|accept-new)$/i.test(value),
    ),
  };
}

interface Setting {
  readonly keyword: string;
  readonly value: string;
  readonly written: string;
}

function toSetting({ letter, value }: SshFlag): Setting {
  const written = `-${letter} ${value}`;
  const [, option = '', given = ''] = /^(\w+)\s*[=\s]\s*(.*)$/.exec(value) ?? [];
  if (letter === 'o') return { keyword: option.toLowerCase(), value: given, written };
  return { keyword: KEYWORDS[letter] ?? '', value, written };
}
