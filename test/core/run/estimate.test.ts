import assert from 'node:assert/strict';
import { estimatePlan, sizesOf } from '../../../server/src/core/run/estimate';
import type { Host } from '../../../server/src/core/run/host';
import { planOf } from '../plan/notation';
import type { PlanCase } from '../plan/notation';

interface Asked {
  readonly host: Host;
  readonly trips: (readonly (readonly string[])[])[];
}

/** A host that answers each dry run with the same size, or with a failure. */
function answering(size: number | undefined): Asked {
  const trips: (readonly (readonly string[])[])[] = [];
  const result =
    size === undefined ? { code: 1, stdout: '', stderr: 'no' } : { code: 0, stdout: `size\t${size}\n`, stderr: '' };
  const host: Host = {
    name: 'prod',
    exec: () => Promise.reject(new Error('one at a time')),
    execAll(commands) {
      trips.push(commands);
      return Promise.resolve(commands.map(() => result));
    },
    close: () => Promise.resolve(),
  };
  return { host, trips };
}

async function check(
  one: PlanCase,
  size: number | undefined,
  expected: readonly (readonly [string, number])[],
): Promise<Asked> {
  const asked = answering(size);
  const estimate = await estimatePlan(planOf(one), { prod: asked.host });
  assert.deepEqual([...(sizesOf(estimate).get('p') ?? [])], expected);
  assert.equal(
    estimate.bytes,
    expected.reduce((sum, [, bytes]) => sum + bytes, 0),
  );
  return asked;
}

describe('estimatePlan', () => {
  it('asks for what exists and adds what is written since', async () => {
    const asked = await check({ src: '@a1* @b2 +', dst: '@a1' }, 7000, [['s3', 7100]]);
    assert.deepEqual(asked.trips, [[['zfs', 'send', '-w', '-n', '-P', '-I', '@a', 'tank/src@b']]]);
  });

  it('takes what is written alone where only the anchor is new', async () => {
    const asked = await check({ src: '@a1* +', dst: '@a1' }, 7000, [['s3', 100]]);
    assert.deepEqual(asked.trips, []);
  });

  it('asks once for all streams of a host', async () => {
    const one = { src: { '': 'root @a1*', app: 'root @a2*' } } as const;
    const asked = await check(one, 500, [
      ['s1', 500],
      ['s2', 500],
    ]);
    assert.equal(asked.trips.length, 1);
  });

  it('falls back to the inventory where a dry run fails', async () => {
    await check({ src: '@a1*' }, undefined, [['s1', 1000]]);
  });
});
