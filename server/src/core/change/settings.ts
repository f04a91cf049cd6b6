/**
 * All that a policy says, in words: what its commands show, too, because a run that is refused has none, and a next run need
 * not have each of them. A key that is not here would change without anybody seeing it; a test knows them all.
 */
import { holdTag } from '../plan/situation';
import type { HostEntry, Keep, Policy } from '../policy/policy';
import type { Declared } from './match-policies';
import { spellBytes, spellDuration, spellKeep, spellSchedule, spellWindow } from './spelled-values';

interface Setting {
  readonly name: string;
  readonly words: (policy: Policy, declared: Declared) => string;
}

const SETTINGS: readonly Setting[] = [
  {
    name: 'intent',
    words: ({ intent }) =>
      intent === 'vault' ? 'vault, the target never has the keys' : 'standby, the target can be given the keys',
  },
  { name: 'datasets', words: datasets },
  {
    name: 'snapshots',
    words: (policy) => `${policy.snapshots.prefix}…, the base is held with the tag ${holdTag(policy)}`,
  },
  {
    name: 'send',
    words: ({ send }) =>
      `${send.raw ? 'raw' : 'NOT raw, in the clear'}, ${send.intermediates ? 'with the snapshots between' : 'the newest snapshot alone'}`,
  },
  { name: 'receive', words: receive },
  { name: 'properties', words: properties },
  {
    name: 'keys',
    words: ({ keys: { location, load } }) =>
      `location ${location}, loaded at the target ${load === 'never' ? 'never' : 'by hand'}`,
  },
  { name: 'transport', words: transport },
  { name: 'guard', words: guard },
  { name: 'retention, source', words: ({ retention }) => retained(retention.source) },
  { name: 'retention, target', words: ({ retention }) => retained(retention.target) },
  {
    name: 'schedule',
    words: ({ schedule }) => (schedule === undefined ? 'none, the age is not checked' : spellSchedule(schedule)),
  },
  {
    name: 'window',
    words: ({ window }) =>
      window === undefined ? 'none, runs begin at any time' : `runs begin ${spellWindow(window)}`,
  },
  { name: 'standby', words: rehearsal },
  { name: 'escrow', words: escrow },
];

/** One line for each, the hosts last. */
export function settingLines(declared: Declared): readonly string[] {
  const { policy, source, target } = declared;
  const hosts = source.name === target.name ? [source] : [source, target];
  return [
    ...SETTINGS.map(({ name, words }) => `${name}: ${words(policy, declared)}`),
    ...hosts.map((host) => `host ${host.name}: ${describeHost(host)}`),
  ];
}

function datasets({ source, target, recursive, exclude }: Policy, { bringer }: Declared): string {
  const without = exclude.length === 0 ? '' : ` without ${exclude.join(', ')}`;
  const brought = bringer === undefined ? '' : `; the policy ${bringer} brings them, so no run takes a snapshot`;
  return `${source.dataset} ${recursive ? 'and its children' : 'alone'}${without}, as ${target.dataset}${brought}`;
}

function receive({ receive: { mount, force, resumable }, replica }: Policy): string {
  return [
    mount ? 'mounts what arrives' : 'mounts nothing',
    force === 'never' ? 'destroys nothing' : 'may destroy what stands in the way (-F)',
    resumable ? 'resumable' : 'not resumable',
    ...(replica ? ['the target is a replica and nothing else'] : []),
  ].join(', ');
}

function properties({ receive: { set, ignore } }: Policy): string {
  const values = Object.entries(set).map(([property, value]) => `${property}=${value}`);
  return `sets ${values.join(', ') || 'none'}; leaves out ${ignore.join(', ') || 'none'}`;
}

function transport({ transport: { route, limit, address, jump } }: Policy): string {
  return [
    route === 'direct' ? 'direct, from the source to the target' : 'relay, through this machine',
    limit === undefined ? 'no limit' : `at most ${spellBytes(limit)}/s`,
    ...(address === undefined ? [] : [`to ${address}`]),
    ...(jump === undefined ? [] : [`through ${jump}`]),
  ].join(', ');
}

function guard({ guard: { maxEstimate, minFree, versions } }: Policy): string {
  const limits = [
    ...(maxEstimate === undefined ? [] : [`a run sends at most ${spellBytes(maxEstimate)}`]),
    ...(minFree === undefined ? [] : [`the target keeps ${spellBytes(minFree)} free`]),
    ...(versions === undefined ? [] : [`OpenZFS ${versions.map(({ text }) => text).join(' or ')}`]),
  ];
  return limits.join(', ') || 'none';
}

const retained = (keep: Keep | undefined): string =>
  keep === undefined ? 'none, nothing is destroyed' : `keeps ${spellKeep(keep.keep)}`;

const within = (every: number | undefined): string => (every === undefined ? '' : `, within ${spellDuration(every)}`);

function rehearsal({ standby }: Policy): string {
  if (standby === undefined) return 'nobody is asked whether loading the key was rehearsed';
  const { keyHolders, procedure, rehearsed, every } = standby;
  return `keys with ${keyHolders.join(', ')}, by ${procedure}, rehearsed ${rehearsed}${within(every)}`;
}

function escrow({ escrow: kept }: Policy): string {
  if (kept === undefined) return 'nobody is asked whether a restore was tried';
  const { place, keeper, restored, every } = kept;
  return `the key is kept by ${keeper}: ${place}; a restore was tried ${restored}${within(every)}`;
}

const ELEVATED = { none: 'zfs as the user who logs in', sudo: 'sudo -n zfs', doas: 'doas -n zfs' } as const;

function describeHost({ ssh, local, elevate, hostKey }: HostEntry): string {
  const where = local || ssh === undefined ? 'this machine' : `ssh ${ssh}`;
  const key = local ? [] : [hostKey === undefined ? 'any key that known_hosts has' : `the key ${hostKey} alone`];
  return [where, ELEVATED[elevate], ...key].join(', ');
}
