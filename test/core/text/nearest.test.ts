import assert from 'node:assert/strict';
import { nearest } from '../../../server/src/core/text/nearest';

function check(word: string, expected: string | undefined): void {
  assert.equal(nearest(word, ['receive', 'send', 'set', 'snapshot']), expected, word);
}

describe('nearest', () => {
  it('finds what was meant', () => {
    check('recieve', 'receive');
    check('sned', 'send');
    check('snapshots', 'snapshot');
    check('SEND', 'send');
    check('set', 'set');
  });

  it('does not guess', () => {
    check('xyzzy', undefined);
    check('', undefined);
    check('replicate', undefined);
  });
});
