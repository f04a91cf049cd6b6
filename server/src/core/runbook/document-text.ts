import { createPlacement, sliceOf } from '../shell/placed-text';
import type { Placement, Run } from '../shell/placed-text';
import { unixText } from './extract-shell';

/** A document without a byte order mark, carriage returns before line ends, and the colours of a terminal. */
export function documentText(document: Placement): Placement {
  const placement = createPlacement(unixText(document));
  const { text } = placement;
  if (!text.includes('\u001B')) return placement;
  const result: Run[] = [];
  let plain = 0;
  for (const match of text.matchAll(ESCAPE)) {
    if (match.index > plain) result.push(...sliceOf(placement, plain, match.index));
    plain = match.index + match[0].length;
  }
  if (plain < text.length) result.push(...sliceOf(placement, plain, text.length));
  return createPlacement(result);
}

/** Control sequences (colours, bracketed paste), titles, and charsets. */
// eslint-disable-next-line no-control-regex
const ESCAPE = /\u001B(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\u0007\u001B\n]{0,200}(?:\u0007|\u001B\\)|[()][A-Z0-9])/g;
