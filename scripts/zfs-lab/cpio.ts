import { unreachable } from '../../server/src/core/result';

/** One entry of an initramfs archive. Paths are relative, without a leading slash. */
export type ArchiveEntry = { readonly path: string; readonly owner?: number } & (
  | { readonly kind: 'directory'; readonly mode?: number }
  | { readonly kind: 'file'; readonly mode: number; readonly data: Uint8Array }
  | { readonly kind: 'link'; readonly to: string }
);

const TYPE = { directory: 0o040000, file: 0o100000, link: 0o120000 } as const;
const TRAILER = 'TRAILER!!!';

/**
 * Writes a `newc` archive, the form that the kernel unpacks. Parents that are not named are added, because the kernel
 * creates no missing directory. Written here because it needs neither root (owners are just numbers) nor cpio(1).
 */
export function writeArchive(entries: readonly ArchiveEntry[]): Buffer {
  const all = withParents(entries);
  const parts = all.map((entry, index) => writeEntry(entry, index + 1));
  return Buffer.concat([...parts, header({ inode: 0, mode: 0, owner: 0, size: 0, path: TRAILER })]);
}

function withParents(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  const byPath = new Map<string, ArchiveEntry>();
  for (const entry of entries) {
    const steps = entry.path.split('/');
    for (let depth = 1; depth < steps.length; depth++) {
      const path = steps.slice(0, depth).join('/');
      if (!byPath.has(path)) byPath.set(path, { kind: 'directory', path });
    }
    byPath.set(entry.path, entry);
  }
  return [...byPath.values()];
}

function writeEntry(entry: ArchiveEntry, inode: number): Buffer {
  const { data, mode } = contentOf(entry);
  const head = header({
    inode,
    mode: TYPE[entry.kind] | mode,
    owner: entry.owner ?? 0,
    size: data.length,
    path: entry.path,
  });
  return Buffer.concat([head, data, padding(data.length)]);
}

function contentOf(entry: ArchiveEntry): { data: Uint8Array; mode: number } {
  switch (entry.kind) {
    case 'directory':
      return { data: Buffer.alloc(0), mode: entry.mode ?? 0o755 };
    case 'file':
      return { data: entry.data, mode: entry.mode };
    case 'link':
      return { data: Buffer.from(entry.to), mode: 0o777 };
    default:
      return unreachable(entry);
  }
}

function header(entry: { inode: number; mode: number; owner: number; size: number; path: string }): Buffer {
  const name = Buffer.from(`${entry.path}\0`);
  const links = 1;
  const fields = [entry.inode, entry.mode, entry.owner, entry.owner, links, 0, entry.size, 0, 0, 0, 0, name.length, 0];
  const text = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  const head = Buffer.concat([Buffer.from(text), name]);
  return Buffer.concat([head, padding(head.length)]);
}

const padding = (length: number): Buffer => Buffer.alloc((4 - (length % 4)) % 4);
