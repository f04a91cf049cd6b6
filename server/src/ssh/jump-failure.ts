import { HostError } from '../core/run/host';
import type { CheckRequest, HostErrorCode } from '../core/run/host';
import { quote } from '../core/shell/quote';
import { prohibitedForward } from './connection-error';
import { parseDestination } from './destination';

interface Names {
  readonly source: string;
  readonly target: string;
  readonly jump: string;
  /** What a person types on the source to reach the jump host. */
  readonly ssh: string;
}

interface Known {
  readonly pattern: RegExp;
  readonly code: HostErrorCode;
  readonly text: (names: Names) => string;
}

/** What ssh says on the source before a jump host takes it further, the first match counts. */
const KNOWN: readonly Known[] = [
  {
    pattern: /remote host identification has changed|host key .* revoked|revoked host key/i,
    code: 'host-key-changed',
    text: ({ source }) =>
      `shows another key than ${source} knows it by; somebody may be in between, or it was installed anew: find out, then correct known_hosts on ${source}`,
  },
  {
    pattern: /host key verification failed|host key is known for/i,
    code: 'host-key-unknown',
    text: ({ source, ssh }) =>
      `is not known to ${source}; compare its key with the host's own and accept it once on ${source}, with \`${ssh}\``,
  },
  {
    pattern: /permission denied|too many authentication failures/i,
    code: 'authentication',
    text: ({ source, ssh }) =>
      `did not accept the login from ${source}; \`${ssh}\` has to work there without a question`,
  },
  {
    pattern: /administratively prohibited/i,
    code: 'config',
    text: ({ target }) => prohibitedForward(target),
  },
  {
    pattern: /stdio forwarding failed|open failed/i,
    code: 'unreachable',
    text: ({ target }) =>
      `cannot connect on to ${target}; where it calls it otherwise than this machine does, write that as transport.address`,
  },
  {
    pattern: /^ssh: /m,
    code: 'unreachable',
    text: ({ source }) => `cannot be reached from ${source}`,
  },
];

/** What the other ssh says when the way ends under it. */
const CONSEQUENCE = /UNKNOWN port 65535|^kex_exchange_identification|^ssh_exchange_identification|^banner exchange/;

/** Names why a jump host did not carry the connection. */
export function jumpFailure(jump: string, { source, target }: CheckRequest, said: string): HostError {
  const known = KNOWN.find(({ pattern }) => pattern.test(said));
  const names = { source: source.name, target: target.name, jump, ssh: sshTo(jump) };
  const what = known === undefined ? 'ended the connection' : `${known.text(names)}; nothing was sent`;
  const lines = said.split(/\r?\n/).filter((line) => line.trim() !== '' && !CONSEQUENCE.test(line));
  const told = lines.length === 0 ? said : lines.join('\n');
  const text = told === '' ? '' : `: ${told}`;
  return new HostError(
    known?.code ?? 'disconnected',
    source.name,
    `${jump}, the jump host from ${source.name} to ${target.name}, ${what}${text}`,
  );
}

function sshTo(jump: string): string {
  const parsed = parseDestination(jump);
  if (!parsed.ok) return quote(['ssh', jump]);
  const { user, host, port } = parsed.value;
  const flags = port === undefined ? [] : ['-p', String(port)];
  return quote(['ssh', ...flags, user === undefined ? host : `${user}@${host}`]);
}
