/** What can be held without a virtual machine; `npm run contract` plays the same on real OpenZFS. */
import assert from 'node:assert/strict';
import { compare } from '../../scripts/contract/compare';
import { playOnModel } from '../../scripts/contract/play-on-model';
import { SCENARIOS } from './scenarios';

describe('the scenarios of the contract', () => {
  it('have names of their own, and are many', () => {
    const names = SCENARIOS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length >= 120, `${names.length} scenarios`);
  });

  for (const scenario of SCENARIOS) {
    for (const release of scenario.alsoOn21 === undefined ? (['2.3'] as const) : (['2.3', '2.1'] as const)) {
      it(`play on the model of ${release}: ${scenario.name}`, () => {
        const played = playOnModel(scenario, release);
        assert.equal(played.length > 0, true);
        assert.equal(compare(played, playOnModel(scenario, release)), undefined, 'twice the same');
      });
    }
  }

  it('differ when an exit code, a line or its place is another', () => {
    const one = { line: 'zfs list', exitCodes: [0], stdout: 'a\nb\n', stderr: '' };
    const other = (change: object): unknown => compare([one], [{ ...one, ...change }]);
    assert.equal(other({}), undefined);
    assert.ok(other({ exitCodes: [1] }));
    assert.ok(other({ stdout: 'b\na\n' }));
    assert.ok(other({ stderr: 'no\n' }));
  });
});
