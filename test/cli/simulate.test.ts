import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { type Ended, runCli } from './io-double';
import { temporaryFolder } from './temporary-folder';

const POLICY = `version: 1
hosts:
  prod: { ssh: cr0x@source }
  vault: { ssh: cr0x@dest }
policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod
    target: vault:backup/prod
    retention: { source: { keep: { hourly: 4, daily: 3 } }, target: { keep: { daily: 30 } } }
`;

/** No host can be reached in it, and it is the morning of a day. */
function simulate(...argv: readonly string[]): Promise<Ended> {
  return simulateOf(POLICY, argv);
}

function simulateOf(policy: string, argv: readonly string[]): Promise<Ended> {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'rawsend.yaml'), policy);
  return runCli(['simulate', ...argv], { cwd, now: () => new Date('2026-11-23T09:00:00Z') });
}

const QUICK = ['--every', '6h', '--days', '12'];

async function refuses(argv: readonly string[], stderr: RegExp): Promise<void> {
  const ended = await simulate(...argv);
  assert.match(ended.stderr, stderr);
  assert.deepEqual([ended.code, ended.stdout], [EXIT.usage, '']);
}

describe('rawsend simulate', () => {
  it('takes the time from run to run from the schedule, unless it is given', async () => {
    const nightly = `${POLICY}    schedule: { cron: "0 2 * * mon,thu" }\n`;
    const played = async (...more: readonly string[]): Promise<string | undefined> =>
      /a run every [^,]+/.exec((await simulateOf(nightly, ['--days', '9', ...more])).stdout)?.[0];
    assert.equal(await played(), 'a run every 4 d');
    assert.equal(await played('--every', '2d'), 'a run every 2 d');
  });

  it('plays the policies that bring the source, and says how often', async () => {
    const onward = `${POLICY}  vault-to-far:
    intent: vault
    source: vault:backup/prod
    target: prod:tank/far
    schedule: { every: 1d }
`;
    const { code, stdout, stderr } = await simulateOf(onward, ['vault-to-far', '--days', '6', '--outage', '2d@3']);
    assert.deepEqual([code, stderr], [EXIT.done, '']);
    assert.match(
      stdout,
      /^ {2}prod-to-vault brings vault:backup\/prod before, a run every 1 d; the target keeps daily 30$/m,
    );
    assert.match(stdout, /The chain holds: 4 runs done, 2 missed\./);
  });

  it('tells that a chain holds, in a table, without asking a host', async () => {
    const { code, stdout, stderr } = await simulate('prod-to-vault', ...QUICK, '--outage', '3d@4', '--churn', '1GiB/h');
    assert.deepEqual([code, stderr], [EXIT.done, '']);
    assert.equal(
      stdout,
      `prod-to-vault: prod:tank/prod → vault:backup/prod, simulated; no host was asked
  12 days from 2026-11-23, a run every 6 h, 1.0 GiB written an hour
  source keeps hourly 4, daily 3; target keeps daily 30; the base is held
  outage of 3 d from 2026-11-26 00:00 UTC

  ...###......
  . replicated   # outage

  runs, snapshots of a dataset, and how far the target is behind when the days end
  days  from        done  missed  at source  at target    behind   to send
  1–3   2026-11-23    12       -          6          3       6 h   6.0 GiB
  4–6   2026-11-26     -      12          7          3  3 d 06 h  78.0 GiB  outage
  7–12  2026-11-29    24       -          6         12       6 h   6.0 GiB

The chain holds: 36 runs done, 12 missed.
  At worst the target is 3 d 06 h behind, and one run sends 78.0 GiB.
  Until then the source keeps up to as much for the held base, if what it has is overwritten or deleted.
  The hold kept tank/prod@rep-2026-11-25T180000Z (and 1 more), which retention would have destroyed; --without-holds shows what then.
`,
    );
  });

  it('ends with 1 for a chain that breaks, and says what prevents it', async () => {
    const { code, stdout } = await simulate(...QUICK, '--outage', '3d@4', '--without-holds');
    assert.equal(code, EXIT.findings);
    assert.match(stdout, /\n {2}\.\.\.##XX\n/);
    assert.match(
      stdout,
      /\nThe chain breaks on day 6 \(2026-11-28 00:00 UTC\), which a run finds out on day 7 \(2026-11-29 00:00 UTC\)\.\n/,
    );
    assert.match(
      stdout,
      /\n {2}tank\/prod@rep-2026-11-25T180000Z, the base, was destroyed then: retention\.source keeps hourly 4, daily 3, and nothing held it\.\n/,
    );
    assert.match(stdout, /\n {2}The planner then says no-base: /);
    assert.match(
      stdout,
      /\nEach of these prevents it, simulated past the last outage:\n {2}- hold the base, .*\n {2}- `zfs bookmark` .*\n {2}- retention\.source\.keep\.hourly: 13 \(now 4\), .*\n {2}- retention\.source\.keep\.daily: 4 \(now 3\), .*\n$/,
    );
    const table = stdout.slice(0, stdout.indexOf('\n\nThe chain'));
    assert.ok(
      table.split('\n').every((line) => line.length <= 100),
      table,
    );
  });

  it('has the same as JSON', async () => {
    const { code, stdout } = await simulate(...QUICK, '--outage', '3d@4', '--without-holds', '--format', 'json');
    assert.equal(code, EXIT.findings);
    const { timeline, broken, repairs, ...report } = JSON.parse(stdout);
    assert.deepEqual(report, {
      schema: 1,
      policy: 'prod-to-vault',
      outcome: 'breaks',
      start: Date.UTC(2026, 10, 23) / 1000,
      days: 12,
      every: 21_600,
      churn: 2 ** 30 / 3600,
      outages: [{ from: Date.UTC(2026, 10, 26) / 1000, to: Date.UTC(2026, 10, 29) / 1000 }],
      holds: false,
      done: 12,
      missed: 12,
      mostSent: 6 * 2 ** 30,
      longestLag: 21_600,
      savedByHold: [],
      notEnough: [],
    });
    assert.deepEqual([timeline.length, timeline[3].missed, timeline[3].hasOutage], [7, 4, true]);
    assert.deepEqual(
      [broken.code, broken.day, broken.noticedDay, broken.lost.at],
      ['no-base', 6, 7, Date.UTC(2026, 10, 28) / 1000],
    );
    assert.deepEqual(
      repairs.map(({ kind, count }: { kind: string; count?: number }) => [kind, count]),
      [
        ['hold', undefined],
        ['bookmark', undefined],
        ['retention', 13],
        ['retention', 4],
      ],
    );
  });

  it('folds many days into a bar of the width of a page', async () => {
    const { stdout } = await simulate('--every', '1d', '--days', '200', '--outage', '30d@50');
    assert.match(stdout, /\n {2}\.{16}#{11}\.{40} {3}3 days a sign\n/);
  });

  it('says what is wrong with an option', async () => {
    await refuses(['--days', '0'], /--days 0: write a whole number of days from 1/);
    await refuses(['--days', '1.5'], /whole number/);
    await refuses(['--every', '1'], /--every 1: write a duration .*the unit is missing/);
    await refuses(['--every', '1s'], /2592000 runs, and at most 20000 are played/);
    await refuses(['--churn', '5GiB'], /--churn 5GiB: .*`\/h`/);
    await refuses(['--churn', '5G/h'], /GiB \(1024\)/);
    await refuses(['--outage', '3d'], /--outage 3d: write an outage such as `3d@5`/);
    await refuses(['--outage', '1d@31'], /begins after the last of 30 days/);
    await refuses(['absent'], /has no policy absent/);
  });
});
