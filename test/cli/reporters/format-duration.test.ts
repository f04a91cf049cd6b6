import assert from 'node:assert/strict';
import { formatDuration } from '../../../server/src/cli/reporters/format-duration';

describe('durations', () => {
  const SECONDS = [
    [0.4, '0 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
    [7800, '2 h 10 min'],
    [273_600, '3 d 04 h'],
  ] as const;
  for (const [seconds, text] of SECONDS)
    it(`prints ${seconds} seconds as ${text}`, () => assert.equal(formatDuration(seconds), text));
});
