import assert from 'node:assert/strict';
import { verifyPolicy } from '../../../server/src/core/run/verify-policy';
import type { Check } from '../../../server/src/core/run/verification';
import { readInventory } from '../../../server/src/core/run/read-inventory';
import { inventories, policyFile } from '../plan/notation';
import { COPY, createRunLab, TOP } from './run-lab';
import { tree } from './replica';

/** The notation's now is 2026-11-23T02:00Z, and its snapshots are of 1970. */
function checkOf(id: string, policy: string): Check | undefined {
  const checks = verifyPolicy(policyFile(policy), 'p', inventories({ src: '@a1*', dst: '@a1' }));
  return checks.find((check) => check.id === id);
}

const standby = (every: string): string =>
  `    intent: standby\n    standby: { keyHolders: [ann, bob], procedure: wiki, rehearsed: 2026-09-01, every: ${every} }\n`;
const escrow = (more: string): string => `    escrow: { place: safe B, keeper: ops, ${more} }\n`;

describe('dutyChecks', () => {
  it('holds the replica to its schedule', () => {
    assert.equal(checkOf('snapshot-age', ''), undefined);
    const late = checkOf('snapshot-age', '    schedule: { every: 1h }\n');
    assert.equal(late?.ok, false);
    assert.match(late.expected, /at most 2 h old/);
    assert.match(late.found, /^@a of 1970-01-01T00:00:01Z, \d+ d old$/);
    assert.equal(checkOf('snapshot-age', '    schedule: { every: 9000w }\n')?.ok, true);
    assert.equal(checkOf('snapshot-age', '    schedule: { cron: "0 2 * * *" }\n')?.ok, false);
  });

  it('holds people to the age of a restore test', () => {
    assert.equal(checkOf('restore-tested', escrow('restored: 2026-11-01, every: 30d'))?.ok, true);
    const late = checkOf('restore-tested', escrow('restored: 2026-09-01, every: 30d'));
    assert.equal(late?.ok, false);
    assert.equal(late.expected, 'a restore test within 30 d');
    assert.equal(late.found, '2026-09-01, 83 d ago (the key kept by ops: safe B)');
    assert.equal(checkOf('restore-tested', escrow('restored: 2001-01-01'))?.ok, true, 'shown and not judged');
    assert.match(checkOf('restore-tested', escrow('restored: 2027-01-01'))?.found ?? '', /yet to come/);
    assert.equal(checkOf('restore-tested', escrow('restored: 2026-11-23'))?.ok, true);
  });

  it('holds a standby to its rehearsal', () => {
    assert.equal(checkOf('standby-rehearsed', standby('90d'))?.ok, true);
    const late = checkOf('standby-rehearsed', standby('30d'));
    assert.equal(late?.ok, false);
    assert.equal(late.found, '2026-09-01, 83 d ago (ann, bob, by wiki)');
  });

  it('sees a passphrase that was changed, until the next run brings it', async () => {
    const lab = tree(createRunLab());
    const keys = async (): Promise<readonly string[]> => {
      const look = (name: 'prod' | 'vault') => readInventory(lab.host(name), '2026-11-23T03:00:00Z');
      const read = { prod: await look('prod'), vault: await look('vault') };
      const checks = verifyPolicy(lab.file, 'p', read).filter(({ id }) => id === 'same-key');
      return checks.map(({ dataset, ok, found }) => `${dataset} ${ok ? 'ok' : found}`);
    };
    await lab.run();
    const all = ['', '/app', '/app/deep', '/nest', '/nest/kid', '/vol'].map((path) => `${COPY}${path} ok`);
    assert.deepEqual(await keys(), all);
    lab.type('prod', `zfs change-key ${TOP}`);
    const changed = await keys();
    assert.deepEqual(
      changed.filter((key) => key.endsWith(' ok')),
      [`${COPY}/nest ok`, `${COPY}/nest/kid ok`],
    );
    assert.match(changed[0] ?? '', /^backup\/prod another passphrase, or the same set again: it was changed since/);
    assert.doesNotMatch(changed.join(), /\d{5}/, 'a salt is not printed');
    const receipt = await lab.run();
    assert.equal(receipt.outcome, 'done');
    assert.match(JSON.stringify(receipt), /the passphrase of tank\/prod is not that of backup\/prod: this run brings/);
    assert.deepEqual(await keys(), all);
    assert.equal((await lab.run()).outcome, 'up-to-date');
  });

  it('keeps no run from its end', async () => {
    const lab = tree(createRunLab(escrow('restored: 2001-01-01, every: 1d')));
    assert.equal((await lab.run()).outcome, 'done');
  });
});

describe('runPolicy outside of its window', () => {
  // The clock of the lab begins at 02:00.
  const WINDOW = '    window: { from: "12:00", to: "13:00" }\n';

  it('reads nothing and says when it opens', async () => {
    const lab = tree(createRunLab(WINDOW));
    const { outcome, message } = await lab.run();
    assert.equal(outcome, 'conflict');
    assert.match(message, /it is 02:00/);
    assert.deepEqual(lab.log, []);
    assert.ok(lab.events.some((event) => event.kind === 'conflict' && event.code === 'window'));
  });

  it('runs all the same when told to', async () => {
    const lab = tree(createRunLab(WINDOW));
    assert.equal((await lab.run({}, { anyTime: true })).outcome, 'done');
  });
});
