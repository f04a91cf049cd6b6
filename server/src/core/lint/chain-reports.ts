/** What breaks the chain of increments of a policy, although each of its values is right. */
import { addEntries } from '../policy/add-entries';
import { ownPart } from '../policy/policy-parts';
import type { LintedPolicy } from './define-rule';
import type { LintContext } from './document';
import type { Fix, Report } from './finding';
import { formatDuration, survivedRuns } from './keep-survival';
import { placePolicies, relatedSides, sharesDatasets, sidesOf } from './policy-pairs';
import type { Placed, Side } from './policy-pairs';

type Spans = LintedPolicy['spans'];

/** Policies that reach a dataset in common are read together, both ways round; and a policy beside those of other files. */
export function chainReports(policy: LintedPolicy, { policies = [] }: LintContext): readonly Report[] {
  const { file, spans, text } = policy;
  if (file === undefined) return [];
  const all = placePolicies(file);
  const written = new Set(Object.keys(ownPart(policy)?.policies ?? {}));
  const own = all.filter((placed) => written.has(placed.policy.name));
  const brought = all.filter((placed) => !written.has(placed.policy.name));
  const entries = firstOfEach(all);
  // The targets of one entry have its source in common, and what is wrong there is told once. What two policies have with
  // each other is told of the later one, and is best told of one that stands here.
  const sides = [...brought, ...own].flatMap((placed) =>
    sidesOf(placed).filter(({ side }) => side === 'target' || entries.has(placed)),
  );
  const order = new Map(sides.map((side, index) => [side, index]));
  const related = relatedSides(sides);
  const place = { spans, text };
  const isEarlier = (one: Side, other: Side): boolean => (order.get(one) ?? 0) < (order.get(other) ?? 0);
  return [
    ...sides.flatMap((side) =>
      (related.get(side) ?? [])
        .filter(({ placed }) => placed.policy.entry !== side.placed.policy.entry)
        .filter(({ placed }) => !standTogether(policy, placed, side.placed))
        .flatMap((other) => [
          ...(isEarlier(other, side) ? keepsDiffer(spans, side, other) : []),
          ...claimsOthers(spans, side, other),
          ...prunesBaseOf(place, side, other),
          ...rawDiffers(spans, other, side),
        ]),
    ),
    ...[...entries].flatMap((placed) => losesOwnBase(place, placed)),
    ...sharedTags(spans, own, policies.flatMap(placePolicies)),
  ];
}

/** Of each entry the policy of its first target. */
const firstOfEach = (own: readonly Placed[]): ReadonlySet<Placed> =>
  new Set(new Map(own.toReversed().map((placed) => [placed.policy.entry, placed])).values());

/** In one included file, where that is told. */
const standTogether = ({ inclusions }: LintedPolicy, ...placed: readonly Placed[]): boolean =>
  inclusions.some(({ brought }) =>
    placed.every(({ policy }) => Object.hasOwn(brought?.file?.policies ?? {}, policy.name)),
  );

const pathOf = ({ placed, side }: Side): readonly string[] => [
  'policies',
  placed.policy.entry,
  'retention',
  side,
  'keep',
];

const hold = ({ policy }: Placed): string => `rawsend:${policy.entry}:${policy.target.host}`;

/** At the source; of several targets each has its own. */
const ownHold = (placed: Placed): string =>
  placed.policy.name === placed.policy.entry
    ? `the hold \`${hold(placed)}\``
    : `the hold of each target, \`rawsend:${placed.policy.entry}:HOST\`,`;

/** Both prune the same snapshots, so what is left is only what both keep. */
function keepsDiffer(spans: Spans, side: Side, other: Side): readonly Report[] {
  if (side.keep === undefined || other.keep === undefined) return [];
  const [prefix, otherPrefix] = [side.placed.policy.snapshots.prefix, other.placed.policy.snapshots.prefix];
  if (prefix !== otherPrefix || sameKeep(side.keep, other.keep)) return [];
  const { entry: name } = other.placed.policy;
  const { dataset } = side.placed[side.side];
  const message = `\`${name}\` prunes ${dataset}@${prefix}… too and keeps others, so each destroys what the other is to keep: write the same \`keep\` in both, or give one of them another prefix`;
  const related = [{ span: spans.nearest(pathOf(other)), message: `what \`${name}\` keeps` }];
  return [{ span: spans.key(pathOf(side)) ?? spans.nearest(pathOf(side)), message, related }];
}

function sameKeep({ keep }: NonNullable<Side['keep']>, { keep: other }: NonNullable<Side['keep']>): boolean {
  const entries = Object.entries(keep).filter(([, value]) => value > 0);
  const others = new Map(Object.entries(other).filter(([, value]) => value > 0));
  return entries.length === others.size && entries.every(([key, value]) => others.get(key) === value);
}

/** `rep-` is the beginning of `rep-hourly-`. */
function claimsOthers(spans: Spans, side: Side, other: Side): readonly Report[] {
  const { prefix } = side.placed.policy.snapshots;
  const { entry: name, snapshots } = other.placed.policy;
  if (side.keep === undefined || prefix === snapshots.prefix || !snapshots.prefix.startsWith(prefix)) return [];
  // A policy that reads a replica takes no snapshots there.
  if (side.side === 'target' && other.side === 'source') return [];
  const message = `the snapshots of \`${name}\` begin with \`${snapshots.prefix}\`, and so with \`${prefix}\`, so this destroys them too: give one of them a prefix that is not the beginning of the other`;
  const related = [
    { span: spans.nearest(['policies', name, 'snapshots', 'prefix']), message: `the prefix of \`${name}\`` },
  ];
  return [{ span: spans.key(pathOf(side)) ?? spans.nearest(pathOf(side)), message, related }];
}

interface PlaceOf {
  readonly spans: Spans;
  readonly text: string;
}

/** In the ordinary course of things, between one run of the reader and its next. */
function prunesBaseOf(place: PlaceOf, side: Side, { placed: reader, side: readerSide }: Side): readonly Report[] {
  const { policy } = side.placed;
  if (side.keep === undefined || readerSide !== 'source') return [];
  // What reads a replica goes on from the snapshots that came with it; what reads the same source, from its own.
  const isChain = side.side === 'target';
  if (!isChain && policy.snapshots.prefix !== reader.policy.snapshots.prefix) return [];
  const [every, readerEvery] = [side.placed.interval?.shortest, reader.interval?.longest];
  if (every === undefined || readerEvery === undefined) return [];
  const kept = (survivedRuns(side.keep, every) + 1) * every;
  if (readerEvery < kept || readerEvery <= every) return [];
  const { entry: name } = reader.policy;
  const message = `\`${name}\` may take ${formatDuration(readerEvery)} from one run to the next and this keeps a snapshot for ${formatDuration(kept)} at worst, so the base of that run is gone before it; only ${ownHold(reader)} saves it: keep more, or run \`${name}\` more often`;
  const related = [
    { span: place.spans.nearest(['policies', name, 'schedule']), message: `how often \`${name}\` runs` },
  ];
  const path = pathOf(side);
  const fixes = keepWithin(place, path, 2 * readerEvery);
  return [{ span: place.spans.key(path) ?? place.spans.nearest(path), message, related, fixes }];
}

/** A run that is missed may be followed by others: what takes snapshots by the clock goes on. */
function losesOwnBase(place: PlaceOf, placed: Placed): readonly Report[] {
  const keep = placed.policy.retention.source;
  const every = placed.interval?.shortest;
  if (keep === undefined || every === undefined || survivedRuns(keep, every) > 0) return [];
  const path = pathOf({ placed, side: 'source' });
  const message = `with a run every ${formatDuration(every)} the next snapshot takes the place of the base, so after one missed run only ${ownHold(placed)} keeps it from whatever prunes by these numbers: keep all of some days with \`within\``;
  const fixes = keepWithin(place, path, Math.max(2 * DAY, 2 * every));
  return [{ span: place.spans.key(path) ?? place.spans.nearest(path), message, fixes, strictOnly: true }];
}

const DAY = 86_400;

/** Adds an age to what is kept, or raises it. */
function keepWithin({ spans, text }: PlaceOf, path: readonly string[], seconds: number): readonly Fix[] {
  const value = formatDuration(seconds);
  const title = `Keep all of ${value}`;
  const written = spans.value([...path, 'within']);
  if (written) return [{ title, safety: 'unsafe', edits: [{ span: written, newText: value }] }];
  const section = spans.node(path);
  const edit = section && addEntries(text, section, [{ key: 'within', value }]);
  return edit ? [{ title, safety: 'unsafe', edits: [edit] }] : [];
}

/** What is received raw can only go on raw, and what is received plain is another lineage. */
function rawDiffers(
  spans: Spans,
  { placed: from, side }: Side,
  { placed: next, side: nextSide }: Side,
): readonly Report[] {
  const [raw, nextRaw] = [from.policy.send.raw, next.policy.send.raw];
  if (raw === nextRaw || side !== 'target' || nextSide !== 'source') return [];
  const { entry: name } = from.policy;
  const message = raw
    ? `\`${name}\` brings ${next.policy.source.dataset} raw, and sending that plain takes its key on ${next.policy.source.host}: send raw all the way`
    : `\`${name}\` brings ${next.policy.source.dataset} plain, so this is no copy that the first source could go on with, and it is encrypted only if ${next.policy.source.host} does so: send raw all the way`;
  const related = [{ span: spans.nearest(['policies', name, 'send', 'raw']), message: `how \`${name}\` sends` }];
  const at = spans.nearest(['policies', next.policy.entry, 'send', 'raw']);
  const written = spans.value(['policies', (raw ? next : from).policy.entry, 'send', 'raw']);
  const fixes: readonly Fix[] = written
    ? [{ title: 'Send raw all the way', safety: 'unsafe', edits: [{ span: written, newText: 'true' }] }]
    : [];
  return [{ span: at, message, related, fixes }];
}

/** Of another file: within one, names are different. */
function sharedTags(spans: Spans, own: readonly Placed[], others: readonly Placed[]): readonly Report[] {
  const byHold = new Map<string, Placed[]>();
  for (const other of others) byHold.set(hold(other), [...(byHold.get(hold(other)) ?? []), other]);
  const told = new Set<string>();
  return own.flatMap((placed) => {
    const isShared = (byHold.get(hold(placed)) ?? []).some((other) =>
      sharesDatasets({ placed, side: 'source' }, { placed: other, side: 'source' }),
    );
    const { entry: name, source } = placed.policy;
    if (!isShared || told.has(name)) return [];
    told.add(name);
    const message = `another policy file has a policy \`${name}\` of ${source.dataset} too, with the same hold tag \`${hold(placed)}\`: each would release the base of the other, so rename one`;
    return [{ span: spans.key(['policies', name]) ?? spans.nearest(['policies', name]), message }];
  });
}
