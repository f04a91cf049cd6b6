/** The parts of `npm run contract` that need no virtual machine. */
import assert from 'node:assert/strict';
import { compare } from '../../scripts/contract/compare';
import type { Difference } from '../../scripts/contract/compare';
import { formatScenario } from '../../scripts/contract/format-difference';
import { formatTable } from '../../scripts/contract/format-table';
import { batchesOf } from '../../scripts/contract/jobs';
import type { Job } from '../../scripts/contract/jobs';
import { isWorthPlaying } from '../../scripts/contract/judge';
import { parseOptions } from '../../scripts/contract/options';
import { playOnModel } from '../../scripts/contract/play-on-model';
import type { Played } from '../../scripts/contract/played';
import { scenarios } from '../../scripts/contract/scenario';
import type { Scenario } from '../../scripts/contract/scenario';
import { scenarioJobs } from '../../scripts/contract/scenario-jobs';
import { shrinkScenario } from '../../scripts/contract/shrink-scenario';
import { formatSummary } from '../../scripts/contract/summary';
import { SCENARIOS } from './scenarios';

const sending = (stderr: string) => [{ line: 'zfs send -v', exitCodes: [0], stdout: '', stderr }];
const sent = (exitCodes: readonly number[]) => [{ line: '', exitCodes, stdout: '', stderr: '' }];

/** A send of so many bytes of data to a receive that fails before it reads. */
function playUnread(bytes: number): Played | undefined {
  const send = 'zfs send tank/a@1 | zfs receive nowhere/a';
  const lines = ['zfs create tank/a', `write tank/a ${bytes}`, 'zfs snapshot tank/a@1', send];
  return playOnModel(scenarioOf(lines), '2.3').at(-1);
}

describe('what the contract compares', () => {
  it('leaves out how far a slow send tells that it is', () => {
    const told = 'total estimated size is 1.5M\n';
    assert.equal(compare(sending(told), sending(`${told}16:59:38   1.2M   tank/prod@b\n`)), undefined);
    assert.equal(compare(sending(told), sending(`${told}16:59:38\t123456\ttank/prod@b\n`)), undefined);
    assert.equal(compare(sending(told), sending(`${told}cannot send\n`))?.what, 'stderr');
  });

  it('takes a broken pipe for no difference where the sender raced with a reader that left, and nowhere else', () => {
    const racing = sent([0, 1]).map((played) => ({ ...played, racing: [0] }));
    assert.equal(compare(racing, sent([141, 1])), undefined);
    assert.equal(compare(racing, sent([0, 1])), undefined);
    assert.equal(compare(racing, sent([1, 1]))?.what, 'exit codes');
    assert.equal(compare(racing, sent([0, 141]))?.what, 'exit codes');
    assert.equal(compare(sent([0, 1]), sent([141, 1]))?.what, 'exit codes');
  });

  it('knows which senders race: those that a pipe has room for', () => {
    const [small, large] = [1, 500_000].map(playUnread);
    assert.deepEqual([small?.exitCodes, small?.racing], [[0, 1], [0]]);
    assert.deepEqual([large?.exitCodes, large?.racing], [[141, 1], []]);
  });
});

describe('what the contract plays', () => {
  const jobs: readonly Job[] = [
    { subject: 'chains', scenario: { name: 'one', from: 'pools', lines: ['zfs list'] } },
    { subject: 'looks', scenario: { name: 'two', from: 'pools', lines: ['zfs list'], alsoOn21: 'why' } },
  ];
  const played = (...argv: readonly string[]): unknown =>
    batchesOf(parseOptions(argv), jobs).map((batch) => [
      batch.release,
      batch.jobs.filter(({ isRandom }) => !isRandom).map(({ scenario }) => scenario.name),
      batch.jobs.filter(({ isRandom }) => isRandom).length,
    ]);

  it('is all on 2.3, what 2.1 does differently on 2.1, and random sequences', () => {
    assert.deepEqual(played(), [
      ['2.3', ['one', 'two'], 40],
      ['2.1', ['two'], 0],
    ]);
  });

  it('is what NAMEs, --release and --random ask for', () => {
    assert.deepEqual(played('one'), [['2.3', ['one'], 0]]);
    assert.deepEqual(played('looks', '--release', '2.1'), [['2.1', ['two'], 0]]);
    assert.deepEqual(played('--random', '3', '--release', 'both'), [
      ['2.3', [], 3],
      ['2.1', [], 3],
    ]);
    assert.deepEqual(played('--random', '0', '--release', '2.3'), [['2.3', ['one', 'two'], 0]]);
    assert.deepEqual(played('nothing of that name'), []);
  });

  it('refuses what it does not know', () => {
    assert.throws(() => parseOptions(['--release', '2.0']), /2\.3, 2\.1 or both, not 2\.0/);
    assert.throws(() => parseOptions(['--random', 'many']), /a whole number, not many/);
  });

  it('has the file of every scenario', async () => {
    const all = await scenarioJobs();
    assert.equal(all.length, SCENARIOS.length);
    assert.deepEqual(
      all.filter(({ subject }) => subject === '').map(({ scenario }) => scenario.name),
      [],
    );
    assert.equal(all.find(({ scenario }) => scenario.name === 'versions')?.subject, 'looks');
  });
});

describe('what the contract prints', () => {
  it('is a table by release and subject, and a sum', () => {
    const table = formatTable([
      { release: '2.3.2', subject: 'chains', agreed: true },
      { release: '2.3.2', subject: 'chains', agreed: false },
      { release: '2.3.2', subject: 'random, seed 1', agreed: true },
      { release: '2.1.11', subject: 'chains', agreed: true },
    ]);
    assert.equal(
      table,
      [
        'OpenZFS 2.3.2     scenarios  agreed  differing',
        '  chains                  2       1          1',
        '  random, seed 1          1       1          0',
        '  all                     3       2          1',
        'OpenZFS 2.1.11    scenarios  agreed  differing',
        '  chains                  1       1          0',
        '  all                     1       1          0',
      ].join('\n'),
    );
    assert.equal(formatSummary({ passed: 3, failed: 1, skipped: 0 }), '3 passed, 1 failed');
    assert.equal(formatSummary({ passed: 3, failed: 0, skipped: 2 }), '3 passed, 0 failed, 2 skipped');
  });

  it('is a scenario that can be read again', () => {
    const scenario: Scenario = { name: 'a name', from: 'vault', lines: ['zfs list', 'zfs get -H guid tank/prod@a'] };
    assert.deepEqual(scenarios(formatScenario(scenario)), [scenario]);
  });
});

describe('a scenario that differs', () => {
  const lines = Array.from({ length: 16 }, (_, index) => `zfs create tank/c${index}`);
  const scenario: Scenario = {
    name: 'long',
    from: 'pools',
    lines: [...lines, 'zfs list -H tank', 'zfs get guid tank'],
  };
  it('shrinks to the lines that it needs', async () => {
    let played = 0;
    const needed = ['zfs create tank/c3', 'zfs create tank/c11', 'zfs list -H tank'];
    const small = await shrinkScenario(scenario, differs('zfs list -H tank'), async (tried) => {
      played += 1;
      return needed.every((line) => tried.lines.includes(line)) ? differs('zfs list -H tank') : undefined;
    });
    assert.deepEqual(small, { ...scenario, lines: needed });
    assert.ok(played <= 40, `${played} played`);
  });

  it('does not shrink to another difference', async () => {
    const small = await shrinkScenario(scenario, differs('zfs list -H tank'), async (tried) =>
      differs(tried.lines.length > 4 ? 'zfs list -H tank' : 'zfs create tank/c1'),
    );
    assert.ok(small.lines.length > 4);
  });
});

describe('a part of a scenario', () => {
  const lines = ['zfs create tank/a', 'zfs snapshot tank/a@1', 'zfs send tank/a@1 > f1', 'zfs receive nowhere/a < f1'];
  const isWorth = (kept: readonly string[]): boolean =>
    isWorthPlaying(scenarioOf(kept), scenarioOf(lines), differs('zfs receive nowhere/a < f1'), '2.3');

  it('is played when it has what its last line needs', () => {
    assert.equal(isWorth(lines), true);
    assert.equal(isWorth(lines.toSpliced(2, 1)), false);
    assert.equal(isWorth(lines.toSpliced(3, 1)), false);
  });
});

function scenarioOf(lines: readonly string[]): Scenario {
  return { name: 'part', from: 'pools', lines };
}

function differs(line: string): Difference {
  return { line, what: 'stdout', model: '', real: '' };
}
