import type { Policy } from '../policy/policy';
import type { FlagValue } from '../zfs/command';
import type { Dataset, Snapshot } from '../zfs/inventory';
import { isWithin, rebase } from '../zfs/names';
import { compareVersions } from '../zfs/version-output';
import type { Base } from './diff-lineage';
import { adoptingReceive, makingReceive, plainReceive } from './receive-flags';
import type { Pair, Situation } from './situation';
import { newest } from './situation';
import type { StreamDraft } from './step-draft';
import { zfs } from './step-draft';

/** `-w` on every stream; `-v -P` make zfs report its progress on stderr. */
const RAW: Readonly<Record<string, FlagValue>> = { raw: true, verbose: true, parsable: true };

/**
 * The streams that bring one dataset to the anchor: a full stream of its oldest wanted snapshot where the target
 * has none, then increments. Without `-R` and `-p` they touch no property, range by range, each resumable.
 */
export function streamsToAnchor(situation: Situation, pair: Pair, anchor: string): readonly StreamDraft[] {
  const { policy } = situation;
  if (pair.lineage.kind === 'based') return incrementsFrom(policy, pair, pair.lineage.base, anchor);
  if (pair.lineage.kind !== 'new') return [];
  const oldest = policy.send.intermediates ? pair.source.snapshots[0] : undefined;
  const full = fullStream(policy, pair, oldest?.name ?? anchor);
  if (oldest === undefined) return [full];
  return [full, ...incrementsFrom(policy, pair, { kind: 'snapshot', version: oldest }, anchor)];
}

/** An increment between two anchors of one run. */
export function streamBetween(policy: Policy, pair: Pair, from: string, to: string): StreamDraft {
  return increment(policy, pair, `@${from}`, { to, spans: policy.send.intermediates });
}

/**
 * The `-R -i` stream that gives datasets their place under their encryption root: ZFS repairs the hierarchy only
 * at the end of such a stream. `-s` leaves out what lacks the anchor, which is exactly what the policy excludes
 * (2.3.2 refuses `-X` for a dataset without the snapshot, and 2.1 has no `-X`).
 */
export function adoptStream(situation: Situation, top: string, from: string, to: string): StreamDraft {
  const leavesOut = situation.excluded.some((dataset) => isWithin(dataset.name, top));
  return replicationStream(situation, top, to, {
    ...(leavesOut ? { skipMissing: true } : {}),
    incremental: `@${from}`,
  });
}

/**
 * The same from a relay, between two snapshots that have come. There what the policy excludes may have them too, and is left
 * out by `-X`; and more may have come between them, which `-I` brings along.
 */
export function adoptStreamFromRelay(situation: Situation, top: string, from: string, to: string): StreamDraft {
  const { policy, source } = situation;
  const exclude = excludedWith(situation, top, to);
  const lacksIt = source.datasets.some(({ name, snapshots }) => isWithin(name, top) && !hasSnapshot(snapshots, to));
  return replicationStream(situation, top, to, {
    ...(lacksIt ? { skipMissing: true } : {}),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...(policy.send.intermediates ? { intermediates: `@${from}` } : { incremental: `@${from}` }),
  });
}

/** True where the source's zfs is too old to leave out what the policy excludes: `-X` came with 2.2. */
export function cannotExclude(situation: Situation, top: string, to: string): boolean {
  const { userland } = situation.source.zfsVersion;
  return excludedWith(situation, top, to).length > 0 && userland !== '' && compareVersions(userland, '2.2') < 0;
}

/** What is excluded and has the snapshot, without what is below another of them: `-X` leaves that out too. */
function excludedWith({ excluded }: Situation, top: string, snapshot: string): readonly string[] {
  const named = excluded
    .filter(({ name, snapshots }) => isWithin(name, top) && hasSnapshot(snapshots, snapshot))
    .map(({ name }) => name);
  return named.filter((name) => !named.some((other) => other !== name && isWithin(name, other)));
}

const hasSnapshot = (snapshots: readonly Snapshot[], snapshot: string): boolean =>
  snapshots.some(({ name }) => name === snapshot);

function replicationStream(
  { policy }: Situation,
  top: string,
  to: string,
  which: Readonly<Record<string, FlagValue>>,
): StreamDraft {
  const targetTop = rebase(top, policy.source.dataset, policy.target.dataset);
  const flags = { ...RAW, ...which, replicate: true } as const;
  return {
    ...routed(policy),
    kind: 'stream',
    purpose: 'adopt',
    title: `Give the datasets below ${targetTop} the encryption roots of ${top}`,
    command: zfs('send', flags, [`${top}@${to}`]),
    receiver: receiver(policy, zfs('receive', adoptingReceive(policy), [targetTop])),
    dataset: top,
    snapshot: to,
    targetDataset: targetTop,
    estimate: 0,
  };
}

/** The rest of a stream that was cut, by the token that the target kept. */
export function resumeStream(policy: Policy, pair: Pair, token: string, toSnapshot: string): StreamDraft {
  const flags = pair.lineage.kind === 'partial' ? makingReceive(policy, pair.source.kind) : plainReceive(policy);
  return {
    ...routed(policy),
    kind: 'stream',
    purpose: 'resume',
    title: `Finish the interrupted transfer of ${pair.source.name}@${toSnapshot}`,
    command: zfs('send', { ...RAW, token }, []),
    receiver: receiver(policy, zfs('receive', flags, [pair.targetName])),
    dataset: pair.source.name,
    snapshot: toSnapshot,
    targetDataset: pair.targetName,
    dryRun: { command: zfs('send', { raw: true, dryRun: true, parsable: true, token }, []), plus: 0 },
  };
}

function fullStream(policy: Policy, pair: Pair, snapshot: string): StreamDraft {
  const exists = pair.source.snapshots.find(({ name }) => name === snapshot);
  const dryRun = { raw: true, dryRun: true, parsable: true } as const;
  return {
    ...routed(policy),
    kind: 'stream',
    purpose: 'full',
    title: `Send ${pair.source.name}@${snapshot} to ${pair.targetName} as a new dataset`,
    command: zfs('send', RAW, [`${pair.source.name}@${snapshot}`]),
    receiver: receiver(policy, zfs('receive', makingReceive(policy, pair.source.kind), [pair.targetName])),
    dataset: pair.source.name,
    snapshot,
    targetDataset: pair.targetName,
    estimate: exists?.referenced ?? pair.source.referenced,
    ...(exists === undefined
      ? {}
      : { dryRun: { command: zfs('send', dryRun, [`${pair.source.name}@${snapshot}`]), plus: 0 } }),
  };
}

/** `-I` takes no bookmark, so a bookmark leads to the first snapshot after it and `-I` goes on from there. */
function incrementsFrom(policy: Policy, pair: Pair, base: Base, anchor: string): readonly StreamDraft[] {
  const { version } = base;
  if (base.kind === 'snapshot') {
    if (version.name === anchor) return [];
    return [increment(policy, pair, `@${version.name}`, { to: anchor, spans: policy.send.intermediates })];
  }
  const after = pair.source.snapshots.find(({ createtxg }) => BigInt(createtxg) > BigInt(version.createtxg));
  const first = policy.send.intermediates ? (after?.name ?? anchor) : anchor;
  const toFirst = increment(policy, pair, `#${version.name}`, { to: first, spans: false });
  if (first === anchor) return [toFirst];
  return [toFirst, increment(policy, pair, `@${first}`, { to: anchor, spans: true })];
}

interface Reach {
  readonly to: string;
  /** True to send the snapshots between, too. */
  readonly spans: boolean;
}

function increment(policy: Policy, pair: Pair, base: string, { to, spans }: Reach): StreamDraft {
  const { source } = pair;
  const range = spans ? { intermediates: base } : { incremental: base };
  const estimate = unsent(source, to);
  const dryRun = probe(source, base, { to, spans });
  return {
    ...routed(policy),
    kind: 'stream',
    purpose: 'increment',
    title: `Bring ${pair.targetName} from ${base} to @${to}`,
    command: zfs('send', { ...RAW, ...range }, [`${source.name}@${to}`]),
    receiver: receiver(policy, zfs('receive', plainReceive(policy), [pair.targetName])),
    dataset: source.name,
    snapshot: to,
    targetDataset: pair.targetName,
    ...(base === `@${newest(source.snapshots)?.name}` ? { estimate } : {}),
    ...(dryRun === undefined ? {} : { dryRun: { command: dryRun, plus: estimate } }),
  };
}

/** Bytes that an anchor will hold which does not exist yet. */
function unsent(source: Dataset, to: string): number {
  return source.snapshots.some(({ name }) => name === to) ? 0 : source.written;
}

/** The dry run of the part of a range that exists now. */
function probe(source: Dataset, base: string, { to, spans }: Reach): readonly string[] | undefined {
  const last = source.snapshots.find(({ name }) => name === to) ?? newest(source.snapshots);
  if (last === undefined || `@${last.name}` === base) return undefined;
  const exists = !base.startsWith('@') || source.snapshots.some(({ name }) => `@${name}` === base);
  if (!exists) return undefined;
  const range = spans ? { intermediates: base } : { incremental: base };
  return zfs('send', { raw: true, dryRun: true, parsable: true, ...range }, [`${source.name}@${last.name}`]);
}

function routed(policy: Policy): Pick<StreamDraft, 'host' | 'route' | 'limit' | 'address' | 'jump'> {
  const { route, limit, address, jump } = policy.transport;
  return {
    host: policy.source.host,
    route,
    ...(limit === undefined ? {} : { limit }),
    ...(address === undefined ? {} : { address }),
    ...(jump === undefined ? {} : { jump }),
  };
}

function receiver(policy: Policy, command: readonly string[]): StreamDraft['receiver'] {
  return { host: policy.target.host, command };
}
