import { HostError } from '../core/run/host';
import type { HostErrorCode } from '../core/run/host';
import type { SshTarget } from './ssh-target';
import { subjectOf } from './subject';

/** How far a connection got; the same error means something else in each phase. */
export type Phase = 'connecting' | 'logging-in' | 'ready';

/** What Node calls the reasons why a machine cannot be reached. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refused the connection; is sshd running on that port?',
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved now',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to its network',
  ETIMEDOUT: 'it did not answer',
};

interface Known {
  readonly phase: Phase;
  readonly pattern: RegExp;
  readonly code: HostErrorCode;
  readonly text: (place: string, message: string) => string;
}

/** The texts of ssh2 and sshd that mean more than a lost connection, the first match counts. */
const KNOWN: readonly Known[] = [
  {
    phase: 'logging-in',
    pattern: /no matching/i,
    code: 'config',
    text: (place, message) => `${place} and Rawsend have no SSH algorithm in common (${message})`,
  },
  {
    phase: 'logging-in',
    pattern: /too many authentication failures/i,
    code: 'authentication',
    text: (place) => `${place} counted too many keys; name the right one with IdentityFile and IdentitiesOnly`,
  },
  {
    phase: 'ready',
    pattern: /keepalive timeout/i,
    code: 'disconnected',
    text: (place) => `${place} stopped answering`,
  },
];

/** Names an error of the connection; `error` is undefined when the other side just closed it. */
export function toHostError(target: SshTarget, phase: Phase, error: Error | undefined): HostError {
  const place = placeOf(target);
  if (phase === 'connecting') {
    const code = error !== undefined && 'code' in error ? String(error.code) : '';
    const reason = UNREACHABLE[code] ?? error?.message ?? 'the connection was closed';
    return new HostError('unreachable', target.name, `${place} cannot be reached: ${reason}`);
  }
  const message = error?.message ?? '';
  const known = KNOWN.find((entry) => entry.phase === phase && entry.pattern.test(message));
  if (known !== undefined) return new HostError(known.code, target.name, known.text(place, message));
  const when = phase === 'ready' ? 'was lost' : 'ended before the login was done';
  const reason = message === '' ? '' : `: ${message}`;
  return new HostError('disconnected', target.name, `The connection to ${place} ${when}${reason}`);
}

export function refusedLogin(
  target: SshTarget,
  tried: readonly string[],
  accepted: readonly string[] | undefined,
): HostError {
  const place = subjectOf(target, `${target.user}@${target.hostName}`);
  const offers = tried.length === 0 ? 'no key was found to offer' : `tried ${tried.join(', ')}`;
  const methods = accepted === undefined || accepted.length === 0 ? '' : `; it accepts ${accepted.join(', ')}`;
  return new HostError('authentication', target.name, `${place} did not accept the login: ${offers}${methods}`);
}

/** What a jump host does that refuses to connect on, and what to do about it. */
export const prohibitedForward = (next: string): string =>
  `does not let this login connect on to ${next}; allow it there, with AllowTcpForwarding and PermitOpen in sshd_config and in the options of the key`;

/** Why a jump host does not connect on (RFC 4254, section 5.1). */
const PROHIBITED = 1;

/** Names the answer of a jump host that was asked to connect on to `target`. */
export function refusedForward(target: SshTarget & { readonly via: SshTarget }, error: Error): HostError {
  const hop = placeOf(target.via);
  const next = `${target.hostName} port ${target.port}`;
  if ('reason' in error && error.reason === PROHIBITED) {
    return new HostError('config', target.name, `${hop} ${prohibitedForward(next)}`);
  }
  const reason = error.message.replace('(SSH) Channel open failure: ', '');
  return new HostError('unreachable', target.name, `${hop} cannot connect on to ${next}: ${reason}`);
}

export function placeOf(target: SshTarget): string {
  return subjectOf(target, `${target.hostName} port ${target.port}`);
}
