import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { Bookmark, Dataset, Snapshot } from '../../../server/src/protocol';
import { formatBytes } from '../progress';
import { unreachable } from '../unreachable';
import { hasContents } from './children';
import type { Node } from './node';
import { idOf } from './node';

interface Look {
  readonly label: string;
  readonly icon: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly expandable?: boolean;
  /** Gets the row itself unless it names arguments. */
  readonly command?: { readonly title: string; readonly command: string; readonly arguments?: unknown[] };
}

/** How a row looks and what it says to a screen reader. */
export function toTreeItem(node: Node): TreeItem {
  const look = lookOf(node);
  const item = new TreeItem(
    look.label,
    look.expandable === true ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.id = idOf(node);
  item.contextValue = node.kind;
  item.iconPath = new ThemeIcon(look.icon);
  item.accessibilityInformation = { label: [look.label, look.description].filter(Boolean).join(', ') };
  if (look.description !== undefined) item.description = look.description;
  if (look.tooltip !== undefined) item.tooltip = new MarkdownString(look.tooltip);
  if (look.command !== undefined) item.command = { arguments: [node], ...look.command };
  return item;
}

function lookOf(node: Node): Look {
  switch (node.kind) {
    case 'host':
      return { label: node.host.name, icon: 'server', description: node.host.address, expandable: true };
    case 'broken':
      return {
        label: node.uri.slice(node.uri.lastIndexOf('/') + 1),
        icon: 'warning',
        description: 'has errors, so its hosts are not known',
        tooltip: 'The hosts of this policy file are listed once its errors are repaired',
        command: { title: 'Open the Policy File', command: 'vscode.open', arguments: [Uri.parse(node.uri)] },
      };
    case 'pool':
      return {
        label: node.pool.name,
        icon: 'database',
        description: `${node.pool.health} · ${formatBytes(node.pool.free)} free of ${formatBytes(node.pool.size)} · ${encryptionOf(node.dataset)}`,
        tooltip: tooltipOf(node.dataset),
        expandable: hasContents(node),
      };
    case 'dataset':
      return {
        label: lastPart(node.dataset.name),
        icon: iconOf(node.dataset),
        description: describe(node.dataset),
        tooltip: tooltipOf(node.dataset),
        expandable: hasContents(node),
      };
    case 'snapshot':
      return {
        label: `@${node.snapshot.name}`,
        icon: 'history',
        ...describeVersion(node.snapshot),
        description: describeSnapshot(node.snapshot),
      };
    case 'bookmark':
      return { label: `#${node.bookmark.name}`, icon: 'bookmark', ...describeVersion(node.bookmark) };
    case 'more':
      return {
        label: `… ${node.hidden} more snapshots`,
        icon: 'ellipsis',
        command: { title: 'Show More Snapshots', command: 'rawsend.showMoreSnapshots' },
      };
    case 'failure':
      return { label: node.message, icon: 'error', tooltip: escape(node.message) };
    case 'retry':
      return { label: 'Retry', icon: 'refresh', command: { title: 'Read Host Again', command: 'rawsend.refreshHost' } };
    case 'empty':
      return { label: 'No pools', icon: 'info' };
    default:
      return unreachable(node);
  }
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

const encryptionOf = ({ encryption, keyStatus }: Dataset): string =>
  encryption === 'off' ? 'not encrypted' : `key ${keyStatus === 'available' ? 'loaded' : 'not loaded'} · ${encryption}`;

function iconOf({ encryption, keyStatus, kind }: Dataset): string {
  if (encryption !== 'off') return keyStatus === 'available' ? 'unlock' : 'lock';
  return kind === 'volume' ? 'symbol-array' : 'folder';
}

function describe(dataset: Dataset): string {
  const parts = [encryptionOf(dataset), formatBytes(dataset.used)];
  if (dataset.kind === 'volume') parts.unshift('volume');
  if (dataset.mounted) parts.push('mounted');
  if (dataset.resumeToken !== undefined) parts.push('interrupted receive');
  return parts.join(' · ');
}

const describeSnapshot = ({ used, holds, creation }: Snapshot): string =>
  [when(creation), formatBytes(used), ...(holds.length > 0 ? [`held by ${holds.join(', ')}`] : [])].join(' · ');

function tooltipOf(dataset: Dataset): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Kind', dataset.kind],
    ['Encryption', encryptionOf(dataset)],
    ['Encryption root', dataset.encryptionRoot],
    ['Key location', dataset.keyLocation],
    ['Used', formatBytes(dataset.used)],
    ['Referenced', formatBytes(dataset.referenced)],
    ['Written since the newest snapshot', formatBytes(dataset.written)],
    ['Mountpoint', dataset.mountpoint?.value],
    ['Snapshots', String(dataset.snapshots.length)],
    ['Clone of', dataset.origin],
    ['Interrupted receive', dataset.resumeToken === undefined ? undefined : 'yes, it can be resumed'],
  ];
  return table(dataset.name, rows);
}

const describeVersion = (version: Bookmark): Pick<Look, 'tooltip' | 'description'> => ({
  description: when(version.creation),
  tooltip: table(version.name, [
    ['Created', when(version.creation)],
    ['guid', version.guid],
    ['ivsetguid', version.ivsetguid],
  ]),
});

/** UTC, as in the names that Rawsend gives to snapshots. */
const when = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function table(title: string, rows: readonly (readonly [string, string | undefined])[]): string {
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined);
  return [
    `**${escape(title)}**`,
    '',
    '| | |',
    '|---|---|',
    ...known.map(([key, value]) => `| ${key} | ${escape(value)} |`),
  ].join('\n');
}

const escape = (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~]/g, String.raw`\$&`);
