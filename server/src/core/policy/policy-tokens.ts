import type { Span } from '../text/span';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { isDefault } from './default-texts';
import type { NameUse } from './name-uses';
import { nameUses } from './name-uses';
import { nodeAt, ownEntries, wordSpan } from './own-entries';

/** A word that means more than its place in the YAML tells. */
export interface PolicyToken {
  readonly kind: 'host' | 'policy' | 'dataset' | 'prefix' | 'unsafe';
  readonly span: Span;
  /** The entry that gives the name. */
  readonly declares: boolean;
}

/** By position; none overlaps another, and each is on one line. */
export function policyTokens(text: string): readonly PolicyToken[] {
  const { root } = readYaml(text);
  const names = nameUses(text, root)
    .filter(({ role }) => role !== 'tag')
    .map((use): PolicyToken => ({ ...KINDS[use.kind], span: use.span, declares: declares(use) }));
  const sections = [
    root?.entries.get('defaults')?.node,
    ...ownEntries(root?.entries.get('policies')?.node).map(([, { node }]) => node),
  ];
  const values = sections.flatMap((section) => (section === undefined ? [] : valueTokens(text, section)));
  const unique = new Map([...names, ...values].map((token) => [token.span.start, token]));
  return [...unique.values()].toSorted((a, b) => a.span.start - b.span.start);
}

const KINDS: Readonly<Record<NameUse['kind'], Pick<PolicyToken, 'kind'>>> = {
  host: { kind: 'host' },
  policy: { kind: 'policy' },
  replica: { kind: 'dataset' },
};

const declares = ({ kind, role }: NameUse): boolean => kind !== 'replica' && role === 'entry';

/** Keys whose default is the safe choice, so that any other value is one that a reviewer has to see. */
const GUARDED: readonly (readonly string[])[] = [
  ['send', 'raw'],
  ['receive', 'mount'],
  ['receive', 'force'],
  ['receive', 'resumable'],
  ['keys', 'location'],
  ['keys', 'load'],
  ['replica'],
];

function valueTokens(text: string, section: YamlNode): PolicyToken[] {
  const unsafe = GUARDED.flatMap((path) => {
    const node = nodeAt(section, path);
    return node === undefined || node.value === null || isDefault(path, node.value) ? [] : token(text, node, 'unsafe');
  });
  const prefix = nodeAt(section, ['snapshots', 'prefix']);
  const excluded = nodeAt(section, ['exclude'])?.entries.values() ?? [];
  return [
    ...unsafe,
    ...(prefix === undefined ? [] : token(text, prefix, 'prefix')),
    ...[...excluded].flatMap(({ node }) => token(text, node, 'dataset')),
  ];
}

function token(text: string, { kind, value, span }: YamlNode, as: PolicyToken['kind']): PolicyToken[] {
  const word = kind === 'scalar' && value !== '' ? wordSpan(text, span, String(value)) : undefined;
  return word === undefined ? [] : [{ kind: as, span: word, declares: false }];
}
