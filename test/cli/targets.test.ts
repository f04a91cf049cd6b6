/** What the command line understands by the name of a policy with several targets. The runs themselves are in test/zfs. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { chooseNames } from '../../server/src/cli/load-policy';
import { parsePolicy } from '../../server/src/core/policy/parse-policy';
import { type Ended, runCli } from './io-double';
import { temporaryFolder } from './temporary-folder';

const HEAD = 'version: 1\nhosts: { prod: { ssh: a }, vault: { ssh: b }, offsite: { ssh: c } }\npolicies:\n';
const BOTH = `${HEAD}  everywhere: { intent: vault, source: "prod:tank/prod", target: ["vault:backup/prod", "offsite:tank/prod"] }\n`;
const WITH_ANOTHER = `${BOTH}  home: { intent: vault, source: "prod:tank/home", target: "vault:backup/home" }\n`;

function choose(text: string, ...names: readonly string[]): readonly string[] {
  const parsed = parsePolicy(text);
  assert.ok(parsed.file);
  return chooseNames({ path: 'rawsend.yaml', file: parsed.file, parsed }, names);
}

function cli(text: string, ...argv: readonly string[]): Promise<Ended> {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'rawsend.yaml'), text);
  return runCli(argv, { cwd, now: () => new Date('2026-11-23T09:00:00Z'), env: { XDG_STATE_HOME: cwd } });
}

const TARGETS = ['everywhere:vault', 'everywhere:offsite'];

describe('the name of a policy', () => {
  it('means all of its targets, and with a host one of them', () => {
    assert.deepEqual(choose(BOTH), TARGETS);
    assert.deepEqual(choose(BOTH, 'everywhere'), TARGETS);
    assert.deepEqual(choose(BOTH, 'everywhere:offsite'), ['everywhere:offsite']);
    assert.deepEqual(choose(WITH_ANOTHER, 'home', 'everywhere:offsite', 'everywhere'), [
      'home',
      'everywhere:offsite',
      'everywhere:vault',
    ]);
  });

  it('may have the host of the only target', () => assert.deepEqual(choose(WITH_ANOTHER, 'home:vault'), ['home']));

  it('has to be given where there are several policies', () =>
    assert.throws(() => choose(WITH_ANOTHER), {
      message: 'name a policy',
      hint: 'rawsend.yaml has everywhere and home',
    }));

  it('is told where it was meant', () => {
    assert.throws(() => choose(WITH_ANOTHER, 'everywere'), { hint: 'Did you mean everywhere?' });
    assert.throws(() => choose(WITH_ANOTHER, 'everywhere:ofsite'), { hint: 'Did you mean everywhere:offsite?' });
    assert.throws(() => choose(WITH_ANOTHER, 'something-else'), {
      hint: 'It has everywhere, everywhere:vault, everywhere:offsite and home',
    });
  });
});

describe('a policy with several targets', () => {
  it('is approved by digest for one target at a time', async () => {
    const { code, stderr } = await cli(BOTH, 'run', 'everywhere', '--approve', '0123456789ab');
    assert.equal(code, EXIT.usage);
    assert.match(stderr, /one policy and one target: name one[^]*everywhere:vault, everywhere:offsite/);
  });

  it('is shown once, with the first run to each', async () => {
    const { code, stdout } = await cli(BOTH, 'policy', 'show');
    assert.equal(code, EXIT.done);
    assert.equal(stdout.match(/^ {2}intent: vault$/gm)?.length, 1);
    assert.match(stdout, /^ {2}target:\n {4}- vault:backup\/prod\n {4}- offsite:tank\/prod\n/m);
    for (const target of TARGETS) assert.ok(stdout.includes(`# The first run of ${target}, had the source`));
    assert.match(stdout, /^# +\| offsite: zfs receive .* tank\/prod$/m);
    const json = JSON.parse((await cli(BOTH, 'policy', 'show', '--format', 'json')).stdout);
    assert.deepEqual(
      [json.policy, ...json.targets.map(({ policy }: { policy: string }) => policy)],
      ['everywhere', ...TARGETS],
    );
    const one = JSON.parse((await cli(BOTH, 'policy', 'show', 'everywhere:vault', '--format', 'json')).stdout);
    assert.deepEqual([one.policy, one.firstRun[0].command[1]], ['everywhere:vault', 'snapshot']);
  });

  it('is simulated target by target', async () => {
    const words = ['simulate', '--days', '3', '--every', '6h'];
    const { code, stdout } = await cli(BOTH, ...words);
    assert.equal(code, EXIT.done);
    assert.deepEqual(stdout.match(/^everywhere:\w+(?=: )/gm), TARGETS);
    const { simulations } = JSON.parse((await cli(BOTH, ...words, '--format', 'json')).stdout);
    assert.deepEqual(
      simulations.map(({ policy, outcome }: { policy: string; outcome: string }) => [policy, outcome]),
      TARGETS.map((target) => [target, 'holds']),
    );
    assert.equal(
      JSON.parse((await cli(BOTH, ...words, 'everywhere:vault', '--format', 'json')).stdout).outcome,
      'holds',
    );
  });
});
