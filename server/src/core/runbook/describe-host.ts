import type { HostRoute, Invocation } from './runbook';

/** The ssh destinations on the way to where a command runs. */
export const routeOf = ({ site: { route } }: Invocation): HostRoute => route;

/** A host for people, with the hosts on the way to it. */
export function describeHost(route: HostRoute): string {
  const host = route.at(-1);
  if (host === undefined) return 'this machine';
  const way = route.slice(0, -1);
  return way.length === 0 ? `\`${host}\`` : `\`${host}\` by way of ${way.map((stop) => `\`${stop}\``).join(' and ')}`;
}

/** How a stream gets from one host to another, e.g. ` over ssh to `vault``; empty where it stays. */
export function describeWay(from: HostRoute, to: HostRoute): string {
  if (from.join('\n') === to.join('\n')) return '';
  return ` over ssh to ${describeHost(to)}`;
}
