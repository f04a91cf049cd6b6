import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { type Circumstances, type Ended, runCli } from './io-double';
import { temporaryFolder } from './temporary-folder';
import { createTwoHosts, type TwoHosts } from './two-hosts';

const POLICY = `version: 1
hosts:
  prod: { ssh: cr0x@source }
  vault: { ssh: cr0x@dest }
policies:
  prod-to-vault: { intent: vault, source: "prod:tank/prod", target: "vault:backup/prod" }
`;

const TWO_POLICIES = `${POLICY}  second: { intent: vault, source: "prod:tank/prod", target: "vault:backup/second" }\n`;

interface Case extends Circumstances {
  readonly policy?: string;
  readonly hosts?: TwoHosts;
}

/** Runs a command in a folder with a policy file; whatever it does, every connection is closed afterwards. */
async function runIn({ policy, hosts = createTwoHosts(), ...rest }: Case, ...argv: readonly string[]): Promise<Ended> {
  const cwd = temporaryFolder();
  if (policy !== '') writeFileSync(path.join(cwd, 'rawsend.yaml'), policy ?? POLICY);
  const ended = await runCli(argv, {
    cwd,
    connect: hosts.connect,
    env: { XDG_STATE_HOME: path.join(cwd, 'state') },
    ...rest,
  });
  assert.equal(hosts.open(), 0);
  return ended;
}

/** The command ends with this code, says this on standard error and has nothing to report. */
async function check(
  circumstances: Case,
  argv: readonly string[],
  expected: { readonly code: number; readonly stderr: RegExp },
): Promise<void> {
  const { code, stdout, stderr } = await runIn(circumstances, ...argv);
  assert.match(stderr, expected.stderr);
  assert.equal(code, expected.code);
  assert.equal(stdout, '');
}

for (const command of ['plan', 'estimate', 'verify', 'run --yes'] as const) {
  const words = command.split(' ');
  describe(`rawsend ${command}`, () => {
    it('wants a policy file', () =>
      check({ policy: '' }, words, { code: EXIT.usage, stderr: /no rawsend\.yaml here or above/ }));
    it('wants one that exists', () =>
      check({}, [...words, '-f', 'absent.yaml'], { code: EXIT.usage, stderr: /absent\.yaml does not exist/ }));
    it('wants a name where there are several', () =>
      check({ policy: TWO_POLICIES }, words, { code: EXIT.usage, stderr: /prod-to-vault and second/ }));
    it('names the policy that was meant', () =>
      check({}, [...words, 'prod-to-valut'], { code: EXIT.usage, stderr: /Did you mean prod-to-vault\?/ }));
    it('prints the findings of a wrong policy file and does nothing', () =>
      check({ policy: POLICY.replace('vault, source', 'valut, source') }, words, {
        code: EXIT.findings,
        stderr: /^rawsend\.yaml:6:\d+: error .*\n6 \| .*\n {2}\| +\^+\n[^]*has errors, so nothing was done/,
      }));
    it('takes the policy from standard input', async () => {
      const { code, stderr } = await runIn({ policy: '', stdin: POLICY }, ...words, '-f', '-', '--format', 'json');
      assert.notEqual(code, EXIT.usage, stderr);
      assert.notEqual(code, EXIT.failed, stderr);
    });
  });
}

describe('hosts that cannot be reached', () => {
  for (const command of ['plan', 'estimate', 'verify'])
    it(`keep ${command} from working, with one line for each`, async () => {
      const cwd = temporaryFolder();
      writeFileSync(path.join(cwd, 'rawsend.yaml'), POLICY);
      const { code, stdout, stderr } = await runCli([command], { cwd });
      assert.equal(code, EXIT.failed);
      assert.equal(stdout, '');
      assert.deepEqual(stderr.split('\n'), ['rawsend: prod cannot be reached', 'rawsend: vault cannot be reached', '']);
    });
});

/** Of the plan that is made at this time. */
const digestAt = async (now: Date): Promise<unknown> =>
  JSON.parse((await runIn({ now: () => now }, 'plan', '--format', 'json')).stdout).digest;

describe('a request to stop', () => {
  for (const command of ['plan', 'estimate', 'verify', 'inventory'])
    it(`ends ${command}, which only reads, at once`, async () => {
      const words = command === 'inventory' ? ['inventory', 'prod'] : [command];
      const { aborted } = await runIn({ onListen: (stop) => stop('cancel') }, ...words);
      assert.deepEqual(aborted, [EXIT.failed]);
    });
});

describe('rawsend plan', () => {
  it('has the JSON form of the contract and only reads', async () => {
    const hosts = createTwoHosts();
    const { code, stdout } = await runIn({ hosts }, 'plan', 'prod-to-vault', '--format', 'json');
    assert.equal(code, EXIT.done);
    const plan = JSON.parse(stdout);
    assert.equal(plan.schema, 1);
    assert.match(plan.digest, /^[0-9a-f]{64}$/);
    assert.equal(plan.jobs[0].status, 'ready');
    for (const step of plan.jobs[0].steps) {
      assert.ok(Array.isArray(step.command));
      assert.ok(['prod', 'vault'].includes(step.host));
    }
    assert.deepEqual(hosts.changes, []);
  });

  it('tells what the hosts hold afterwards', async () => {
    const { stdout } = await runIn({}, 'plan', '--format', 'json');
    const { text, jobs } = JSON.parse(stdout);
    const [{ afterwards }] = jobs;
    assert.deepEqual(
      afterwards.target.map((dataset: { name: string; isNew: boolean; mounted: boolean }) => [
        dataset.name,
        dataset.isNew,
        dataset.mounted,
      ]),
      [['backup/prod', true, false]],
    );
    assert.equal(afterwards.stop, undefined);
    assert.deepEqual(afterwards.destroys, { datasets: [], snapshots: [], written: [], unknown: [] });
    assert.match(text, /\n {2}afterwards\n {4}vault: 1 dataset at @rep-.*\n {2}destroys: nothing\n/s);
  });

  it('has the same digest a minute later', async () => {
    assert.equal(await digestAt(new Date(0)), await digestAt(new Date(60_000)));
  });

  it('shows the commands', async () => {
    const { stdout } = await runIn({}, 'plan');
    assert.match(stdout, /zfs send .*tank\/prod@/);
    assert.match(stdout, /zfs receive .*backup\/prod/);
  });

  it('ends with 1 for a conflict', async () => {
    const hosts = createTwoHosts();
    hosts.target.exists = true;
    hosts.target.snapshots.push({ name: 'autosnap', guid: '7', holds: new Set() });
    const { code, stdout } = await runIn({ hosts }, 'plan', '--format', 'json');
    assert.equal(code, EXIT.findings);
    const [job] = JSON.parse(stdout).jobs;
    assert.deepEqual([job.status, job.steps], ['conflict', []]);
    assert.ok(job.conflicts.every((conflict: { choices: unknown[] }) => conflict.choices.length > 0));
  });

  it('refuses what the guard refuses', async () => {
    const policy = POLICY.replace('"vault:backup/prod" }', '"vault:backup/prod", guard: { maxEstimate: 1KiB } }');
    const { code, stdout } = await runIn({ policy }, 'plan', '--format', 'json');
    assert.equal(code, EXIT.findings);
    const [job] = JSON.parse(stdout).jobs;
    assert.deepEqual([job.conflicts[0].code, job.afterwards], ['guard', undefined]);
  });
});

describe('rawsend estimate', () => {
  it('has figures by step and in total, and the digest of the plan', async () => {
    const estimate = JSON.parse((await runIn({}, 'estimate', '--format', 'json')).stdout);
    const plan = JSON.parse((await runIn({}, 'plan', '--format', 'json')).stdout);
    assert.equal(estimate.schema, 1);
    assert.equal(estimate.digest, plan.digest);
    assert.equal(estimate.jobs[0].status, 'ready');
    const steps: readonly { bytes: number }[] = estimate.jobs[0].steps;
    assert.ok(steps.length > 0);
    assert.equal(
      estimate.bytes,
      steps.reduce((sum, { bytes }) => sum + bytes, 0),
    );
  });

  it('tells people the same', async () => {
    const { code, stdout } = await runIn({}, 'estimate');
    assert.equal(code, EXIT.done);
    assert.match(stdout, /^prod-to-vault: 4\.0 KiB\n +4\.0 KiB {2}\S/);
  });
});

describe('rawsend verify', () => {
  it('ends with 1 when the target is not there, and says what each check proves', async () => {
    const { code, stdout } = await runIn({}, 'verify', '--format', 'json');
    assert.equal(code, EXIT.findings);
    const { checks, schema } = JSON.parse(stdout);
    assert.equal(schema, 1);
    assert.ok(checks.length > 0);
    for (const one of checks)
      assert.deepEqual(Object.keys(one).toSorted(), ['dataset', 'expected', 'found', 'id', 'ok', 'policy', 'proves']);
  });

  it('ends with 0 after a run, and with 1 when a key is loaded', async () => {
    const hosts = createTwoHosts();
    assert.equal((await runIn({ hosts }, 'run', '--yes')).code, EXIT.done);
    const good = await runIn({ hosts }, 'verify');
    assert.equal(good.code, EXIT.done, good.stdout);
    assert.match(good.stdout, /^prod-to-vault: \d+ checks passed\n/);
    hosts.target.keyStatus = 'available';
    const bad = await runIn({ hosts }, 'verify');
    assert.equal(bad.code, EXIT.findings);
    assert.match(bad.stdout, /FAILED {2}backup\/prod: expected unavailable, found available/);
  });
});

describe('rawsend inventory', () => {
  it('takes a host of the policy file', async () => {
    const { code, stdout } = await runIn({}, 'inventory', 'prod');
    assert.equal(code, EXIT.done);
    assert.match(
      stdout,
      /^prod {2}OpenZFS 2\.3\.2[^]*tank {2}ONLINE[^]*tank\/prod {2}filesystem, 4\.0 KiB, aes-256-gcm, encryption root, key loaded, mounted/,
    );
  });

  it('takes an SSH destination without a policy file, and lint understands what it prints', async () => {
    const { code, stdout } = await runIn(
      { policy: '' },
      'inventory',
      'cr0x@dest',
      '--elevate',
      'sudo',
      '--format',
      'json',
    );
    assert.equal(code, EXIT.done);
    assert.deepEqual([JSON.parse(stdout).schema, JSON.parse(stdout).host], [1, 'cr0x@dest']);
    const cwd = temporaryFolder();
    for (const [file, text] of [
      ['host.json', stdout],
      ['a.sh', 'true\n'],
    ] as const)
      writeFileSync(path.join(cwd, file), text);
    assert.equal((await runCli(['lint', '--inventory', 'host.json', 'a.sh'], { cwd })).code, EXIT.done);
  });

  it('takes one', () => check({}, ['inventory'], { code: EXIT.usage, stderr: /takes one HOST/ }));
  it('knows the hosts of a file that was named', () =>
    check({}, ['inventory', '-f', 'rawsend.yaml', 'cr0x@dest'], {
      code: EXIT.usage,
      stderr: /no host cr0x@dest\n.*prod, vault/,
    }));
  it('does not overrule the policy file', () =>
    check({}, ['inventory', 'prod', '--elevate', 'doas'], { code: EXIT.usage, stderr: /already says/ }));
});
