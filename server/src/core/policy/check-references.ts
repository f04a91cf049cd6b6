/** What the policies of one file say about each other and about the hosts: hosts that exist, and no replica in a circle. */
import type { Span } from '../text/span';
import { span } from '../text/span';
import { isWithin } from '../zfs/names';
import { findCircles, overlaps } from './circles';
import { parseEndpoint } from './parse-names';
import { nearest } from '../text/nearest';
import type { Path, PathSpans } from '../yaml/path-spans';
import type { Endpoint } from './policy';
import type { PolicyProblem } from './problem';
import { problem } from './problem';
import { isPlain, replacement, show } from '../yaml/problem';
import { sidePaths } from './side-paths';

/**
 * Reads the endpoints as they are written, so that a policy with another mistake is still checked. Where hosts are open,
 * there are some that nobody could read.
 */
export function checkReferences(
  spans: PathSpans,
  damage: readonly Span[],
  areHostsOpen: boolean,
): readonly PolicyProblem[] {
  const edges = [...(spans.node(['policies'])?.entries.keys() ?? [])].flatMap((name) => readEdges(spans, name));
  return [
    ...(!areHostsOpen && hostsAreKnown(spans, damage) ? edges.flatMap((edge) => unknownHosts(spans, edge)) : []),
    ...targetsUsedTwice(spans, edges),
    ...machinesUsedTwice(edges),
    ...edges.flatMap(targetsInsideSource),
    ...cycles(edges),
  ];
}

/** A dataset on a machine: two names of `hosts` may stand for one. */
interface Place extends Endpoint {
  readonly machine: string;
  readonly span: Span;
}

/** One for each target of a policy. */
interface Edge {
  readonly policy: string;
  /** Of the target, whatever is written there. */
  readonly path: Path;
  readonly source?: Place;
  readonly target?: Place;
}

function readEdges(spans: PathSpans, policy: string): readonly Edge[] {
  const source = readPlace(spans, ['policies', policy, 'source']);
  return sidePaths(spans, policy, 'target').map((path) => {
    const target = readPlace(spans, path);
    return { policy, path, ...(source === undefined ? {} : { source }), ...(target === undefined ? {} : { target }) };
  });
}

/** Where the target stands in the policy itself: where an alias or a merge key brings it from elsewhere, that, or the policy's name. */
function ownSpan(spans: PathSpans, { policy, path }: Edge): Span {
  const whole = spans.node(['policies', policy])?.span;
  const places = [path, ['policies', policy, 'target']].map((one) => spans.nearest(one));
  const own = places.find(({ start, end }) => whole !== undefined && whole.start <= start && end <= whole.end);
  return own ?? spans.key(['policies', policy]) ?? spans.nearest(path);
}

function readPlace(spans: PathSpans, path: Path): Place | undefined {
  const value = spans.node(path)?.value;
  const parsed = typeof value === 'string' ? parseEndpoint(value) : undefined;
  if (parsed?.ok !== true) return undefined;
  return { ...parsed.value, machine: machineOf(spans, parsed.value.host), span: spans.nearest(path) };
}

function machineOf(spans: PathSpans, host: string): string {
  const ssh = spans.node(['hosts', host, 'ssh'])?.value;
  if (typeof ssh === 'string') return `ssh ${ssh}`;
  return spans.node(['hosts', host, 'local'])?.value === true ? 'local' : `host ${host}`;
}

function hostsAreKnown(spans: PathSpans, damage: readonly Span[]): boolean {
  const key = spans.key(['hosts']);
  const node = spans.node(['hosts']);
  if (key === undefined) return damage.length === 0;
  return node?.kind === 'map' && !damage.some(({ start, end }) => start <= node.span.end && end >= key.start);
}

/** Comparing every unknown name with every host of a huge file would hold up an editor. */
const MAX_CANDIDATES = 100;

function unknownHosts(spans: PathSpans, { source, target }: Edge): PolicyProblem[] {
  const hosts = spans.node(['hosts'])?.entries;
  const unknown = [source, target].filter((place) => place !== undefined).filter(({ host }) => !hosts?.has(host));
  return unknown.map((place) => {
    const at = hostPart(place);
    const meant = nearest(place.host, [...(hosts?.keys() ?? [])].slice(0, MAX_CANDIDATES));
    const advice = meant === undefined ? 'add it under `hosts`' : `did you mean \`${meant}\``;
    const fixes =
      meant === undefined || at === undefined || !isPlain(meant)
        ? []
        : [replacement(`Change to ${meant}`, 'unsafe', at, meant)];
    const message = `there is no host ${show(place.host)}, so nothing can be planned: ${advice}`;
    return problem('policy-reference', at ?? place.span, message, { fixes });
  });
}

/** The host within `host:dataset`; undefined where the text is not written as it is read, as with escapes or aliases. */
function hostPart(place: Place): Span | undefined {
  const { start, end } = place.span;
  const quotes = end - start - `${place.host}:${place.dataset}`.length;
  if (quotes !== 0 && quotes !== 2) return undefined;
  return span(start + quotes / 2, start + quotes / 2 + place.host.length);
}

function targetsUsedTwice(spans: PathSpans, edges: readonly Edge[]): PolicyProblem[] {
  const first = new Map<string, { policy: string; span: Span }>();
  return edges.flatMap((edge) => {
    const { policy, target } = edge;
    if (target === undefined) return [];
    const key = `${target.machine}\n${target.dataset}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, { policy, span: target.span });
    // Of one policy the machine is there twice, and that is told.
    if (earlier === undefined || earlier.policy === policy) return [];
    const message = `${show(target.dataset)} is the target of ${show(earlier.policy)} too: each would find the other's snapshots and refuse, so give each policy a target of its own`;
    const related = [{ span: earlier.span, message: `the target of ${show(earlier.policy)}` }];
    return [problem('policy-reference', ownSpan(spans, edge), message, { related })];
  });
}

/** The holds of a policy are told apart by the host of the target, and so are its names on the command line. */
function machinesUsedTwice(edges: readonly Edge[]): PolicyProblem[] {
  const first = new Map<string, Place>();
  return edges.flatMap(({ policy, target }) => {
    if (target === undefined) return [];
    const key = `${policy}\n${target.machine}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, target);
    if (earlier === undefined) return [];
    const message =
      earlier.host === target.host
        ? `${show(target.host)} has a target of this policy already, and both would share one hold tag, \`rawsend:POLICY:${target.host}\`, so each run would release the base of the other: write a second policy for it`
        : `${show(target.host)} is the machine of ${show(earlier.host)}, which has a target of this policy already, and the hold tag \`rawsend:POLICY:HOST\` is to tell targets apart by their machine: write a second policy for it`;
    const related = [{ span: earlier.span, message: 'the other target there' }];
    return [problem('policy-reference', target.span, message, { related })];
  });
}

function targetsInsideSource({ source, target }: Edge): PolicyProblem[] {
  if (source === undefined || target === undefined || !overlaps(source, target)) return [];
  const related = [{ span: source.span, message: 'the source' }];
  const message = isWithin(target.dataset, source.dataset)
    ? `the target lies within the source, so every run would replicate the replica too: choose a target outside ${show(source.dataset)}`
    : `the source lies within the target, so a receive could destroy what it replicates: choose a target outside ${show(target.dataset)}`;
  return [problem('policy-reference', target.span, message, { related })];
}

/** One problem for each circle, at the policy that closes it. */
function cycles(edges: readonly Edge[]): PolicyProblem[] {
  const complete = edges.flatMap(({ source, target, ...rest }) =>
    source === undefined || target === undefined ? [] : [{ ...rest, source, target }],
  );
  return findCircles(complete).flatMap((circle) => {
    const [closing, ...before] = circle.toReversed();
    if (closing === undefined) return [];
    const names = circle.map(({ policy }) => show(policy));
    const message = `${names.join(' → ')} replicate in a circle, so each would receive what it sent: remove one of them, or choose another target`;
    const related = before
      .toReversed()
      .map((edge) => ({ span: edge.target.span, message: `the target of ${show(edge.policy)}` }));
    return [problem('policy-reference', closing.target.span, message, { related })];
  });
}
