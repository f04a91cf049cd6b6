/** The lab as its users have it: by the command line, over SSH. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'ssh2';
import type { Plan } from '../../server/src/core/plan/plan';
import { SCENARIOS, startLab } from '../../server/src/lab';
import type { Lab } from '../../server/src/lab';
import { eventsOf, finishedOf, rawsend, ROOT } from '../support/rawsend';

async function withLab<T>(name: string, use: (lab: Lab) => Promise<T>): Promise<T> {
  const scenario = SCENARIOS.find((each) => each.name === name);
  assert.ok(scenario, name);
  const lab = await startLab(scenario, mkdtempSync(path.join(tmpdir(), 'rawsend-test-lab-')), '/dev/null');
  try {
    return await use(lab);
  } finally {
    await lab.stop();
  }
}

async function planOf({ sshConfig, policyFile }: Lab): Promise<Plan['jobs'][number]> {
  const { stdout, stderr } = await rawsend(sshConfig).run(['plan', '-f', policyFile, '--format', 'json']);
  const [job] = (JSON.parse(stdout) as Plan).jobs;
  assert.ok(job, stderr);
  return job;
}

describe('the lab', function () {
  this.timeout(120_000);

  for (const [name, expected] of [
    ['fresh', 'ready'],
    ['healthy', 'ready'],
    ['interrupted', 'ready'],
    ['diverged', 'diverged'],
    ['plaintext-child', 'clear-child'],
    ['key-loaded', 'key-loaded'],
  ] as const) {
    it(`begins as it says: ${name}`, () =>
      withLab(name, async (lab) => {
        const { status, conflicts, steps } = await planOf(lab);
        assert.deepEqual([status === 'conflict' ? conflicts.map(({ code }) => code).join() : status], [expected]);
        if (name === 'interrupted') assert.equal(steps[0]?.purpose, 'resume');
        if (name === 'healthy') assert.ok(steps.every(({ purpose }) => purpose !== 'full'));
      }));
  }

  it('has a vault that verifies, when it is healthy', () =>
    withLab('healthy', async ({ sshConfig, policyFile }) => {
      const { code, stdout } = await rawsend(sshConfig).run(['verify', '-f', policyFile]);
      assert.equal(code, 0, stdout);
    }));

  it('has no jump hosts, and says so instead of going around them', () =>
    withLab('fresh', async ({ directory, exec, sshConfig, policyFile, ports }) => {
      const command = `ssh -o 'ProxyCommand=ssh -W %h:%p bastion' -p ${ports.target} root@127.0.0.1 true`;
      const { code, stderr } = await exec('source', command);
      assert.notEqual(code, 0);
      assert.match(stderr, /the lab's ssh does not know -o ProxyCommand/);
      const config = path.join(directory, 'with_jump');
      writeFileSync(config, `Host target\n  ProxyJump source\n${readFileSync(sshConfig, 'utf8')}`);
      const planned = await rawsend(config).run(['plan', '-f', policyFile]);
      assert.match(planned.stderr, /the jump host of vault, does not let this login connect on/);
    }));

  it('goes on over a way that is lost again and again, until it is done', () =>
    withLab('flaky', async ({ sshConfig, policyFile }) => {
      const cli = rawsend(sshConfig);
      const run = () => cli.run(['run', '-y', '-f', policyFile, '--format', 'json']);
      const outcomes: string[] = [];
      let resumed = 0;
      while (outcomes.length < 9 && outcomes.at(-1) !== 'done') {
        const ended = await run();
        outcomes.push(finishedOf(ended).outcome);
        resumed += eventsOf(ended).filter(
          (event) => event.kind === 'step-started' && /interrupted/.test(event.title),
        ).length;
      }
      assert.ok(outcomes.length > 2 && outcomes.at(-1) === 'done', outcomes.join(' '));
      assert.ok(resumed >= outcomes.length - 2, `${resumed} of ${outcomes.length} runs went on from a token`);
    }));

  it('lets in nobody without its key, no user that it does not have, and gives no terminal', () =>
    withLab('fresh', async ({ ports, directory }) => {
      const key = readFileSync(path.join(directory, 'client_key'));
      const login = async (options: object): Promise<string> => {
        const client = new Client();
        client.connect({ host: '127.0.0.1', port: ports.source, username: 'root', ...options });
        const outcome = await Promise.race([
          once(client, 'ready').then(() => 'in'),
          once(client, 'error').then(([error]: readonly unknown[]) => String(error)),
        ]).catch((error: unknown) => String(error));
        client.end();
        return outcome;
      };
      assert.equal(await login({ privateKey: key }), 'in');
      assert.match(await login({ username: 'nobody', privateKey: key }), /authentication/);
      assert.match(await login({ password: 'correct horse battery staple' }), /authentication/);
    }));

  it('says a stream that is none, and a stream that is clear', () =>
    withLab('fresh', async (lab) => {
      const garbage = await lab.exec('target', 'head -c 100k /dev/urandom | zfs receive backup/x');
      assert.match(garbage.stderr, /cannot receive: invalid stream \(bad magic number\)/);
      assert.equal(garbage.code, 1);
      assert.equal((await lab.exec('source', 'zfs send tank/prod/db@monday | grep -c everybody')).stdout > '0\n', true);
      assert.equal((await lab.exec('source', 'zfs send -w tank/prod/db@monday | grep -c everybody')).stdout, '0\n');
    }));

  it('is started by the command line, and leaves neither process nor file', async () => {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'lab', 'up', '--format', 'json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    while (!printed.endsWith('\n}\n')) await once(child.stdout, 'data');
    const up = JSON.parse(printed) as Pick<Lab, 'directory' | 'sshConfig' | 'policyFile' | 'ports'>;
    const { code, stdout } = await rawsend(up.sshConfig).run(['plan', '-f', up.policyFile]);
    assert.equal(code, 0, stdout);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.equal(existsSync(up.directory), false);
    await assert.rejects(once(connect(up.ports.source, '127.0.0.1'), 'connect'), /ECONNREFUSED/);
  });

  it('lists its scenarios, and names them where one is wrong', async () => {
    const list = await rawsend('/dev/null').run(['lab', 'list']);
    for (const { name, summary } of SCENARIOS) assert.ok(list.stdout.includes(name) && list.stdout.includes(summary));
    const wrong = await rawsend('/dev/null').run(['lab', 'up', '--scenario', 'nope']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /fresh, healthy, diverged/);
  });
});
