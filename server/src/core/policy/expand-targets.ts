import type * as z from 'zod';
import type { Policy } from './policy';
import type { policySchema } from './schema';

/** One policy for each target of an entry, in the order of its list. */
export function expandTargets(
  entry: string,
  { target, ...rest }: z.output<typeof policySchema>,
): readonly [Policy, ...Policy[]] {
  const [first, ...others] = Array.isArray(target) ? target : [target];
  if (first === undefined) throw new Error('the schema takes no empty list of targets');
  if (others.length === 0) return [{ name: entry, entry, ...rest, target: first }];
  const toPolicy = (one: Policy['target']): Policy => ({ name: `${entry}:${one.host}`, entry, ...rest, target: one });
  return [toPolicy(first), ...others.map(toPolicy)];
}
