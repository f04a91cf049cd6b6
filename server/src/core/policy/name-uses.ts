/**
 * Where hosts, policies and replicas are named in a policy file, also in one that is broken elsewhere. Who means whose
 * name is for `navigate-policy.ts`.
 */
import type { Span } from '../text/span';
import { contains, span } from '../text/span';
import type { YamlNode } from '../yaml/yaml-tree';
import { readYaml } from '../yaml/read-yaml';
import { ownEntries, wordSpan } from './own-entries';

export interface NameUse {
  /** A replica is named `HOST:DATASET`, by the policy that makes it and by one that sends it on. */
  readonly kind: 'host' | 'policy' | 'replica';
  readonly name: string;
  /** The name alone, without quotes. */
  readonly span: Span;
  /** `tag` stands in a hold tag, `rawsend:POLICY:HOST`: what the hosts hold is called so whatever the file says. */
  readonly role: 'entry' | 'reference' | 'tag';
  /** Of a host in an endpoint. */
  readonly side?: Side;
}

export type Side = 'source' | 'target';

const SIDES: readonly Side[] = ['source', 'target'];

interface EndpointPlace {
  readonly side: Side;
  readonly host: string;
  readonly hostSpan: Span;
  /** Absent where no colon is written yet. */
  readonly dataset?: string;
  readonly datasetSpan: Span;
}

/** By position, each once: an alias makes two policies share one endpoint. */
export function nameUses(text: string, root = readYaml(text).root): readonly NameUse[] {
  const found = [
    ...entryUses(text, root?.entries.get('hosts')?.node, 'host'),
    ...entryUses(text, root?.entries.get('policies')?.node, 'policy'),
    ...endpointPlaces(text, root).flatMap(endpointUses),
  ];
  // A dataset may be called so too.
  const tags = tagUses(text).filter((tag) => !found.some((use) => contains(use.span, tag.span.start)));
  const unique = new Map([...found, ...tags].map((use) => [`${use.kind} ${use.span.start}`, use]));
  return [...unique.values()].toSorted((a, b) => a.span.start - b.span.start);
}

/** The names in the hold tags of any text. */
export function tagUses(text: string): readonly NameUse[] {
  return [...text.matchAll(TAG)].flatMap(({ index, 1: policy = '', 2: host = '' }): NameUse[] => {
    const start = index + 'rawsend:'.length;
    const hostStart = start + policy.length + 1;
    return [
      { kind: 'policy', name: policy, span: span(start, start + policy.length), role: 'tag' },
      { kind: 'host', name: host, span: span(hostStart, hostStart + host.length), role: 'tag' },
    ];
  });
}

/** A sentence may end behind a tag, so no name here ends with a dot. */
const TAG = /(?<![\w.:-])rawsend:([A-Za-z0-9](?:[\w.-]{0,62}[\w-])?):([A-Za-z0-9](?:[\w.-]{0,62}[\w-])?)/g;

/** The name at an offset. */
export function nameAt(uses: readonly NameUse[], offset: number): NameUse | undefined {
  return uses.find((use) => contains(use.span, offset));
}

/** Every `HOST:DATASET` of the policies, as far as it is typed. */
function endpointPlaces(text: string, root: YamlNode | undefined): readonly EndpointPlace[] {
  return ownEntries(root?.entries.get('policies')?.node).flatMap(([, { node }]) =>
    SIDES.flatMap((side) =>
      scalarsOf(node.entries.get(side)?.node).flatMap((scalar) => endpointPlace(text, scalar, side)),
    ),
  );
}

/** A list is not refused here: what else is written is none of this file's business. */
const scalarsOf = (node: YamlNode | undefined): readonly YamlNode[] =>
  node === undefined
    ? []
    : node.kind === 'scalar'
      ? [node]
      : node.kind === 'list'
        ? [...node.entries.values()].map((item) => item.node).filter(({ kind }) => kind === 'scalar')
        : [];

function endpointPlace(text: string, { value, span: place }: YamlNode, side: Side): EndpointPlace[] {
  const word = typeof value === 'string' ? wordSpan(text, place, value) : undefined;
  if (typeof value !== 'string' || value === '' || word === undefined) return [];
  const colon = value.indexOf(':');
  const host = colon < 0 ? value : value.slice(0, colon);
  const hostSpan = span(word.start, word.start + host.length);
  if (colon < 0) return [{ side, host, hostSpan, datasetSpan: span(word.end, word.end) }];
  const dataset = value.slice(colon + 1);
  return [{ side, host, hostSpan, dataset, datasetSpan: span(hostSpan.end + 1, word.end) }];
}

function entryUses(text: string, section: YamlNode | undefined, kind: 'host' | 'policy'): NameUse[] {
  if (section?.kind !== 'map') return [];
  return ownEntries(section).flatMap(([name, { key }]): NameUse[] => {
    const word = name === '' ? undefined : wordSpan(text, key, name);
    return word === undefined ? [] : [{ kind, name, span: word, role: 'entry' }];
  });
}

function endpointUses({ side, host, hostSpan, dataset = '', datasetSpan }: EndpointPlace): NameUse[] {
  const hosts: NameUse[] = host === '' ? [] : [{ kind: 'host', name: host, span: hostSpan, role: 'reference', side }];
  if (host === '' || dataset === '') return hosts;
  const role = side === 'target' ? 'entry' : 'reference';
  return [...hosts, { kind: 'replica', name: `${host}:${dataset}`, span: datasetSpan, role }];
}
