import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Finding } from './finding';

/** Of a longer line only this much counts on either side, so that many findings in one line stay cheap. */
const REACH = 500;

/**
 * Recognises a finding in another version of its document: by its rule and the line that it begins in, without the
 * white space. What is written above, and how the message is worded, changes nothing. Equal lines share one.
 */
export function fingerprintOf(text: string, { rule, span: { start } }: Pick<Finding, 'rule' | 'span'>): string {
  const before = text
    .slice(Math.max(0, start - REACH), start)
    .split(/[\r\n]/)
    .at(-1);
  const [after] = text.slice(start, start + REACH).split(/[\r\n]/);
  const line = `${before}${after}`.trim().replaceAll(/\s+/g, ' ');
  return bytesToHex(sha256(utf8ToBytes(`${rule}\n${line}`))).slice(0, 16);
}
