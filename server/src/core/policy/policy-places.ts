import type { Span } from '../text/span';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';

export interface PolicyPlace {
  readonly name: string;
  /** The policy's key. */
  readonly span: Span;
  /** What each of several targets is called, `NAME:HOST`; empty where there is one. */
  readonly targets: readonly string[];
}

/** Where the policies of a file stand, also of one that is broken elsewhere. */
export function policyPlaces(text: string): readonly PolicyPlace[] {
  const policies = readYaml(text).root?.entries.get('policies')?.node;
  if (policies?.kind !== 'map') return [];
  return [...policies.entries].map(([name, { key, node }]) => ({ name, span: key, targets: targetsOf(name, node) }));
}

function targetsOf(name: string, policy: YamlNode): readonly string[] {
  const target = policy.entries.get('target')?.node;
  if (target?.kind !== 'list' || target.entries.size < 2) return [];
  return [...target.entries.values()].flatMap(({ node: { value } }) =>
    typeof value === 'string' && value.includes(':') ? [`${name}:${value.slice(0, value.indexOf(':'))}`] : [],
  );
}
