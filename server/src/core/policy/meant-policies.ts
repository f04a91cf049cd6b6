/** The policies of a text as they are meant: with the defaults of the file and of those that it includes. */
import type { YamlNode, YamlTree } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import type { IncludedFiles } from './include-graph';
import { mergeDefaults } from './merge-defaults';
import { mayBringMore } from './open-file';
import { parsePolicy } from './parse-policy';

export interface MeantPolicies {
  /** As it is written. */
  readonly tree: YamlTree;
  readonly meant?: YamlNode;
  /** There are defaults that could not be read. */
  readonly isOpen: boolean;
}

export function meantPolicies(text: string, included?: IncludedFiles): MeantPolicies {
  const tree = readYaml(text);
  if (tree.root?.entries.has('include') !== true) return { tree, ...meantIn(mergeDefaults(tree).root), isOpen: false };
  const { root, inclusions } = parsePolicy(text, included);
  return { tree, ...meantIn(root), isOpen: mayBringMore(tree, inclusions) };
}

function meantIn(root: YamlNode | undefined): Pick<MeantPolicies, 'meant'> {
  const meant = root?.entries.get('policies')?.node;
  return meant === undefined ? {} : { meant };
}
