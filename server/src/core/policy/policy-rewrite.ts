import { contains } from '../text/span';
import type { YamlEntry, YamlNode } from '../yaml/yaml-tree';
import { entrySpan, ownEntries } from './own-entries';

/** A policy file with one policy written in another way. */
export interface PolicyRewrite {
  readonly title: string;
  readonly text: string;
}

/** The policy that an offset is in. */
export function policyAt(root: YamlNode | undefined, offset: number): readonly [string, YamlEntry] | undefined {
  return ownEntries(root?.entries.get('policies')?.node).find(([, entry]) => contains(entrySpan(entry), offset));
}
