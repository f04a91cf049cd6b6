/** A file whose parts are not all known, and what is told of parts that were written elsewhere. */
import { contains } from '../text/span';
import type { PathSpans } from '../yaml/path-spans';
import type { Problem, ProblemFix } from '../yaml/problem';
import { show } from '../yaml/problem';
import type { YamlTree } from '../yaml/yaml-tree';
import type { Inclusion } from './inclusion';
import type { Draft } from './read-drafts';

/** Whether there may be hosts, policies and defaults that nobody could read. */
export function mayBringMore({ root, damage }: YamlTree, inclusions: readonly Inclusion[]): boolean {
  const include = root?.entries.get('include')?.node;
  if (include === undefined) return false;
  return (
    damage.length > 0 ||
    include.kind !== 'list' ||
    include.entries.size > inclusions.length ||
    inclusions.some(({ brought }) => brought === undefined)
  );
}

/** What a policy does not say may stand in defaults that could not be read, so nothing is concluded from it. */
export const withUnknown = (spans: PathSpans, { policy, isSound }: Draft): Draft => ({
  policy,
  isSound: (key, ...inner) =>
    isSound(key, ...inner) && spans.node(['policies', policy.entry, key, ...inner]) !== undefined,
});

/** A value of included defaults that does not fit a policy of this file is told at the item that brings it. */
export function toldAtItem<P extends Problem>(found: P, policy: string, inclusions: readonly Inclusion[]): P {
  const fixes = ownFixes(found.fixes, inclusions);
  const item = inclusions.find(({ span }) => contains(span, found.span.start) && contains(span, found.span.end));
  if (item === undefined) return { ...found, fixes };
  const message = `the defaults of ${show(item.written)} do not fit the policy ${show(policy)}: ${found.message}`;
  return { ...found, fixes, message };
}

/** What an included file brings has the place of its item, and no edit there would change it. */
export const ownFixes = <F extends ProblemFix>(fixes: readonly F[], inclusions: readonly Inclusion[]): readonly F[] =>
  fixes.filter(({ edits }) =>
    edits.every(({ span: edit }) => !inclusions.some(({ span: item }) => contains(item, edit.start))),
  );
