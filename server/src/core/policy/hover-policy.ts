import type { Span } from '../text/span';
import { contains } from '../text/span';
import { formatKeyText } from '../yaml/key-text';
import { describeInclusion } from './complete-include';
import type { Known } from './known';
import { NOTHING_KNOWN } from './known';
import { describeEndpoint, describeHost } from './live-state';
import { parsePolicy } from './parse-policy';
import { schemaPlace } from './schema-places';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';

export interface PolicyHover {
  readonly span: Span;
  readonly markdown: string;
}

/**
 * Explains the key or value at an offset of a policy file: its type, its default and what it does to the zfs commands; of
 * a host and a dataset also what is known of them, and since when.
 */
export function hoverPolicy(text: string, offset: number, known: Known = NOTHING_KNOWN): PolicyHover | undefined {
  const { root } = readYaml(text);
  const found = root && find(root, [], offset);
  if (found === undefined) return undefined;
  const place = schemaPlace(found.path);
  const name = found.path.at(-1) ?? '';
  if (place?.text === undefined) return undefined;
  const meaning = Object.entries(place.text.values ?? {}).find(([value]) => value === found.value)?.[1];
  const title = /^\d+$/.test(name) ? '' : `**${name}**`;
  const meant = meaning === undefined ? '' : `\`${found.value ?? ''}\`: ${meaning}`;
  const lines = [
    title,
    meant,
    liveState(found, known) ?? '',
    inclusionAt(text, found, known),
    formatKeyText(place.text),
  ];
  return { span: found.span, markdown: lines.filter((line) => line !== '').join('\n\n') };
}

function liveState({ path, value }: Found, known: Known): string | undefined {
  const [section, name = '', key = ''] = path;
  if (section === 'hosts') return path.length === 2 ? describeHost(known, name) : undefined;
  const isEndpoint = section === 'policies' && (key === 'source' || key === 'target');
  const colon = value?.indexOf(':') ?? -1;
  if (!isEndpoint || value === undefined || colon < 0) return undefined;
  return describeEndpoint(known, value.slice(0, colon), value.slice(colon + 1));
}

function inclusionAt(text: string, { path: [section], span }: Found, { included }: Known): string {
  if (section !== 'include' || included === undefined) return '';
  const item = parsePolicy(text, included).inclusions.find((each) => each.span.start === span.start);
  return item === undefined ? '' : (describeInclusion(item) ?? '');
}

interface Found {
  readonly path: readonly string[];
  readonly span: Span;
  /** The text of the value where the offset is on one. */
  readonly value?: string;
}

/** The deepest key or single value at the offset. What an alias stands for is elsewhere and not looked into. */
function find(node: YamlNode, path: readonly string[], offset: number): Found | undefined {
  for (const [name, entry] of node.entries) {
    const here = [...path, name];
    if (node.kind === 'map' && contains(entry.key, offset)) return { path: here, span: entry.key };
    if (!contains(entry.node.span, offset)) continue;
    if (entry.node.kind === 'scalar') return { path: here, span: entry.node.span, value: String(entry.node.value) };
    const inner = find(entry.node, here, offset);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
