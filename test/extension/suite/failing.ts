import assert from 'node:assert/strict';
import { runMocha } from './run-mocha';

/** Must be reported as a failure: it proves that the runner sees one. */
export const run = (): Promise<void> =>
  runMocha(() => {
    describe('failing on purpose', () => {
      it('passes', () => assert.ok(true));
      it('fails', () => assert.fail('on purpose'));
    });
  });
