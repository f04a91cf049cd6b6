import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LspContext } from './context';
import { isPolicyDocument } from './policy-texts';

/** The text on the disk of an open policy; undefined for any other document, and for one that was never saved. */
export async function readSaved({ documents }: LspContext, uri: string): Promise<string | undefined> {
  const open = documents.get(uri);
  if (open === undefined || !isPolicyDocument(open) || !uri.startsWith('file:')) return undefined;
  try {
    // The editor leaves out a byte order mark.
    return (await readFile(fileURLToPath(uri), 'utf8')).replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
