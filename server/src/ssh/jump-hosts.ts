import { ok } from '../core/result';
import type { Result } from '../core/result';
import { HostError } from '../core/run/host';
import { parseDestination } from './destination';
import type { Destination } from './destination';
import type { Directives } from './directives';
import type { SshTarget } from './ssh-target';
import { subjectOf } from './subject';

/** How the ssh configuration reaches a host; absent for straight there. */
export type Proxy = { readonly kind: 'command' } | { readonly kind: 'jump'; readonly list: string };

export interface Resolved {
  /** The host as a person types it. */
  readonly alias: string;
  readonly target: SshTarget;
  readonly proxy: Proxy | undefined;
}

/** Looks one host up, without its way; `jump` is how a jump host is written. */
export type Resolve = (destination: Destination, jump?: string) => Resolved;

export const isGiven = (value: string): boolean => value.toLowerCase() !== 'none';

/**
 * Of ProxyJump and ProxyCommand ssh heeds the one that stands first (ssh_config(5)), with one exception that OpenSSH 9.2
 * shows: a ProxyCommand counts behind `ProxyJump none`.
 */
export function readProxy(config: Directives, expand: (text: string) => string): Proxy | undefined {
  const jump = config.first('proxyjump');
  const command = config.first('proxycommand');
  const jumps = jump !== undefined && isGiven(jump);
  if (jumps && config.isBefore('proxyjump', 'proxycommand')) return { kind: 'jump', list: expand(jump) };
  return command !== undefined && isGiven(command) ? { kind: 'command' } : undefined;
}

/** More than anybody needs; a configuration that comes to more is one that never ends. */
const MOST = 8;

/**
 * The host and the whole way to it, as ssh goes it: the hosts of ProxyJump in their order, of which only the first is
 * reached as the configuration says of it. Throws a HostError `config` for a way that Rawsend cannot go.
 */
export function resolveWay(destination: Destination, resolve: Resolve): SshTarget {
  const reach = (resolved: Resolved, before: readonly Resolved[], hops: number): SshTarget => {
    const { target, proxy } = resolved;
    if (proxy === undefined) return target;
    const way = [...before, resolved];
    if (proxy.kind === 'command') throw refusal(target, NO_COMMAND);
    if (before.some((other) => isSame(other, resolved))) throw refusal(target, circle(way));
    const jumps = parseJumps(proxy.list);
    if (!jumps.ok) throw refusal(target, `by ProxyJump, but ${jumps.error}`);
    const count = hops + jumps.value.length;
    if (count > MOST) throw refusal(target, TOO_MANY);
    const [first, ...others] = jumps.value.map((jump) => resolve(jump, jump.host));
    if (first === undefined) return target;
    const begin = reach(first, way, count);
    return { ...target, via: others.reduce<SshTarget>((via, next) => ({ ...next.target, via }), begin) };
  };
  return reach(resolve(destination), [], 0);
}

/** `[user@]host[:port]` or `ssh://[user@]host[:port]`, separated by commas. */
function parseJumps(list: string): Result<readonly Destination[], string> {
  const jumps: Destination[] = [];
  for (const text of list.split(',')) {
    const parsed = parseDestination(text.replace(/^ssh:\/\/([^/]*)\/?$/i, '$1'));
    if (!parsed.ok) return parsed;
    jumps.push(parsed.value);
  }
  return ok(jumps);
}

const isSame = (one: Resolved, other: Resolved): boolean =>
  one.alias === other.alias && one.target.port === other.target.port && one.target.user === other.target.user;

const refusal = (target: SshTarget, how: string): HostError =>
  new HostError('config', target.name, `The ssh configuration reaches ${subjectOf(target)} ${how}`);

const NO_COMMAND =
  'by ProxyCommand, a command of this machine, and Rawsend starts none to connect; write ProxyJump where it is ssh -W, or give a host that is reached without it';

const TOO_MANY = `by more than ${MOST} jump hosts, so no connection is begun; look for a ProxyJump that leads on and on`;

function circle(way: readonly Resolved[]): string {
  const last = way.at(-1)?.alias ?? '';
  const names = way.map(({ alias }) => alias).join(' → ');
  return `in a circle (${names}), so no connection is begun; give ${last} a section with ProxyJump none before the one that sends it round`;
}
