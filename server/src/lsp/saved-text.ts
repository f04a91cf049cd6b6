import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LspContext } from './context';
import type { WholePolicy } from './policy-texts';
import { isPolicyDocument } from './policy-texts';

/** What is on the disk of an open policy; undefined for any other document, and for one that was never saved. */
export async function readSaved({ documents, policies }: LspContext, uri: string): Promise<WholePolicy | undefined> {
  const open = documents.get(uri);
  if (open === undefined || !isPolicyDocument(open) || !uri.startsWith('file:')) return undefined;
  try {
    // The editor leaves out a byte order mark.
    const text = (await readFile(fileURLToPath(uri), 'utf8')).replace(/^\uFEFF/, '');
    return await policies.whole(uri, text);
  } catch {
    return undefined;
  }
}
