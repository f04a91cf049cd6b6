/** A key that changes nothing in the text would change without anybody seeing it. */
import assert from 'node:assert/strict';
import { schemaPlace } from '../../../server/src/core/policy/schema-places';
import type { Written } from './changes';
import { changeOf } from './changes';

const STANDBY = 'intent: standby';
const standby = (what: string): string => `${STANDBY}\nstandby: { ${what} }`;
const REHEARSAL = 'keyHolders: [ann], procedure: wiki, rehearsed: 2026-09-01';
const RESTORE = 'place: safe, keeper: ann, restored: 2026-09-01';
const keep = (side: string, what: string): string => `retention: { ${side}: { keep: { within: 1w, ${what} } } }`;
const periods = (side: string): Readonly<Record<string, readonly [string, string]>> => ({
  [`retention.${side}.keep.within`]: [keep(side, 'daily: 1'), keep(side, 'daily: 1').replace('1w', '604801s')],
  ...Object.fromEntries(
    ['hourly', 'daily', 'weekly', 'monthly', 'yearly'].map((period) => [
      `retention.${side}.keep.${period}`,
      [keep(side, `${period}: 1`), keep(side, `${period}: 2`)],
    ]),
  ),
});

/** Two values of each key. */
const KEYS: Readonly<Record<string, readonly [string, string]>> = {
  intent: ['', STANDBY],
  source: ['', 'source: prod:tank/other'],
  target: ['', 'target: vault:backup/other'],
  recursive: ['', 'recursive: false'],
  exclude: ['exclude: [a]', 'exclude: [a, b]'],
  'snapshots.prefix': ['', 'snapshots: { prefix: x- }'],
  'send.raw': [STANDBY, `${STANDBY}\nsend: { raw: false }`],
  'send.intermediates': ['', 'send: { intermediates: false }'],
  'receive.mount': [STANDBY, `${STANDBY}\nreceive: { mount: true }`],
  'receive.force': ['replica: true', 'replica: true\nreceive: { force: rollback }'],
  'receive.resumable': ['', 'receive: { resumable: false }'],
  'receive.set': ['', 'receive: { set: { compression: zstd } }'],
  'receive.ignore': ['', 'receive: { ignore: [recordsize] }'],
  'keys.location': [STANDBY, `${STANDBY}\nkeys: { location: "file:///k" }`],
  'keys.load': [STANDBY, `${STANDBY}\nkeys: { load: manual }`],
  'transport.route': ['', 'transport: { route: relay }'],
  'transport.limit': ['transport: { limit: 10GiB/s }', 'transport: { limit: 10737418241B/s }'],
  'transport.address': ['', 'transport: { address: recv@10.0.0.2 }'],
  'transport.jump': ['', 'transport: { jump: ann@bastion }'],
  'guard.maxEstimate': ['guard: { maxEstimate: 500GiB }', 'guard: { maxEstimate: 536870912001B }'],
  'guard.minFree': ['guard: { minFree: 1GiB }', 'guard: { minFree: 2GiB }'],
  'guard.versions': ['guard: { versions: "2.3" }', 'guard: { versions: ">=2.3" }'],
  ...periods('source'),
  ...periods('target'),
  'schedule.every': ['schedule: { every: 1h }', 'schedule: { every: 3601s }'],
  'schedule.cron': ['schedule: { cron: "0 2 * * *" }', 'schedule: { cron: "0 3 * * *" }'],
  'schedule.zone': ['schedule: { cron: "0 2 * * *" }', 'schedule: { cron: "0 2 * * *", zone: Asia/Tokyo }'],
  'window.from': ['window: { from: "01:00", to: "06:00" }', 'window: { from: "02:00", to: "06:00" }'],
  'window.to': ['window: { from: "01:00", to: "06:00" }', 'window: { from: "01:00", to: "06:01" }'],
  'window.zone': ['window: { from: "01:00", to: "06:00" }', 'window: { from: "01:00", to: "06:00", zone: Asia/Tokyo }'],
  'standby.keyHolders': [standby(REHEARSAL), standby(REHEARSAL.replace('ann', 'bob'))],
  'standby.procedure': [standby(REHEARSAL), standby(REHEARSAL.replace('wiki', 'binder'))],
  'standby.rehearsed': [standby(REHEARSAL), standby(REHEARSAL.replace('09', '10'))],
  'standby.every': [standby(REHEARSAL), standby(`${REHEARSAL}, every: 30d`)],
  'escrow.place': [`escrow: { ${RESTORE} }`, `escrow: { ${RESTORE.replace('safe', 'bank')} }`],
  'escrow.keeper': [`escrow: { ${RESTORE} }`, `escrow: { ${RESTORE.replace('ann', 'bob')} }`],
  'escrow.restored': [`escrow: { ${RESTORE} }`, `escrow: { ${RESTORE.replace('09', '10')} }`],
  'escrow.every': [`escrow: { ${RESTORE} }`, `escrow: { ${RESTORE}, every: 30d }`],
  replica: ['', 'replica: true'],
};

const HOST_KEYS: Readonly<Record<string, readonly [Written, Written]>> = {
  ssh: [{}, { prod: 'ssh: other' }],
  local: [{}, { prod: 'local: true' }],
  elevate: [{}, { vault: 'ssh: root@dest, elevate: doas' }],
  hostKey: [{}, { vault: `ssh: root@dest, hostKey: "SHA256:${'A'.repeat(43)}"` }],
};

function leaves(path: readonly string[]): readonly string[] {
  const keys = [...(schemaPlace(['policies', 'p', ...path])?.keys.keys() ?? [])];
  return keys.length === 0 ? [path.join('.')] : keys.flatMap((key) => leaves([...path, key]));
}

/** What the policy says alone: a run that is refused shows nothing else. */
const said = (text: string): string => text.slice(text.indexOf('What the policy says:'));

function check(before: Written, after: Written): void {
  const change = changeOf(before, after);
  assert.equal(change.kind, 'changed');
  assert.notEqual(said(change.before), said(change.after));
}

describe('what the policy says', () => {
  it('has every key of a policy and of a host', () => {
    assert.deepEqual(leaves([]).toSorted(), Object.keys(KEYS).toSorted());
    const keys = [...(schemaPlace(['hosts', 'x'])?.keys.keys() ?? [])];
    assert.deepEqual(keys.toSorted(), Object.keys(HOST_KEYS).toSorted());
  });

  for (const [key, [before, after]] of Object.entries(KEYS))
    it(`tells ${key}, however small the difference`, () => check({ policy: before }, { policy: after }));
  for (const [key, [before, after]] of Object.entries(HOST_KEYS))
    it(`tells ${key} of a host`, () => check(before, after));
});
