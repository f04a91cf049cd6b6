import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { parsePolicy } from '../../server/src/core/policy/parse-policy';
import { type Ended, runCli } from './io-double';
import { temporaryFolder } from './temporary-folder';
import { createTwoHosts } from './two-hosts';

const TIDY = `version: 1

hosts:
  prod: { ssh: cr0x@source }
  vault: { ssh: cr0x@dest }

policies:
  prod-to-vault:
    intent: vault
    source: prod:tank/prod # the only one
    target: vault:backup/prod
`;

const UNTIDY = TIDY.replaceAll('\n\n', '\n').replaceAll('  ', '    ').replace('{ ssh', '{ssh');
const WRONG = 'version: 1\nhosts: { a: { ssh: "a } }\n';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

const textOf = (folder: string, name = 'rawsend.yaml'): string => readFileSync(path.join(folder, name), 'utf8');

describe('rawsend policy', () => {
  for (const [args, hint] of [
    [[], /say `rawsend policy fmt`/],
    [['frobnicate'], /say `rawsend policy fmt`/],
    [['fmt', '--format', 'json'], /policy fmt has no option --format/],
    [['show', '--check'], /policy show has no option --check/],
    [['init', 'a:tank/x'], /two datasets: HOST:DATASET HOST:DATASET/],
    [['init', 'a:tank/x', 'tank'], /does not say on which host/],
    [['init', 'a:tank/x', 'b:tank@y'], /not a snapshot/],
    [['init', 'root@a:tank/x', 'cr0x@a:tank/y'], /root@a and cr0x@a would both be the host a/],
    [['init', 'a:tank/x', 'b:tank/x', '--ssh', 'c=root@c'], /no host c here\n.*a and b/],
    [['init', 'a:tank/x', 'b:tank/x', '--ssh', 'b'], /HOST=ADDRESS/],
    [['init', 'a:tank/x', 'b:tank/x', '--elevate', 'b=su'], /none, sudo, doas/],
    [['init', 'a:tank/x', 'roo t@b:tank/x'], /write user@host/],
    [['init', 'a:tank/x', 'root@[fd00::2]:tank/x'], /zfs refuses the dataset/],
    [['init', 'a:tank/x', 'b:tank/x', '--ssh', 'b=ssh://b'], /leave out ssh:/],
  ] as const)
    it(`refuses ${args.join(' ') || 'nothing'}`, async () => {
      const { code, stdout, stderr } = await runCli(['policy', ...args], { cwd: temporaryFolder() });
      assert.match(stderr, hint);
      assert.deepEqual([code, stdout], [EXIT.usage, '']);
    });
});

const fmt = (cwd: string, ...args: readonly string[]): Promise<Ended> => runCli(['policy', 'fmt', ...args], { cwd });

const filter = (stdin: string): Promise<Ended> => runCli(['policy', 'fmt', '-'], { stdin });

describe('rawsend policy fmt', () => {
  it('lays out the nearest policy file, once', async () => {
    const folder = folderWith({ 'rawsend.yaml': UNTIDY });
    const first = await fmt(folder);
    assert.deepEqual([first.code, first.stdout, first.stderr], [EXIT.done, 'rawsend.yaml: formatted\n', '']);
    assert.equal(textOf(folder), TIDY);
    assert.equal((await fmt(folder)).stdout, '');
  });

  it('only says so with --check', async () => {
    const folder = folderWith({ 'rawsend.yaml': UNTIDY, 'tidy.rawsend.yaml': TIDY });
    const { code, stdout } = await fmt(folder, '--check', 'rawsend.yaml', 'tidy.rawsend.yaml');
    assert.deepEqual([code, stdout], [EXIT.findings, 'rawsend.yaml: not formatted\n']);
    assert.equal(textOf(folder), UNTIDY);
    assert.equal((await fmt(folder, '--check', 'tidy.rawsend.yaml')).code, EXIT.done);
  });

  it('leaves a file with errors alone, says why, and goes on', async () => {
    const folder = folderWith({ 'a.rawsend.yaml': WRONG, 'b.rawsend.yaml': UNTIDY });
    const { code, stdout, stderr } = await fmt(folder, 'a.rawsend.yaml', 'b.rawsend.yaml');
    assert.deepEqual([code, stdout], [EXIT.findings, 'b.rawsend.yaml: formatted\n']);
    assert.match(stderr, /^a\.rawsend\.yaml:2:\d+: error [^]*a\.rawsend\.yaml has errors, so it is left as it is\n$/);
    assert.equal(textOf(folder, 'a.rawsend.yaml'), WRONG);
  });

  it('is a filter, which never loses what it was given', async () => {
    assert.equal((await filter(UNTIDY)).stdout, TIDY);
    assert.equal((await filter(WRONG)).stdout, WRONG);
  });

  it('wants a file that exists', async () => {
    assert.equal((await fmt(temporaryFolder())).code, EXIT.usage);
    assert.match((await fmt(temporaryFolder(), 'absent.yaml')).stderr, /absent\.yaml does not exist/);
  });
});

describe('rawsend policy show', () => {
  it('spells out the policy and its commands', async () => {
    const { code, stdout } = await runCli(['policy', 'show'], { cwd: folderWith({ 'rawsend.yaml': TIDY }) });
    assert.equal(code, EXIT.done);
    assert.match(stdout, /^prod-to-vault:\n {2}intent: vault\n/);
    assert.match(stdout, /^ {4}raw: true # default$/m);
    assert.match(stdout, /^# +prod: zfs send -w /m);
    assert.match(stdout, /^# +\| vault: zfs receive -s -u -o mountpoint=none /m);
  });

  it('has a form for programs', async () => {
    const { stdout } = await runCli(['policy', 'show', '--format', 'json'], {
      cwd: folderWith({ 'rawsend.yaml': TIDY }),
    });
    const { schema, policy, keys, firstRun } = JSON.parse(stdout);
    assert.deepEqual([schema, policy], [1, 'prod-to-vault']);
    const raw = keys.find(({ path: keyPath }: { path: string[] }) => keyPath.join('.') === 'send.raw');
    assert.deepEqual([raw.value, raw.origin], [true, 'default']);
    assert.match(raw.effect, /zfs send -w/);
    assert.ok(firstRun.some(({ command }: { command: string[] }) => command[1] === 'send'));
  });

  it('knows no policy that is not there', async () => {
    const { code } = await runCli(['policy', 'show', 'other'], { cwd: folderWith({ 'rawsend.yaml': TIDY }) });
    assert.equal(code, EXIT.usage);
  });
});

const init = (cwd: string, ...more: readonly string[]): Promise<Ended> =>
  initBetween(cwd, 'prod:tank/prod', 'vault:backup/prod', ...more);

const initBetween = async (cwd: string, ...words: readonly string[]): Promise<Ended> => {
  const hosts = createTwoHosts();
  const args = ['policy', 'init', ...words];
  const ended = await runCli(args, { cwd, connect: hosts.connect });
  assert.deepEqual([hosts.changes, hosts.open()], [[], 0]);
  return ended;
};

describe('rawsend policy init', () => {
  it('prints a policy that says what was found, and writes nothing', async () => {
    const { code, stdout, stderr } = await init(
      temporaryFolder(),
      '--ssh',
      'vault=root@dest:2222',
      '--elevate',
      'vault=sudo',
    );
    assert.deepEqual([code, stderr], [EXIT.done, '']);
    const { file, problems } = parsePolicy(stdout);
    assert.deepEqual(problems, []);
    assert.equal(file?.hosts['vault']?.ssh, 'root@dest:2222');
    assert.equal(file.hosts['vault'].elevate, 'sudo');
    assert.equal(file.hosts['prod']?.ssh, 'prod');
    assert.equal(file.policies['prod-to-vault']?.source.dataset, 'tank/prod');
    assert.match(stdout, /# aes-256-gcm, a passphrase at prompt; 1 dataset/);
    assert.match(stdout, /# Does not exist on vault yet/);
  });

  it('takes one host for both sides', async () => {
    const { stdout, stderr } = await initBetween(temporaryFolder(), 'prod:tank/prod', 'prod:tank/copy');
    const { file, problems } = parsePolicy(stdout);
    assert.deepEqual(problems, [], stderr);
    assert.deepEqual(Object.keys(file?.hosts ?? {}), ['prod']);
    assert.match(stdout, /# Does not exist on prod yet/);
    assert.doesNotMatch(stdout, /In the way/);
  });

  it('refuses a target within its source', async () => {
    const { code, stdout, stderr } = await initBetween(temporaryFolder(), 'prod:tank/prod', 'prod:tank/prod/copy');
    assert.deepEqual([code, stdout], [EXIT.usage, '']);
    assert.match(stderr, /the target lies within the source/);
  });

  it('writes a new file, and never over one', async () => {
    const folder = temporaryFolder();
    assert.equal((await init(folder, '-o', 'new.rawsend.yaml')).code, EXIT.done);
    const written = textOf(folder, 'new.rawsend.yaml');
    assert.deepEqual(parsePolicy(written).problems, []);
    const again = await init(folder, '-o', 'new.rawsend.yaml');
    assert.equal(again.code, EXIT.usage);
    assert.match(again.stderr, /exists already/);
    assert.equal(textOf(folder, 'new.rawsend.yaml'), written);
    assert.equal((await init(folder, '-o', 'absent/new.yaml')).code, EXIT.failed);
    assert.ok(!existsSync(path.join(folder, 'absent')));
  });
});
