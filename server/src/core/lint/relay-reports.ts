/** What keeps a chain from going on: a policy whose source another one brings can send what has come, and no more. */
import { addEntries } from '../policy/add-entries';
import { bringerIn, brings, isOneMachine, possibleRelays } from '../policy/bringer';
import type { Policy, PolicyFile } from '../policy/policy';
import { ownPart } from '../policy/policy-parts';
import { isWithin } from '../zfs/names';
import type { LintedPolicy } from './define-rule';
import type { Fix, Report } from './finding';

export function relayReports(linted: LintedPolicy): readonly Report[] {
  const { file } = linted;
  if (file === undefined) return [];
  const written = ownPart(linted)?.policies ?? {};
  const own = possibleRelays(file).filter(({ name }) => Object.hasOwn(written, name));
  // The targets of one entry have their source in common.
  const sources = new Map(own.toReversed().map((policy) => [policy.entry, policy]));
  const bringerOf = bringerIn(file);
  return [...sources.values()].toReversed().flatMap((policy) => {
    const bringer = bringerOf(policy);
    if (bringer === undefined) return notBrought(linted, file, policy);
    const chain: Chain = { linted, file, policy, bringer };
    if (!brings(bringer, policy.source.dataset)) return bringsPart(chain);
    return [otherPrefix, missingChildren, unlockedRelay].flatMap((find) => find(chain));
  });
}

interface Chain {
  readonly linted: LintedPolicy;
  readonly file: PolicyFile;
  readonly policy: Policy;
  readonly bringer: Policy;
}

/** Programs that take snapshots by themselves; what they take at the first source comes along. */
const TOOLS = /^(?:autosnap|zfs-auto-snap|zrepl|znap|syncoid|auto-|GMT)/;

/** Needs no quotes in YAML. */
const PLAIN = /^[A-Za-z][\w.-]*$/;

function otherPrefix({ linted, file, policy, bringer }: Chain): readonly Report[] {
  const { prefix } = policy.snapshots;
  const brought = bringer.snapshots.prefix;
  if (brought.startsWith(prefix) || prefix.startsWith(brought)) return [];
  const { intermediates } = bringer.send;
  if (intermediates && (TOOLS.test(prefix) || isTakenBeside(file, bringer, prefix))) return [];
  const path = ['policies', policy.entry, 'snapshots', 'prefix'];
  const written = linted.spans.value(path);
  const fixes: readonly Fix[] = written
    ? [
        {
          title: `Change to ${brought}`,
          safety: 'unsafe',
          edits: [{ span: written, newText: PLAIN.test(brought) ? brought : JSON.stringify(brought) }],
        },
      ]
    : [];
  const only = intermediates
    ? `and of those that begin with \`${prefix}\` only what something else takes at ${bringer.source.host}`
    : `and no others`;
  const message = `\`${bringer.name}\` brings snapshots that begin with \`${brought}\`, ${only}, so there may be nothing to send onward: write the same prefix in both`;
  const related = [
    {
      span: linted.spans.nearest(['policies', bringer.entry, 'snapshots', 'prefix']),
      message: `what \`${bringer.name}\` takes`,
    },
  ];
  return [{ span: linted.spans.nearest(path), message, related, fixes }];
}

/** Another policy takes snapshots of that prefix at the first source, and they come along. */
function isTakenBeside({ hosts, policies }: PolicyFile, bringer: Policy, prefix: string): boolean {
  return Object.values(policies).some(
    ({ name, source, snapshots }) =>
      name !== bringer.name &&
      snapshots.prefix.startsWith(prefix) &&
      (isWithin(source.dataset, bringer.source.dataset) || isWithin(bringer.source.dataset, source.dataset)) &&
      isOneMachine(hosts[source.host], hosts[bringer.source.host]),
  );
}

/** Written, for it is the default: who wrote it counts on children. */
function missingChildren({ linted, policy, bringer }: Chain): readonly Report[] {
  const written = linted.spans.value(['policies', policy.entry, 'recursive']);
  if (written === undefined || !policy.recursive || bringer.recursive) return [];
  const message = `\`${bringer.name}\` brings ${bringer.target.dataset} without its children, so none can be sent onward: let it bring them, or write \`recursive: false\` here too`;
  const related = [
    {
      span: linted.spans.nearest(['policies', bringer.entry, 'recursive']),
      message: `what \`${bringer.name}\` brings`,
    },
  ];
  const fixes: readonly Fix[] = [
    { title: 'Send it without children', safety: 'unsafe', edits: [{ span: written, newText: 'false' }] },
  ];
  return [{ span: written, message, related, fixes }];
}

function unlockedRelay({ linted, policy, bringer }: Chain): readonly Report[] {
  if (bringer.keys.load === 'never') return [];
  const path = ['policies', bringer.entry, 'keys', 'load'];
  const written = linted.spans.value(path);
  const { host, dataset } = bringer.target;
  const message = `\`${policy.entry}\` sends ${dataset} onward from ${host}, and a relay never has keys: where one is loaded the replica can be mounted, and what is written to it breaks the next increment of \`${bringer.name}\` and so all behind it: write \`load: never\`, or make the standby the last of the chain`;
  const related = [
    {
      span: linted.spans.nearest(['policies', policy.entry, 'source']),
      message: `where \`${policy.entry}\` sends it from`,
    },
  ];
  const fixes: readonly Fix[] = written
    ? [{ title: 'Never load a key there', safety: 'unsafe', edits: [{ span: written, newText: 'never' }] }]
    : [];
  return [{ span: linted.spans.nearest(path), message, related, fixes }];
}

/** A replica below the source: whatever is snapshotted above it is snapshotted there too. */
function bringsPart({ linted, policy, bringer }: Chain): readonly Report[] {
  const child = bringer.target.dataset.slice(policy.source.dataset.length + 1);
  const path = ['policies', policy.entry];
  const message = `\`${bringer.name}\` brings ${bringer.target.dataset}, a part of this, and a snapshot of the whole would stand between it and its next increment, so every run is refused: exclude \`${child}\`, and send it onward by a policy of its own`;
  const related = [
    { span: linted.spans.nearest(['policies', bringer.entry, 'target']), message: `the target of \`${bringer.name}\`` },
  ];
  const map = policy.exclude.length === 0 ? linted.spans.node(path) : undefined;
  const edit = map && addEntries(linted.text, map, [{ key: 'exclude', value: `[${child}]` }]);
  const fixes: readonly Fix[] = edit ? [{ title: `Exclude ${child}`, safety: 'unsafe', edits: [edit] }] : [];
  return [{ span: linted.spans.nearest([...path, 'source']), message, related, fixes }];
}

/** Within a replica by its name, and nothing brings it: snapshots would be taken there as of any other dataset. */
function notBrought({ spans }: LintedPolicy, { hosts, policies }: PolicyFile, policy: Policy): readonly Report[] {
  const { host, dataset } = policy.source;
  const around = Object.values(policies).find(
    ({ name, target }) =>
      name !== policy.name &&
      dataset !== target.dataset &&
      isWithin(dataset, target.dataset) &&
      isOneMachine(hosts[host], hosts[target.host]),
  );
  if (around === undefined) return [];
  const key = around.recursive ? 'exclude' : 'recursive';
  const how = around.recursive ? 'excludes it' : 'brings no children';
  const message = `${dataset} lies in the target of \`${around.name}\`, which ${how}, so nothing ever comes there: let \`${around.name}\` bring it, or choose another source`;
  const related = [{ span: spans.nearest(['policies', around.entry, key]), message: `what \`${around.name}\` brings` }];
  return [{ span: spans.nearest(['policies', policy.entry, 'source']), message, related }];
}
