import assert from 'node:assert/strict';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { chainOf } from '../../../server/src/core/simulate/chain';
import { findRepairs } from '../../../server/src/core/simulate/repairs';
import type { Scenario } from '../../../server/src/core/simulate/scenario';
import { simulate } from '../../../server/src/core/simulate/simulate';
import { outage, scenario } from './scenarios';

const HOUR = 3600;

/** The last policy of a chain of three, every day; \`keep\` is what the first keeps at the relay. */
function last(keep: string, more: Partial<Scenario> = {}, source = 'relay:backup/prod'): Scenario {
  const { file, problems } = parsePolicy(`version: 1
hosts: { prod: { ssh: a }, vault: { ssh: b }, relay: { ssh: b }, far: { ssh: c }, end: { ssh: d } }
policies:
  near:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    schedule: { every: 6h }
    retention: { target: { keep: ${keep} } }
  onward: { intent: vault, source: ${source}, target: far:cold/prod, schedule: { every: 12h } }
  last: { intent: vault, source: far:cold/prod, target: end:cold/prod }
`);
  assert.ok(file, JSON.stringify(problems));
  const every = 24 * HOUR;
  const policy = file.policies['last'];
  const chain = policy && chainOf(file, policy, every);
  const own = chain?.file.policies['last'];
  assert.ok(chain && own);
  return scenario({ policy: own, chain, every, ...more });
}

const onward = (keep: string, more: Partial<Scenario> = {}): Scenario => {
  const whole = last(keep);
  const chain = whole.chain && { ...whole.chain, bringers: whole.chain.bringers.slice(0, 1) };
  const policy = chain?.file.policies['onward'];
  assert.ok(chain && policy);
  return { ...whole, policy, chain, ...more };
};

describe('the simulation of a chain', () => {
  it('plays the policies that bring the source, each by its own clock', () => {
    const { chain } = last('{ hourly: 4 }');
    assert.deepEqual(
      chain?.bringers.map(({ policy, every }) => [policy.name, policy.source.host, every]),
      [
        ['near', 'prod', 6 * HOUR],
        ['onward', 'vault', 12 * HOUR],
      ],
    );
    const { broken, unknown, done, days } = simulate(last('{ hourly: 4 }'));
    assert.deepEqual([broken, unknown, done], [undefined, undefined, 10]);
    assert.equal(days.at(-1)?.lag, 24 * HOUR, 'what was taken at the last run, a day before the end');
  });

  it('keeps the base by its hold while another policy prunes it, and breaks without', () => {
    const more = { outages: [outage('3d@4')] };
    const held = simulate(onward('{ hourly: 2 }', more));
    assert.deepEqual([held.broken, held.missed], [undefined, 3]);
    assert.ok(held.savedByHold.some((name) => name.startsWith('backup/prod@rep-')));
    const loose = onward('{ hourly: 2 }', { ...more, placesHolds: false });
    const { broken } = simulate(loose);
    assert.deepEqual([broken?.code, broken?.lost?.by], ['no-base', 'near']);
    assert.ok(broken);
    const repairs = findRepairs(loose, broken);
    assert.deepEqual(
      [...repairs.found, ...repairs.failing].map(({ kind }) => kind),
      ['hold', 'bookmark'],
    );
  });

  it('begins with what a policy that sends a part of the relay needs', () => {
    const { broken, unknown, done } = simulate(last('{ hourly: 4 }', {}, 'relay:backup/prod/app'));
    assert.deepEqual([broken, unknown, done], [undefined, undefined, 10]);
  });
});
