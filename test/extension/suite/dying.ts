import assert from 'node:assert/strict';
import { runMocha } from './run-mocha';

/** Takes the extension host down half-way. The window reports success then, so only the result file can tell. */
export const run = (): Promise<void> =>
  runMocha(() => {
    describe('dying on purpose', () => {
      it('passes', () => assert.ok(true));
      it('ends the extension host', () => process.exit(0));
    });
  });
