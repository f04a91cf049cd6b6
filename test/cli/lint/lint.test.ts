import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../../server/src/cli/exit-code';
import { runCli } from '../io-double';
import { temporaryFolder } from '../temporary-folder';
import {
  checkRules as check,
  CLEAN,
  DOUBTFUL,
  folderOf,
  type JsonReport,
  LEAKING,
  lintJson,
  POLICY,
} from './json-report';

const place = (report: JsonReport): unknown => report.files[0]?.findings.map(({ line, column }) => [line, column]);

describe('rawsend lint', () => {
  it('reports in the form of the contract', async () => {
    const { ended, report } = await lintJson(['leaking.sh'], { cwd: folderOf({ 'leaking.sh': LEAKING }) });
    assert.equal(ended.code, EXIT.findings);
    assert.equal(report.schema, 1);
    assert.equal(report.errors, undefined);
    const finding = report.files[0]?.findings[0];
    assert.ok(finding !== undefined);
    assert.deepEqual(Object.keys(finding).toSorted(), [
      'column',
      'endColumn',
      'endLine',
      'fixes',
      'line',
      'message',
      'rule',
      'severity',
    ]);
    assert.deepEqual([finding.rule, finding.severity, finding.line, finding.endLine], ['send-not-raw', 'error', 3, 3]);
    assert.ok(finding.column >= 1 && finding.endColumn > finding.column);
    assert.deepEqual(
      finding.fixes.map((fix) => fix.safety),
      ['unsafe'],
    );
  });

  it('lists every file in the order of the arguments, also those without findings', async () => {
    const { report } = await lintJson(['b.sh', './a.sh', 'rawsend.yaml'], {
      cwd: folderOf({ 'a.sh': LEAKING, 'b.sh': CLEAN, 'rawsend.yaml': POLICY }),
    });
    assert.deepEqual(
      report.files.map((file) => file.path),
      ['b.sh', './a.sh', 'rawsend.yaml'],
    );
    assert.deepEqual(
      report.files.map((file) => file.findings.length),
      [0, 1, 0],
    );
  });

  it('has nothing against a minimal policy and a harmless script', () =>
    check({ 'rawsend.yaml': POLICY, 'a.sh': CLEAN }, ['rawsend.yaml', 'a.sh'], { code: EXIT.done, rules: [[], []] }));

  it('has nothing against an empty file', () => check({ 'a.sh': '' }, ['a.sh'], { code: EXIT.done, rules: [[]] }));

  it('finds what is wrong in a policy', () =>
    check({ 'x.rawsend.yaml': POLICY.replace('tank/prod"', 'tank/prod", raw: false') }, ['x.rawsend.yaml'], {
      code: EXIT.findings,
      rules: [['policy-schema']],
    }));

  it('counts the columns of CRLF files as editors do', async () => {
    const unix = await lintJson(['a.sh'], { cwd: folderOf({ 'a.sh': LEAKING }) });
    const dos = await lintJson(['a.sh'], { cwd: folderOf({ 'a.sh': LEAKING.replaceAll('\n', '\r\n') }) });
    assert.deepEqual(place(dos.report), place(unix.report));
  });

  it('does not count a byte order mark', async () => {
    const { report } = await lintJson(['a.sh'], {
      cwd: folderOf({ 'a.sh': `\uFEFF${LEAKING.slice(LEAKING.indexOf('\n') + 1)}` }),
    });
    assert.equal(report.files[0]?.findings[0]?.line, 2);
  });

  it('takes text from standard input', async () => {
    const { ended, report } = await lintJson(['-', '--stdin-filename', 'draft.sh'], {
      cwd: temporaryFolder(),
      stdin: LEAKING,
    });
    assert.equal(ended.code, EXIT.findings);
    assert.deepEqual(
      report.files.map((file) => file.path),
      ['draft.sh'],
    );
  });

  it('knows wrong use from what cannot be done, and lints the rest all the same', async () => {
    const folder = folderOf({ 'a.sh': LEAKING });
    symlinkSync(path.join(folder, 'loop.sh'), path.join(folder, 'loop.sh'));
    const absent = await lintJson(['absent.sh', 'a.sh'], { cwd: folder });
    assert.equal(absent.ended.code, EXIT.usage);
    assert.deepEqual(
      absent.report.files.map((file) => file.path),
      ['a.sh'],
    );
    assert.deepEqual(absent.report.errors, [{ path: 'absent.sh', message: 'absent.sh does not exist' }]);
    assert.match(absent.ended.stderr, /absent\.sh does not exist/);
    assert.equal((await lintJson(['a.sh', 'loop.sh', 'absent.sh'], { cwd: folder })).ended.code, EXIT.failed);
    assert.match((await runCli(['lint', 'loop.sh'], { cwd: folder })).stderr, /links go round in a circle/);
  });

  it('wants at least one file', async () => assert.equal((await runCli(['lint'])).code, EXIT.usage));
});

const SCRIPT = '#!/bin/bash\nset -o pipefail\nzfs send tank/prod@a | ssh cr0x@dest zfs receive -u backup/prod\n';
const severities = async (files: Readonly<Record<string, string>>, args: readonly string[]): Promise<unknown> => {
  const { report } = await lintJson(args, { cwd: folderOf(files) });
  return report.files
    .at(-1)
    ?.findings.filter(({ rule }) => rule === 'send-not-raw')
    .map(({ severity }) => severity);
};

describe('what lint knows', () => {
  it('is less without a policy', async () =>
    assert.deepEqual(await severities({ 'a.sh': SCRIPT }, ['a.sh']), ['warning']));

  it('comes from the nearest rawsend.yaml within the repository', async () =>
    assert.deepEqual(
      await severities({ '.git/HEAD': '', 'rawsend.yaml': POLICY, 'scripts/a.sh': SCRIPT }, ['scripts/a.sh']),
      ['error'],
    ));

  it('does not come from above the repository', async () =>
    assert.deepEqual(
      await severities({ 'rawsend.yaml': POLICY, 'here/.git/HEAD': '', 'here/a.sh': SCRIPT }, ['here/a.sh']),
      ['warning'],
    ));

  it('comes from policy files among the arguments', async () =>
    assert.deepEqual(await severities({ 'p/rawsend.yaml': POLICY, 'a.sh': SCRIPT }, ['p/rawsend.yaml', 'a.sh']), [
      'error',
    ]));

  it('does not come from a policy file with errors', async () =>
    assert.deepEqual(await severities({ 'rawsend.yaml': `${POLICY}nonsense: [`, 'a.sh': SCRIPT }, ['a.sh']), [
      'warning',
    ]));

  it('comes from an inventory, when it is one', async () => {
    const cwd = folderOf({ 'a.sh': SCRIPT, 'empty.json': '{}', 'text.json': 'pools' });
    for (const file of ['empty.json', 'text.json', 'absent.json'])
      assert.equal((await runCli(['lint', '--inventory', file, 'a.sh'], { cwd })).code, EXIT.usage, file);
  });
});

describe('lint --fix', () => {
  it('leaves unsafe fixes alone', async () => {
    const cwd = folderOf({ 'a.sh': LEAKING });
    const { code } = await runCli(['lint', '--fix', 'a.sh'], { cwd });
    assert.equal(code, EXIT.findings);
    assert.equal(readFileSync(path.join(cwd, 'a.sh'), 'utf8'), LEAKING);
  });

  it('applies them when told to, keeping mode, line ends and byte order mark', async () => {
    const cwd = folderOf({ 'a.sh': `\uFEFF${LEAKING.replaceAll('\n', '\r\n')}` });
    const file = path.join(cwd, 'a.sh');
    chmodSync(file, 0o750);
    const { code, stdout } = await runCli(['lint', '--unsafe-fixes', 'a.sh'], { cwd });
    assert.equal(code, EXIT.done, stdout);
    assert.match(stdout, /no findings in 1 file; 1 file fixed/);
    const fixed = readFileSync(file, 'utf8');
    assert.ok(fixed.startsWith('\uFEFF#!/bin/bash\r\n'));
    assert.match(fixed, /zfs send -w tank\/prod@a > \/backup\/stream\r\n$/);
    assert.equal(statSync(file).mode & 0o777, 0o750);
  });

  it('keeps every byte that is not UTF-8', async () => {
    const bytes = Buffer.from(`${LEAKING}# Gr\u00fc\u00dfe\n`, 'latin1');
    const cwd = folderOf({ 'a.sh': bytes });
    assert.equal((await runCli(['lint', '--unsafe-fixes', 'a.sh'], { cwd })).code, EXIT.done);
    const expected = Buffer.from(bytes.toString('latin1').replace('zfs send', 'zfs send -w'), 'latin1');
    assert.deepEqual(readFileSync(path.join(cwd, 'a.sh')), expected);
  });

  it('keeps UTF-16 with its line ends', async () => {
    const bytes = Buffer.from(`\uFEFF${LEAKING.replaceAll('\n', '\r\n')}`, 'utf16le');
    const cwd = folderOf({ 'a.sh': bytes });
    assert.equal((await runCli(['lint', '--unsafe-fixes', 'a.sh'], { cwd })).code, EXIT.done);
    const fixed = readFileSync(path.join(cwd, 'a.sh'), 'utf16le');
    assert.equal(fixed, bytes.toString('utf16le').replace('zfs send', 'zfs send -w'));
  });

  it('is a filter on standard input', async () => {
    const { code, stdout, stderr } = await runCli(['lint', '--unsafe-fixes', '-', '--stdin-filename', 'a.sh'], {
      cwd: temporaryFolder(),
      stdin: LEAKING,
    });
    assert.equal(code, EXIT.done);
    assert.equal(stdout, LEAKING.replace('zfs send', 'zfs send -w'));
    assert.match(stderr, /no findings/);
  });

  it('is a filter that keeps every byte', async () => {
    const stdin = Buffer.from(`\u00ef\u00bb\u00bf${LEAKING.replaceAll('\n', '\r\n')}# \u00fc\r\n`, 'latin1');
    const { bytes } = await runCli(['lint', '--unsafe-fixes', '-', '--stdin-filename', 'a.sh'], {
      cwd: temporaryFolder(),
      stdin,
    });
    assert.deepEqual(bytes, Buffer.from(stdin.toString('latin1').replace('zfs send', 'zfs send -w'), 'latin1'));
  });

  const untouched: readonly (readonly [name: string, stdin: string])[] = [
    ['a.sh', 'echo\n'],
    ['a.sh', DOUBTFUL],
    ['a.py', 'print(1)\n'],
    ['a.sh', 'zfs\0binary'],
    ['a.sh', ''],
  ];
  for (const [name, stdin] of untouched)
    it(`passes ${JSON.stringify(stdin)} through as it came`, async () => {
      const { stdout } = await runCli(['lint', '--fix', '-', '--stdin-filename', name], { cwd: '/', stdin });
      assert.equal(stdout, stdin);
    });
});

describe('lint --diff', () => {
  it('prints a patch that git applies, and changes nothing', async () => {
    const cwd = folderOf({ 'ops/a.sh': LEAKING, 'ops/b.sh': CLEAN });
    const { code, stdout } = await runCli(['lint', '--diff', '--unsafe-fixes', 'ops'], { cwd });
    assert.equal(code, EXIT.findings);
    assert.equal(readFileSync(path.join(cwd, 'ops/a.sh'), 'utf8'), LEAKING);
    execFileSync('git', ['apply', '-'], { cwd, input: stdout });
    assert.equal(readFileSync(path.join(cwd, 'ops/a.sh'), 'utf8'), LEAKING.replace('zfs send', 'zfs send -w'));
  });

  it('has the text form only', async () => {
    for (const form of ['json', 'sarif', 'github'])
      assert.equal((await runCli(['lint', '--diff', '--format', form, 'x'])).code, EXIT.usage);
    assert.equal((await runCli(['lint', '--diff', '--write-baseline', 'x'])).code, EXIT.usage);
  });
});

describe('documents that are linted together', () => {
  const CREATES = 'zfs create -o encryption=on -o keyformat=passphrase tank/home\n';

  it('know of each other', async () => {
    const files = { 'a.sh': DOUBTFUL, 'b.sh': CREATES };
    const alone = await lintJson(['a.sh'], { cwd: folderOf(files) });
    const together = await lintJson(['a.sh', 'b.sh'], { cwd: folderOf(files) });
    const severities = [alone, together].map(({ report }) =>
      report.files[0]?.findings.filter(({ rule }) => rule === 'send-not-raw').map(({ severity }) => severity),
    );
    assert.deepEqual(severities, [['warning'], ['error']]);
    assert.match(together.report.files[0]?.findings[0]?.message ?? '', /in b\.sh/);
  });
});
