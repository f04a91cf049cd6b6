import type { Span } from '../text/span';
import { readYaml } from '../yaml/yaml-tree';

export interface PolicyPlace {
  readonly name: string;
  /** The policy's key. */
  readonly span: Span;
}

/** Where the policies of a file stand, also of one that is broken elsewhere. */
export function policyPlaces(text: string): readonly PolicyPlace[] {
  const policies = readYaml(text).root?.entries.get('policies')?.node;
  if (policies?.kind !== 'map') return [];
  return [...policies.entries].map(([name, { key }]) => ({ name, span: key }));
}
