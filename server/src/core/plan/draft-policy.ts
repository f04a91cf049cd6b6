/** A policy file for a dataset that exists, written from what both hosts hold. Comments say what was found. */
import type { HostEntry } from '../policy/policy';
import { yamlText } from '../policy/spelled-yaml';
import { countOf } from '../text/count-of';
import { formatBytes } from '../text/format-bytes';
import type { Dataset, Inventory } from '../zfs/inventory';
import { isWithin, parentOf } from '../zfs/names';

/** One side of the replication. */
export interface DraftEnd {
  readonly entry: HostEntry;
  readonly dataset: string;
  readonly inventory: Inventory;
}

export interface DraftFacts {
  readonly source: DraftEnd;
  readonly target: DraftEnd;
  /** Properties set at the source that the defaults of `receive.ignore` keep there. */
  readonly staying: readonly { readonly dataset: string; readonly property: string; readonly value: string }[];
  /** What a plan of the draft would refuse. */
  readonly conflicts: readonly string[];
}

/** Text of a policy file; the source must have its dataset. */
export function draftPolicy(facts: DraftFacts): string {
  const { source, target } = facts;
  const tree = source.inventory.datasets.filter(({ name }) => isWithin(name, source.dataset));
  const top = tree.find(({ name }) => name === source.dataset);
  if (top === undefined) throw new Error(`${source.entry.name} has no dataset ${source.dataset}`);
  const entries = new Map([source, target].map((end) => [end.entry.name, end]));
  const clear = clearChildren(top, tree);
  const lines = [
    `# Drafted from what ${[...entries.keys()].join(' and ')} held at ${source.inventory.takenAt}. Nothing was changed there.`,
    ...facts.conflicts.map((message) => `# In the way of a run: ${message}.`),
    'version: 1',
    '',
    'hosts:',
    ...[...entries.values()].map(hostLine),
    '',
    'policies:',
    `  ${yamlText(policyName(facts))}:`,
    '    # The target never has keys. For one where people may load them by hand: standby.',
    '    intent: vault',
    ...sourceNotes(top, tree).map((note) => `    # ${note}`),
    `    source: ${yamlText(`${source.entry.name}:${source.dataset}`)}`,
    ...targetNotes(target).map((note) => `    # ${note}`),
    `    target: ${yamlText(`${target.entry.name}:${target.dataset}`)}`,
    ...excludeLines(source.dataset, clear),
    ...snapshotLines(top).map((line) => `    ${line}`),
    ...stayingNotes(facts).map((note) => `    # ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}

function hostLine({ entry: { name, ssh, local, elevate }, inventory: { zfsVersion } }: DraftEnd): string {
  const address = local ? 'local: true' : `ssh: ${yamlText(ssh)}`;
  const rights = elevate === 'none' ? '' : `, elevate: ${elevate}`;
  return `  ${yamlText(name)}: { ${address}${rights} } # OpenZFS ${zfsVersion.kernel}`;
}

/** A policy's name stands in hold tags and file names, and takes fewer characters than a dataset's. */
function policyName({ source, target }: DraftFacts): string {
  const last = source.dataset.slice(source.dataset.lastIndexOf('/') + 1);
  const name = `${last}-to-${target.entry.name}`.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return name.slice(0, 64);
}

function sourceNotes(top: Dataset, tree: readonly Dataset[]): readonly string[] {
  const volumes = tree.filter(({ kind }) => kind === 'volume').length;
  const within = volumes === 0 ? '' : ` (${countOf(volumes, 'volume')})`;
  const roots = tree.filter(({ name, encryptionRoot }) => name !== top.name && encryptionRoot === name);
  const size = `${countOf(tree.length, 'dataset')}${within}, ${formatBytes(top.used)}`;
  if (top.encryptionRoot === undefined) return [`NOT ENCRYPTED, and \`zfs send -w\` encrypts nothing; ${size}.`];
  const inherited = top.encryptionRoot === top.name ? '' : `, inherited from ${top.encryptionRoot}`;
  const key = tree.find(({ name }) => name === top.encryptionRoot) ?? top;
  return [
    `${top.encryption}, a ${key.keyFormat ?? 'key'} at ${key.keyLocation ?? 'a place that was not read'}${inherited}; ${size}.`,
    ...roots.map(
      ({ name, keyLocation }) => `${name} has a key of its own, at ${keyLocation ?? 'a place that was not read'}.`,
    ),
  ];
}

function targetNotes({ entry, dataset, inventory }: DraftEnd): readonly string[] {
  const found = inventory.datasets.find(({ name }) => name === dataset);
  const above = parentOf(dataset);
  if (found !== undefined) {
    const key = found.keyStatus === undefined ? 'not encrypted' : `key ${found.keyStatus}`;
    return [
      `Exists on ${entry.name}: ${countOf(found.snapshots.length, 'snapshot')}, ${key}. A run goes on from a base that both share.`,
    ];
  }
  if (above === undefined || inventory.datasets.some(({ name }) => name === above))
    return [`Does not exist on ${entry.name} yet: the first run makes it.`];
  return [
    `${above} does not exist on ${entry.name}: create it first, because a receive makes one dataset and none above it.`,
  ];
}

/** The highest clear datasets below an encrypted one: what is below an excluded one is left out with it. */
function clearChildren(top: Dataset, tree: readonly Dataset[]): readonly string[] {
  if (top.encryptionRoot === undefined) return [];
  const clear = tree.filter(({ encryptionRoot }) => encryptionRoot === undefined).map(({ name }) => name);
  return clear.filter((name) => !clear.some((other) => other !== name && isWithin(name, other)));
}

function excludeLines(source: string, clear: readonly string[]): readonly string[] {
  if (clear.length === 0) return [];
  return [
    '    # Not encrypted: a raw stream would carry these in the clear.',
    '    exclude:',
    ...clear.map((name) => `      - ${yamlText(name.slice(source.length + 1))}`),
  ];
}

/** The prefix of the snapshots that a policy of ours holds already; snapshots of other tools are theirs. */
function snapshotLines({ snapshots }: Dataset): readonly string[] {
  const ours = snapshots.findLast(({ holds }) => holds.some((tag) => tag.startsWith('rawsend:')));
  const prefix = (ours === undefined ? '' : prefixOf(ours.name)) || 'rep-';
  const others = new Map<string, number>();
  for (const found of snapshots.map(({ name }) => prefixOf(name)).filter((each) => each !== prefix))
    others.set(found, (others.get(found) ?? 0) + 1);
  const found = [...others].map(([begins, count]) =>
    begins === '' ? `${count} without a date` : `${countOf(count, 'snapshot')} that begin with \`${begins}\``,
  );
  const note = `# Also there: ${found.join(', ')}. They travel too; only those that begin with \`${prefix}\` are ever held or pruned.`;
  return [...(found.length === 0 ? [] : [note]), `snapshots: { prefix: ${yamlText(prefix)} }`];
}

/** What stands before the date; empty for a name without digits. */
const prefixOf = (snapshot: string): string => /^([^0-9]*)[0-9]/.exec(snapshot)?.[1] ?? '';

function stayingNotes({ staying }: DraftFacts): readonly string[] {
  if (staying.length === 0) return [];
  const shown = staying
    .slice(0, 8)
    .map(
      ({ dataset, property, value }) =>
        `${property}=${/^[0-9]{4,}$/.test(value) ? formatBytes(Number(value)) : value} of ${dataset}`,
    );
  const more = staying.length > shown.length ? ` and ${staying.length - shown.length} more` : '';
  return [`These stay at the source (receive.ignore): ${shown.join(', ')}${more}.`];
}
