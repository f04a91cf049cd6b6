import type { Bookmark, Snapshot } from './inventory';
import { SNAPSHOT_COLUMNS } from './inventory-commands';
import { bookmarkParts, snapshotParts } from './names';
import type { OutputProblem, Row } from './tab-output';
import { isGuid, parseCount, parseRows } from './tab-output';

/** What stands beside a dataset, oldest first. */
export interface Versions {
  readonly snapshots: readonly Snapshot[];
  readonly bookmarks: readonly Bookmark[];
}

/** Reads the rows of snapshots and bookmarks of a host; dataset name → its versions. */
export function readSnapshotRows(
  output: string,
  holds: ReadonlyMap<string, readonly string[]>,
): { readonly versions: ReadonlyMap<string, Versions>; readonly problems: readonly OutputProblem[] } {
  const { rows, problems } = parseRows(output, SNAPSHOT_COLUMNS.length);
  const odd: OutputProblem[] = [];
  const snapshots = new Map<string, Snapshot[]>();
  const bookmarks = new Map<string, Bookmark[]>();
  for (const row of rows) {
    const full = row.fields[0] ?? '';
    const snapshot = snapshotParts(full);
    const parts = snapshot ?? bookmarkParts(full);
    const bookmark = parts === undefined ? undefined : readBookmark(parts.name, row);
    const sizes = snapshot === undefined ? undefined : readSizes(row);
    if (parts === undefined || bookmark === undefined || (snapshot !== undefined && sizes === undefined)) {
      const message = `no usable snapshot or bookmark: ${JSON.stringify(row.fields.join('\t'))}`;
      odd.push({ code: 'odd-number', line: row.line, message });
    } else if (sizes === undefined) add(bookmarks, parts.dataset, bookmark);
    else add(snapshots, parts.dataset, { ...bookmark, ...sizes, holds: holds.get(full) ?? [] });
  }
  const names = new Set([...snapshots.keys(), ...bookmarks.keys()]);
  const versions = new Map(
    [...names].map((name) => [
      name,
      {
        snapshots: (snapshots.get(name) ?? []).toSorted(byCreation),
        bookmarks: (bookmarks.get(name) ?? []).toSorted(byCreation),
      },
    ]),
  );
  return { versions, problems: [...problems, ...odd] };
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function readBookmark(name: string, row: Row): Bookmark | undefined {
  const [, guid = '', ivsetguid = '', createtxg = '', time = ''] = row.fields;
  const creation = parseCount(time);
  if (!isGuid(guid) || !isGuid(createtxg) || creation === undefined || name === '') return undefined;
  // A snapshot of an unencrypted dataset prints `-` and a bookmark of one prints `0` (seen on 2.3.2).
  const encrypted = isGuid(ivsetguid) && ivsetguid !== '0';
  return { name, guid, ...(encrypted ? { ivsetguid } : {}), createtxg, creation };
}

function readSizes(row: Row): Pick<Snapshot, 'used' | 'referenced'> | undefined {
  const used = parseCount(row.fields[5] ?? '');
  const referenced = parseCount(row.fields[6] ?? '');
  return used === undefined || referenced === undefined ? undefined : { used, referenced };
}

/** createtxg is an unsigned 64-bit number. Two versions of one moment, a snapshot and its copy, keep zfs's order. */
function byCreation(a: Bookmark, b: Bookmark): number {
  const [left, right] = [BigInt(a.createtxg), BigInt(b.createtxg)];
  return left < right ? -1 : Number(left > right);
}
