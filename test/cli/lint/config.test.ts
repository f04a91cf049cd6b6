import assert from 'node:assert/strict';
import { EXIT } from '../../../server/src/cli/exit-code';
import { runCli } from '../io-double';
import { checkRules as check, DOUBTFUL, folderOf, LEAKING, lintJson } from './json-report';

const CONFIG = 'rawsend.config.yaml';
const SILENT = { code: EXIT.done, rules: [[]] };

describe('the configuration', () => {
  it('sets severities', () => check({ [CONFIG]: 'rules: { send-not-raw: off }\n', 'a.sh': LEAKING }, ['a.sh'], SILENT));

  it('chooses the profile', () => check({ [CONFIG]: 'profile: minimal\n', 'a.sh': DOUBTFUL }, ['a.sh'], SILENT));

  it('says what nothing else says about encryption', async () => {
    const cwd = folderOf({ [CONFIG]: 'assumeEncrypted: true\n', 'a.sh': DOUBTFUL });
    const { report } = await lintJson(['a.sh'], { cwd });
    assert.equal(report.files[0]?.findings[0]?.severity, 'error');
  });

  it('keeps comments from suppressing', () =>
    check(
      {
        [CONFIG]: 'noSuppress: [send-not-raw]\n',
        'a.sh': `# rawsend-disable send-not-raw -- it is public\n${DOUBTFUL}`,
      },
      ['a.sh'],
      { code: EXIT.findings, rules: [['unused-suppression', 'send-not-raw']] },
    ));

  it('gives way to options', async () => {
    const files = { [CONFIG]: 'profile: minimal\nrules: { no-pipefail: off }\n', 'a.sh': DOUBTFUL };
    await check(files, ['a.sh', '--profile', 'strict'], { code: EXIT.findings, rules: [['send-not-raw']] });
    await check(files, ['a.sh', '--rule', 'send-not-raw=warning'], { code: EXIT.findings, rules: [['send-not-raw']] });
  });

  it('is the nearest upward, within the repository', async () => {
    const off = 'rules: { send-not-raw: off }\n';
    const files = { '.git/HEAD': '', [CONFIG]: off, 'x/y/a.sh': DOUBTFUL };
    await check(files, ['x/y/a.sh'], SILENT);
    await check(files, ['x'], SILENT);
    await check({ ...files, [`x/${CONFIG}`]: '' }, ['x'], { code: EXIT.findings, rules: [['send-not-raw']] });
    await check({ ...files, 'x/.git/HEAD': '' }, ['x'], { code: EXIT.findings, rules: [['send-not-raw']] });
  });

  it('may stand where lint was started, outside of a repository too', () =>
    check({ [CONFIG]: 'rules: { send-not-raw: off }\n', 'x/a.sh': DOUBTFUL }, ['x'], SILENT));

  it('does not come from further up', () =>
    runCli(['lint', 'a.sh'], {
      cwd: `${folderOf({ [CONFIG]: 'rules: { send-not-raw: off }\n', 'x/a.sh': DOUBTFUL })}/x`,
    }).then(({ code }) => assert.equal(code, EXIT.findings)));

  it('holds for standard input by its name', async () => {
    const cwd = folderOf({ '.git/HEAD': '', [CONFIG]: 'rules: { send-not-raw: off }\n' });
    const { code } = await runCli(['lint', '-', '--stdin-filename', 'x/a.sh'], { cwd, stdin: DOUBTFUL });
    assert.equal(code, EXIT.done);
  });

  it('may end in .yml', () =>
    check({ 'rawsend.config.yml': 'profile: minimal\n', 'a.sh': DOUBTFUL }, ['a.sh'], SILENT));
});

/** Nothing is linted, and the mistake is told. */
async function checkWrong(config: string, told: RegExp): Promise<void> {
  const cwd = folderOf({ [`ops/${CONFIG}`]: config, 'ops/a.sh': LEAKING });
  const { code, stdout, stderr } = await runCli(['lint', 'ops'], { cwd });
  assert.equal(code, EXIT.usage);
  assert.equal(stdout, '');
  assert.match(stderr, told);
  assert.match(stderr, /^rawsend: ops\/rawsend\.config\.yaml has mistakes, so nothing was linted$/m);
}

describe('a wrong configuration', () => {
  it('is told with its place', () =>
    checkWrong(
      'profile: strict\nrules:\n  send-not-rw: off\n',
      /^ops\/rawsend\.config\.yaml:3:3: error .*did you mean `send-not-raw` \[configuration\]\n3 \| {3}send-not-rw: off\n {2}\| {3}\^{11}\n/,
    ));
  it('is told with its syntax', () => checkWrong('rules: { a\n', /^ops\/rawsend\.config\.yaml:\d+:\d+: error /));
  it('is told once for all of its mistakes', () => checkWrong('a: 1\nb: 2\n', /:1:1: error [^]*:2:1: error /));

  it('is one that cannot be read, too', async () => {
    const cwd = folderOf({ [`${CONFIG}/x`]: '', 'a.sh': LEAKING });
    const { code, stderr } = await runCli(['lint', 'a.sh'], { cwd });
    assert.equal(code, EXIT.usage);
    assert.match(stderr, /rawsend\.config\.yaml is a folder/);
  });
});
