import { routeOf } from './describe-host';
import { lineOf } from './describe-values';
import { isStandby } from './describe-replication';
import type { Replication } from './describe-replication';
import type { FlagSite } from './runbook';
import { jumpOf, sshWayOf } from './ssh-way';

/** Lines of comment above a policy that was made of a pipeline: where it comes from and in what it differs. */
export function describePolicyGaps(replication: Replication): readonly string[] {
  const { send, receive, source, target, runbook } = replication;
  const where = `line ${lineOf(runbook.text, send.programSpan.start)} of ${fileName(runbook.path)}`;
  const unknown = [
    ...[source, target].flatMap(({ name, known }) => (known ? [] : [`the dataset ${name}`])),
    ...[...routeOf(send), ...routeOf(receive)].filter((host) => host.includes('$')).map((host) => `the host ${host}`),
    ...[...send.unknownFlags, ...receive.unknownFlags].map((name) => `the flags in ${name}`),
  ];
  return [
    `Made of the zfs send in ${where}.`,
    'Plan it first: a plan shows every step and sends nothing.',
    ...unique(unknown).map((what) => `Not known from there: ${what}. Write here what is meant.`),
    ...(send.flags['raw'] || send.unknownFlags.length > 0 ? [] : [NOT_RAW]),
    ...(receive.flags['force'] ? [FORCE] : []),
    ...(isStandby(replication) || receive.flags['noMount'] || receive.unknownFlags.length > 0 ? [] : [MOUNTS]),
    ...leftOut(receive.flags['set']),
    ...unique([...leftToSsh(replication, 'send'), ...leftToSsh(replication, 'receive')]),
  ];
}

const NOT_RAW =
  'The script does not send raw and this policy does: it needs a new target, for what was received is no base.';
const FORCE = 'The -F of the script is left out: when the target was changed, the plan says so and you decide.';
const MOUNTS =
  'The script mounts the target. A vault is never mounted: where it has to be used, declare intent: standby.';

const HOST_KEYS =
  'The script takes any host key. Rawsend takes none that is not known: connect once by hand and compare the fingerprint.';

/** A place to mount is what a vault must not have. */
function leftOut(sites: readonly FlagSite[] = []): readonly string[] {
  const set = sites.flatMap(({ value }) => value?.shown ?? []);
  const own = set.filter((item) => /^(?:mountpoint|canmount|keylocation)=/.test(item) && item !== 'mountpoint=none');
  return own.map((item) => `The -o ${item} of the script is left out: the policy decides that.`);
}

/** What decides how ssh connects, and has no key in a policy. */
function leftToSsh(replication: Replication, side: 'send' | 'receive'): readonly string[] {
  const invocation = replication[side];
  const { jump, others, takesAnyKey } = sshWayOf(invocation, replication.runbook);
  const isDeclared = side === 'receive' && jumpOf(replication) !== undefined;
  const left = [...(jump === undefined || isDeclared ? [] : [`-J ${jump}`]), ...others];
  const host = routeOf(invocation).at(-1) ?? '';
  const inConfiguration = `The ssh of the script reaches ${host} with ${left.join(' ')}: say that in the ssh configuration, no policy has it.`;
  return [...(left.length > 0 ? [inConfiguration] : []), ...(takesAnyKey ? [HOST_KEYS] : [])];
}

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];

/** The path may be a URI, and a comment has one line. */
const fileName = (path: string): string => path.slice(path.search(/[^/\\]*$/)).replaceAll(/\s+/g, ' ');
