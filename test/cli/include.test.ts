/** Policy files that include others, as they stand on a disk. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { runCli } from './io-double';
import { folderOf, lintJson } from './lint/json-report';

const HOSTS = 'version: 1\nhosts:\n  prod: { ssh: cr0x@source }\n  vault: { ssh: cr0x@dest }\n';
const policy = (name: string, keys = ''): string =>
  `policies:\n  ${name}: { intent: vault, source: prod:tank/${name}, target: vault:backup/${name}${keys} }\n`;
const including = (items: string, rest = ''): string => `version: 1\ninclude: [${items}]\n${rest}`;

const TREE = {
  'site/rawsend.yaml': including('../common/hosts.yaml, ../common/defaults.yaml, more.yaml', policy('home')),
  'site/more.yaml': including('../common/hosts.yaml', policy('mail')),
  'common/hosts.yaml': HOSTS,
  'common/defaults.yaml': 'version: 1\ndefaults:\n  transport: { limit: 5MiB/s }\n',
};

const pruning = (name: string, prefix: string): string =>
  `  ${name}: { intent: vault, source: prod:tank/mail, target: vault:backup/${name}, snapshots: { prefix: ${prefix} }, ` +
  'retention: { source: { keep: { daily: 7 } } } }\n';

/** The rules that are found, by file. */
const rulesOf = async (cwd: string, ...args: readonly string[]): Promise<readonly (readonly string[])[]> => {
  const { report } = await lintJson(args, { cwd });
  return report.files.map(({ path: file, findings }) => [file, ...findings.map(({ rule }) => rule)]);
};

const show = (cwd: string, ...args: readonly string[]) => runCli(['policy', 'show', ...args], { cwd });

describe('include, on the command line', () => {
  it('shows where each value comes from', async () => {
    const cwd = path.join(folderOf(TREE), 'site');
    const home = await show(cwd, 'home');
    assert.equal(home.code, EXIT.done, home.stderr);
    assert.match(home.stdout, /^home:\n/);
    assert.match(home.stdout, /limit: 5MiB\/s # from defaults of \.\.\/common\/defaults\.yaml\n/);
    const mail = await show(cwd, 'mail');
    assert.match(mail.stdout, /^mail: # in more\.yaml\n/);
    assert.doesNotMatch(mail.stdout, /5MiB/);
    const json = JSON.parse((await show(cwd, 'home', '--format', 'json')).stdout) as {
      keys: { path: string[]; origin: string; file?: string }[];
    };
    const limit = json.keys.find((key) => key.path.join('.') === 'transport.limit');
    assert.deepEqual([limit?.origin, limit?.file], ['defaults', '../common/defaults.yaml']);
  });

  it('names what a file has, included policies too', async () => {
    const ended = await show(path.join(folderOf(TREE), 'site'), 'nobody');
    assert.equal(ended.code, EXIT.usage);
    assert.match(ended.stderr, /home and mail/);
  });

  it('reads standard input as if it stood in the working folder', async () => {
    const cwd = path.join(folderOf(TREE), 'site');
    const stdin = TREE['site/rawsend.yaml'];
    const ended = await runCli(['policy', 'show', '-f', '-', 'home'], { cwd, stdin });
    assert.equal(ended.code, EXIT.done, ended.stderr);
    const elsewhere = await runCli(['policy', 'show', '-f', '-', 'home'], { cwd: path.dirname(cwd), stdin });
    assert.equal(elsewhere.code, EXIT.findings);
    assert.match(elsewhere.stderr, /`\.\.\/common\/hosts\.yaml` does not exist, and without it nothing can be planned/);
  });

  it('says what is wrong with an included file, once and at the item', async () => {
    const cwd = folderOf({
      'rawsend.yaml': including(
        'hosts.yaml, gone.yaml, folder, binary.yaml, pipe.yaml, loop.yaml, huge.yaml',
        policy('x'),
      ),
      'hosts.yaml': HOSTS.replaceAll('ssh', 'shh'),
      'folder/x.yaml': '',
      'binary.yaml': 'version: 1\n\0\n',
      'huge.yaml': `version: 1\nhosts: {}\n${'# \n'.repeat(400_000)}`,
    });
    symlinkSync('/dev/zero', path.join(cwd, 'pipe.yaml'));
    symlinkSync('loop.yaml', path.join(cwd, 'loop.yaml'));
    const { report, ended } = await lintJson(['rawsend.yaml'], { cwd });
    assert.equal(ended.code, EXIT.findings);
    const found = report.files
      .slice(0, 1)
      .flatMap(({ findings }) => findings.map(({ rule, line, message }) => `${rule} ${line} ${message}`));
    const expected = [
      /^policy-include 2 `hosts\.yaml` has 2 problems, .* the first in line 3, the host `prod` has no key `shh`/,
      /^policy-include 2 `gone\.yaml` does not exist, /,
      /^policy-include 2 `folder` is a folder, /,
      /^policy-include 2 `binary\.yaml` is binary, /,
      /^policy-include 2 `pipe\.yaml` is no file, but a pipe or a device, /,
      /^policy-include 2 `loop\.yaml` cannot be read: its links go round in a circle, /,
      /^policy-include 2 `huge\.yaml` has 1 problem, .*larger than 1 MB/,
    ];
    assert.equal(found.length, expected.length, found.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? '', pattern);
  });

  it('lints an included file by its name alone, and tells a policy of it once', async () => {
    const cwd = folderOf({
      ...TREE,
      'site/more.rawsend.yaml': TREE['site/more.yaml'],
      'site/rawsend.yaml': TREE['site/rawsend.yaml'].replace('more.yaml', 'more.rawsend.yaml'),
    });
    const { report } = await lintJson(['.'], { cwd });
    assert.deepEqual(
      report.files.map(({ path: file, findings }) => [file, findings.length]),
      [
        ['common/defaults.yaml', 0],
        ['common/hosts.yaml', 0],
        ['site/more.rawsend.yaml', 0],
        ['site/rawsend.yaml', 0],
      ],
    );
  });

  it('tells a policy of one name in a file that includes nothing of it', async () => {
    const other = `${HOSTS}${policy('mail')}`;
    assert.deepEqual(await rulesOf(folderOf({ ...TREE, 'other/rawsend.yaml': other }), '.'), [
      ['common/defaults.yaml'],
      ['common/hosts.yaml'],
      ['other/rawsend.yaml', 'policy-chain'],
      ['site/more.yaml', 'policy-chain'],
      ['site/rawsend.yaml'],
    ]);
  });

  describe('a warning in an included file of any name', () => {
    const tree = {
      '.git/HEAD': '',
      'site/rawsend.yaml': including('../common/hosts.yaml, parts/mail.yaml', policy('home')),
      'site/parts/mail.yaml': `${including('../../common/hosts.yaml')}policies:\n${pruning('day', 'rep-')}${pruning('hour', 'rep-hourly-')}`,
      'site/parts/notes.yaml': 'some: text\n',
      'common/hosts.yaml': HOSTS,
    };

    it('is told with the file that includes it', async () => {
      const expected = [['rawsend.yaml'], ['../common/hosts.yaml'], ['parts/mail.yaml', 'policy-chain']];
      assert.deepEqual(await rulesOf(path.join(folderOf(tree), 'site'), 'rawsend.yaml'), expected);
    });

    it('is told of a folder, and of the file alone, whose nearest rawsend.yaml includes it', async () => {
      const cwd = folderOf(tree);
      const inParts = ['site/parts/mail.yaml', 'policy-chain'];
      assert.deepEqual(await rulesOf(cwd, '.'), [['common/hosts.yaml'], inParts, ['site/rawsend.yaml']]);
      assert.deepEqual(await rulesOf(cwd, 'site/parts/mail.yaml', 'site/parts/notes.yaml'), [
        inParts,
        ['site/parts/notes.yaml'],
      ]);
      const args = ['-', '--stdin-filename', 'site/parts/mail.yaml', '--format', 'json'];
      const { stdout } = await runCli(['lint', ...args], { cwd, stdin: tree['site/parts/mail.yaml'] });
      assert.match(stdout, /policy-chain/);
    });
  });

  it('fixes and formats the files that were named, and no other', async () => {
    const wrong = HOSTS.replace('ssh: cr0x@source', 'shh: cr0x@source');
    const cwd = folderOf({ 'rawsend.yaml': including('hosts.yaml', policy('x')), 'hosts.yaml': wrong });
    const fix = async (name: string) => (await lintJson(['--fix', '--unsafe-fixes', name], { cwd })).report.files;
    assert.deepEqual(
      (await fix('rawsend.yaml')).map(({ path: file, findings }) => [file, findings.map(({ fixes }) => fixes)]),
      [
        ['rawsend.yaml', [[]]],
        ['hosts.yaml', [[]]],
      ],
    );
    assert.equal((await runCli(['policy', 'fmt'], { cwd })).code, EXIT.done);
    assert.equal((await runCli(['policy', 'fmt', '--check', 'hosts.yaml'], { cwd })).code, EXIT.findings);
    assert.deepEqual(
      (await fix('hosts.yaml')).map(({ findings }) => findings),
      [[]],
    );
  });
});
