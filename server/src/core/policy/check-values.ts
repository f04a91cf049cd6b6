/** Values that are right by themselves and wrong beside another value of the same policy. */
import { isWithin } from '../zfs/names';
import type { PathSpans } from '../yaml/path-spans';
import type { PolicyProblem } from './problem';
import { problem } from './problem';
import { isPlain, replacement, show } from '../yaml/problem';
import type { Policy } from './policy';
import type { Draft } from './read-drafts';
import { sidePaths } from './side-paths';

export function checkValues(spans: PathSpans, { policy }: Draft): readonly PolicyProblem[] {
  const path = ['policies', policy.entry];
  return [
    ...setAndIgnored(spans, path),
    ...fullNames(spans, path, policy.source.dataset),
    ...addressOfSeveral(spans, policy.entry),
    ...idleJump(spans, path, policy),
  ];
}

/** An address is where one target is: the streams of the others would go there too. */
function addressOfSeveral(spans: PathSpans, entry: string): PolicyProblem[] {
  const address = spans.value(['policies', entry, 'transport', 'address']);
  if (address === undefined || sidePaths(spans, entry, 'target').length < 2) return [];
  const message = `an address is that of one target, and ${show(entry)} has several, which would all be looked for there: write a policy of its own for the target that needs it`;
  return [problem('policy-schema', address, message)];
}

/** zfs: "property 'x' specified multiple times". */
function setAndIgnored(spans: PathSpans, path: readonly string[]): PolicyProblem[] {
  const set = spans.node([...path, 'receive', 'set'])?.entries;
  const ignored = [...(spans.node([...path, 'receive', 'ignore'])?.entries.values() ?? [])];
  return ignored.flatMap(({ node }) => {
    const both = typeof node.value === 'string' ? set?.get(node.value) : undefined;
    if (both === undefined) return [];
    const related = [{ span: both.key, message: 'set here' }];
    const message = `${show(node.value)} is both set and ignored, which zfs refuses: keep one of the two`;
    return [problem('policy-schema', node.span, message, { related })];
  });
}

/** Who writes a jump host counts on it; the relay would pass it by. */
function idleJump(spans: PathSpans, path: readonly string[], { transport }: Policy): PolicyProblem[] {
  const jump = spans.key([...path, 'transport', 'jump']);
  const route = spans.value([...path, 'transport', 'route']);
  if (transport.route !== 'relay' || transport.jump === undefined || jump === undefined || route === undefined)
    return [];
  const message =
    '`relay` goes through this machine, which reaches both hosts as its ~/.ssh/config says, so nothing uses the jump host: write ProxyJump there and remove this, or use `route: direct`';
  const fixes = [replacement('Change route to direct', 'unsafe', route, 'direct')];
  return [problem('policy-schema', jump, message, { fixes, related: [{ span: route, message: 'the route' }] })];
}

/** A full name would exclude a child of that name, which is hardly ever there, and silently nothing else. */
function fullNames(spans: PathSpans, path: readonly string[], source: string): PolicyProblem[] {
  const items = [...(spans.node([...path, 'exclude'])?.entries.values() ?? [])];
  return items.flatMap(({ node: { value, span } }) => {
    if (typeof value !== 'string' || !isWithin(value, source)) return [];
    const child = value.slice(source.length + 1);
    if (child === '')
      return [problem('policy-schema', span, 'this is the source itself: name children, relative to it')];
    const fixes = isPlain(child) ? [replacement(`Change to ${child}`, 'unsafe', span, child)] : [];
    const message = `this means \`${source}/${value}\`, because children are named relative to the source: write \`${child}\``;
    return [problem('policy-schema', span, message, { fixes })];
  });
}
