import type { Span } from '../text/span';
import type { YamlEntry, YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { entrySpan, ownEntries } from './own-entries';

export interface PolicySymbol {
  readonly kind: 'section' | 'host' | 'policy';
  readonly name: string;
  /** Where a host is reached; what a policy is for, and its endpoints. */
  readonly detail: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly PolicySymbol[];
}

/** The hosts and policies of a file, each in its section, as far as they can be read. */
export function policySymbols(text: string): readonly PolicySymbol[] {
  const sections = ownEntries(readYaml(text).root).filter(([name]) => name in DETAILS);
  return sections.map(([name, entry]) => ({ ...symbol('section', name, entry), children: childrenOf(name, entry) }));
}

interface Described {
  readonly kind: 'host' | 'policy';
  readonly detail: (node: YamlNode) => string;
}

const DETAILS: Readonly<Record<string, Described>> = {
  hosts: { kind: 'host', detail: hostDetail },
  policies: { kind: 'policy', detail: policyDetail },
};

function childrenOf(section: string, { node }: YamlEntry): readonly PolicySymbol[] {
  const described = DETAILS[section];
  if (described === undefined || node.kind !== 'map') return [];
  return ownEntries(node)
    .filter(([name]) => name !== '')
    .map(([name, entry]) => symbol(described.kind, name, entry, described.detail(entry.node)));
}

const symbol = (kind: PolicySymbol['kind'], name: string, entry: YamlEntry, detail = ''): PolicySymbol => ({
  kind,
  name,
  detail,
  span: entrySpan(entry),
  nameSpan: entry.key,
  children: [],
});

function hostDetail(node: YamlNode): string {
  const ssh = textAt(node, 'ssh');
  return ssh === '' && node.entries.get('local')?.node.value === true ? 'this machine' : ssh;
}

function policyDetail(node: YamlNode): string {
  const way = [textAt(node, 'source'), textAt(node, 'target')].filter((end) => end !== '').join(' → ');
  return [textAt(node, 'intent'), way].filter((part) => part !== '').join(' · ');
}

/** A list as its items: a policy may say where to in more than one. */
function textAt(node: YamlNode, key: string): string {
  const found = node.entries.get(key)?.node;
  const values = found?.kind === 'list' ? [...found.entries.values()].map((item) => item.node.value) : [found?.value];
  return values.filter((value) => typeof value === 'string').join(', ');
}
