import { LONGEST_TEXT } from '../text/longest-text';

const MAX_HERE_DOCUMENTS = 2000;

/** A cheap look that saves parsing what holds no ZFS command and no word to us. */
export const mayMatter = (text: string): boolean =>
  /zfs|zpool|rawsend|syncoid|sanoid|StrictHostKeyChecking|UserKnownHostsFile/i.test(text);

/** Why a text is too large to be analysed, or undefined. */
export function tooLarge(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return 'it is longer than 1 MB';
  let count = 0;
  for (let at = text.indexOf('<<'); at !== -1; at = text.indexOf('<<', at + 2)) count += 1;
  return count > MAX_HERE_DOCUMENTS ? 'it has more than 2,000 here-documents' : undefined;
}
