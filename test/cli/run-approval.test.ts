import assert from 'node:assert/strict';
import { EXIT } from '../../server/src/cli/exit-code';
import { NOW, runCli } from './io-double';
import { checkEnd, createPlace, type Place } from './run-place';

const digestOf = async ({ cwd, hosts }: Place): Promise<string> => {
  const { stdout } = await runCli(['plan', 'prod-to-vault', '--format', 'json'], { cwd, connect: hosts.connect });
  return JSON.parse(stdout).digest;
};

describe('the approval of a run', () => {
  it('has to be had: without a terminal and without an option nothing is even asked of the hosts', async () => {
    const { cwd } = createPlace();
    const { code, stdout, stderr } = await runCli(['run', 'prod-to-vault'], { cwd });
    assert.deepEqual([code, stdout], [EXIT.usage, '']);
    assert.match(stderr, /nobody is there to approve[^]*--approve DIGEST[^]*--yes/);
  });

  it('is given by the digest of the plan, or its beginning', async () => {
    for (const length of [64, 12]) {
      const place = createPlace();
      const digest = await digestOf(place);
      const later = new Date(NOW.getTime() + 600_000);
      checkEnd(await place.run(['--approve', digest.slice(0, length), 'prod-to-vault'], { now: () => later }), {
        outcome: 'done',
        code: EXIT.done,
      });
    }
  });

  it('is not given by the digest of another plan', async () => {
    const { run, hosts } = createPlace();
    const ended = await run(['--approve', '0123456789abcdef', 'prod-to-vault']);
    checkEnd(ended, { outcome: 'cancelled', code: EXIT.failed });
    assert.match(ended.stderr, /not the approved one/);
    assert.deepEqual(hosts.changes, []);
  });

  it('is asked for at a terminal, under the plan', async () => {
    const { run, hosts } = createPlace();
    const asked: string[] = [];
    const confirm = (answer: boolean) => (question: string) => {
      asked.push(question);
      return Promise.resolve(answer);
    };
    const declined = await run(['prod-to-vault'], { terminal: true, confirm: confirm(false) });
    assert.equal(declined.code, EXIT.failed);
    assert.match(declined.stderr, /zfs send[^]*\n {2}afterwards\n[^]*\n {2}destroys: nothing\n/);
    assert.deepEqual(hosts.changes, []);
    assert.equal((await run(['prod-to-vault'], { terminal: true, confirm: confirm(true) })).code, EXIT.done);
    assert.equal(asked.length, 2);
  });

  for (const args of [
    ['--yes', '--approve', '0123456789abcdef', 'prod-to-vault'],
    ['--approve', 'yes', 'prod-to-vault'],
    ['--approve', '0123456789abcdef', 'prod-to-vault', 'missing'],
  ])
    it(`is no use as ${args.slice(0, -1).join(' ')}`, async () => {
      const { run, hosts } = createPlace();
      assert.equal((await run(args)).code, EXIT.usage);
      assert.deepEqual(hosts.changes, []);
    });
});
