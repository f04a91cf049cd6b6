import { sshAddress } from '../../core/policy/fields';
import { parseEndpoint } from '../../core/policy/parse-names';
import type { HostEntry } from '../../core/policy/policy';
import { usageFailure } from '../failure';
import { ELEVATIONS, type PolicyInvocation } from './policy-options';

/** A dataset of a host, as `policy init` was told it. */
export interface End {
  readonly entry: HostEntry;
  readonly dataset: string;
}

/** Reads the two operands HOST:DATASET, with the addresses and rights that options give. */
export function readEnds({ values, operands }: PolicyInvocation): readonly [End, End] {
  const [source, target, ...others] = operands;
  if (source === undefined || target === undefined || others.length > 0)
    throw usageFailure('policy init takes two datasets: HOST:DATASET HOST:DATASET, the source first');
  const ends = [readEnd(source, values), readEnd(target, values)] as const;
  const names = ends.map(({ entry }) => entry.name);
  if (names[0] === names[1] && ends[0].entry.ssh !== ends[1].entry.ssh)
    throw usageFailure(
      `${ends[0].entry.ssh ?? 'local'} and ${ends[1].entry.ssh ?? 'local'} would both be the host ${names[0]}`,
      'Give them names, and their addresses beside: --ssh HOST=ADDRESS',
    );
  for (const name of [...addressesOf(values).keys(), ...rightsOf(values).keys()])
    if (name !== '' && !names.includes(name))
      throw usageFailure(`there is no host ${name} here`, `The hosts are ${[...new Set(names)].join(' and ')}`);
  return ends;
}

function readEnd(text: string, values: PolicyInvocation['values']): End {
  const parsed = parseEndpoint(text);
  if (!parsed.ok) {
    const { error } = parsed;
    throw usageFailure(`${text}: ${typeof error === 'string' ? error : error.message}`);
  }
  const { host, dataset } = parsed.value;
  const name = nameOf(host);
  const ssh = addressesOf(values).get(name);
  const rights = rightsOf(values);
  const elevate = rights.get(name) ?? rights.get('') ?? 'none';
  if (host === 'local' && ssh === undefined) return { entry: { name, local: true, elevate }, dataset };
  const address = sshAddress.safeParse(ssh ?? host);
  if (!address.success) throw usageFailure(`${ssh ?? host}: ${address.error.issues[0]?.message ?? 'no address'}`);
  return { entry: { name, ssh: address.data, local: false, elevate }, dataset };
}

/** Of `cr0x@vault.example` the policy needs a short name. */
function nameOf(host: string): string {
  const name = host.includes('@') ? host.slice(host.indexOf('@') + 1).replace(/\..*/, '') : host;
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) return name;
  throw usageFailure(
    `${host} cannot be a host's name in a policy`,
    'Give it a name, and its address beside it: vault:backup/prod --ssh vault=root@[fd00::2]:22',
  );
}

function addressesOf({ ssh = [] }: PolicyInvocation['values']): ReadonlyMap<string, string> {
  return new Map(
    ssh.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1 || at === pair.length - 1) throw usageFailure(`--ssh takes HOST=ADDRESS, not ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** By the host's name; the empty name is every other host. */
function rightsOf({ elevate = [] }: PolicyInvocation['values']): ReadonlyMap<string, HostEntry['elevate']> {
  return new Map(
    elevate.map((pair) => {
      const how = ELEVATIONS.find((known) => known === pair.slice(pair.indexOf('=') + 1));
      if (how === undefined) throw usageFailure(`--elevate must be one of ${ELEVATIONS.join(', ')}, not ${pair}`);
      return [pair.slice(0, Math.max(0, pair.indexOf('='))), how];
    }),
  );
}
