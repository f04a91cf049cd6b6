import assert from 'node:assert/strict';
import { playOnModel } from '../../scripts/contract/play-on-model';
import { randomSequence } from '../../scripts/contract/random/random-sequence';
import { linesOf } from '../../scripts/contract/scenario';

describe('random sequences of the contract', () => {
  const numbers = Array.from({ length: 40 }, (_, number) => number);
  const drawn = numbers.map((number) => randomSequence(1, number, '2.3'));

  it('are the same for the same seed and number, and others for others', () => {
    assert.deepEqual(
      numbers.map((number) => randomSequence(1, number, '2.3')),
      drawn,
    );
    assert.equal(new Set(drawn.map(({ lines }) => lines.join('\n'))).size, drawn.length);
    assert.notDeepEqual(randomSequence(2, 0, '2.3').lines, drawn[0]?.lines);
  });

  it('end with a look at everything', () => {
    for (const { lines } of drawn) {
      const looks = lines.slice(lines.findIndex((line) => line.includes('com.example:end')));
      assert.ok(looks.some((line) => line.startsWith('zfs list -H -r -t all')));
      assert.ok(looks.some((line) => line.startsWith('zfs get -H -r')));
    }
  });

  it('are known to the model to the end, mostly valid, and not only', () => {
    const played = drawn.flatMap((scenario) => {
      const all = playOnModel(scenario, '2.3');
      assert.equal(all.length, linesOf(scenario).length);
      return all.slice(-scenario.lines.length);
    });
    const failed = played.filter(({ exitCodes }) => exitCodes.at(-1) !== 0).length;
    assert.ok(failed > 0 && failed < played.length / 4, `${failed} of ${played.length} fail`);
  });

  it('have streams, cuts and failures in them', () => {
    const lines = drawn.flatMap((scenario) => scenario.lines);
    for (const wanted of [/send .*-R/, /send .*-i /, /send .*-I /, / -t \$\(token/, /head -c/, /receive .*-F/, /< f1/])
      assert.ok(
        lines.some((line) => wanted.test(line)),
        String(wanted),
      );
  });
});
