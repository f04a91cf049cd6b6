import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../../server/src/cli/exit-code';
import { type Ended, runCli } from '../io-double';
import { CLEAN, DOUBTFUL, folderOf, LEAKING } from './json-report';

const FILE = 'rawsend-baseline.json';

const lint = (cwd: string, ...args: readonly string[]): Promise<Ended> => runCli(['lint', ...args], { cwd });

/** A folder whose findings are all known. */
async function known(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = folderOf(files);
  assert.equal((await lint(cwd, '--write-baseline', '.')).code, EXIT.done);
  return cwd;
}

const edit = (cwd: string, name: string, change: (text: string) => string): void =>
  writeFileSync(path.join(cwd, name), change(readFileSync(path.join(cwd, name), 'utf8')));

const summary = ({ stdout }: Ended): string | undefined => stdout.split('\n').at(-2);

describe('lint --write-baseline', () => {
  it('writes what is found, and reports where', async () => {
    const cwd = folderOf({ 'b.sh': LEAKING, 'a.sh': DOUBTFUL, 'c.sh': CLEAN });
    const { code, stdout } = await lint(cwd, '--write-baseline', '.');
    assert.equal(code, EXIT.done);
    assert.match(
      stdout,
      /^rawsend-baseline\.json holds 2 findings in 2 files\nUse it with --baseline rawsend-baseline\.json/,
    );
    const lines = readFileSync(path.join(cwd, FILE), 'utf8').split('\n');
    assert.match(
      lines[3] ?? '',
      /^ {4}\{"path":"a\.sh","rule":"send-not-raw","fingerprint":"[0-9a-f]{16}","count":1\},$/,
    );
    assert.match(lines[4] ?? '', /"path":"b\.sh"/);
  });

  it('writes the same again', async () => {
    const cwd = await known({ 'a.sh': LEAKING + DOUBTFUL, 'b.sh': DOUBTFUL });
    const first = readFileSync(path.join(cwd, FILE), 'utf8');
    await lint(cwd, 'b.sh', 'a.sh', '--write-baseline');
    assert.equal(readFileSync(path.join(cwd, FILE), 'utf8'), first);
  });

  it('writes where it is told, with paths from there', async () => {
    const cwd = folderOf({ 'ops/a.sh': LEAKING, 'etc/x': '' });
    await lint(cwd, '--write-baseline=etc/known.json', 'ops');
    assert.match(readFileSync(path.join(cwd, 'etc/known.json'), 'utf8'), /"path":"\.\.\/ops\/a\.sh"/);
    const ended = await lint(path.join(cwd, 'ops'), '--baseline', '../etc/known.json', 'a.sh');
    assert.equal(ended.code, EXIT.done, ended.stdout);
  });

  it('writes to the one in use', async () => {
    const cwd = folderOf({ 'a.sh': LEAKING, 'rawsend.config.yaml': 'baseline: known.json\n' });
    await lint(cwd, '--write-baseline', 'a.sh');
    assert.ok(existsSync(path.join(cwd, 'known.json')));
    assert.equal((await lint(cwd, 'a.sh')).code, EXIT.done);
    await lint(cwd, '--write-baseline', 'a.sh', '--baseline', 'other.json');
    assert.ok(existsSync(path.join(cwd, 'other.json')));
    assert.ok(!existsSync(path.join(cwd, FILE)));
  });

  it('keeps what it says about files that were not linted, unless they are gone', async () => {
    const cwd = await known({ 'a.sh': LEAKING, 'b.sh': DOUBTFUL, 'c.sh': DOUBTFUL });
    writeFileSync(path.join(cwd, 'a.sh'), CLEAN);
    rmSync(path.join(cwd, 'c.sh'));
    await lint(cwd, '--write-baseline', 'a.sh');
    const text = readFileSync(path.join(cwd, FILE), 'utf8');
    assert.deepEqual(
      ['a.sh', 'b.sh', 'c.sh'].map((name) => text.includes(name)),
      [false, true, false],
    );
  });

  it('takes no file for its own argument', async () => {
    const cwd = folderOf({ 'a.sh': LEAKING });
    await lint(cwd, '--write-baseline', 'a.sh');
    assert.equal(readFileSync(path.join(cwd, 'a.sh'), 'utf8'), LEAKING);
  });
});

describe('lint --baseline', () => {
  it('leaves out what is known, and says so', async () => {
    const cwd = await known({ 'a.sh': LEAKING, 'b.sh': CLEAN });
    const ended = await lint(cwd, '--baseline', FILE, '.');
    assert.equal(ended.code, EXIT.done);
    assert.equal(ended.stdout, 'no new findings in 2 files; 1 known from the baseline\n');
    assert.equal(ended.stderr, '');
  });

  it('finds it again after lines moved, were indented or got other line ends', async () => {
    const cwd = await known({ 'a.sh': LEAKING });
    edit(cwd, 'a.sh', (text) => text.replace('zfs create', '\n# new\n\nzfs create').replace('zfs send', '  zfs  send'));
    assert.equal((await lint(cwd, '--baseline', FILE, 'a.sh')).code, EXIT.done);
    edit(cwd, 'a.sh', (text) => text.replaceAll('\n', '\r\n'));
    assert.equal((await lint(cwd, '--baseline', FILE, 'a.sh')).code, EXIT.done);
  });

  it('reports what is new: another line, and one more of the same', async () => {
    const cwd = await known({ 'a.sh': LEAKING });
    edit(cwd, 'a.sh', (text) => `${text}zfs send tank/prod@b > /backup/stream\n`);
    const other = await lint(cwd, '--baseline', FILE, 'a.sh');
    assert.equal(other.code, EXIT.findings);
    assert.match(other.stdout, /^a\.sh:4:1: error/);
    edit(cwd, 'a.sh', () => `${LEAKING}zfs send tank/prod@a > /backup/stream\n`);
    const more = await lint(cwd, '--baseline', FILE, 'a.sh');
    assert.equal(more.code, EXIT.findings);
    assert.match(more.stdout, /^a\.sh:4:1: error/);
    assert.match(summary(more) ?? '', /^1 error in 1 file; .*1 known from the baseline$/);
  });

  it('says what is no longer found, so that it can shrink', async () => {
    const cwd = await known({ 'a.sh': LEAKING, 'b.sh': DOUBTFUL, 'c.sh': DOUBTFUL });
    writeFileSync(path.join(cwd, 'a.sh'), 'echo nothing of ours\n');
    rmSync(path.join(cwd, 'c.sh'));
    const { code, stderr } = await lint(cwd, '--baseline', FILE, '.');
    assert.equal(code, EXIT.done);
    assert.equal(
      stderr,
      'rawsend: 2 findings of rawsend-baseline.json are no longer found (a.sh send-not-raw, c.sh send-not-raw): --write-baseline takes them out\n',
    );
    assert.equal((await lint(cwd, '--baseline', FILE, 'b.sh')).stderr.includes('1 finding of'), true);
  });

  it('comes from the configuration, relative to that', async () => {
    const cwd = await known({ 'x/a.sh': LEAKING });
    writeFileSync(path.join(cwd, 'x/rawsend.config.yaml'), `baseline: ../${FILE}\n`);
    assert.equal((await lint(cwd, 'x')).code, EXIT.done);
  });

  it('wins over that of the configuration', async () => {
    const cwd = await known({ 'a.sh': LEAKING });
    writeFileSync(path.join(cwd, 'empty.json'), '{ "schema": 1, "findings": [] }');
    writeFileSync(path.join(cwd, 'rawsend.config.yaml'), `baseline: ${FILE}\n`);
    assert.equal((await lint(cwd, 'a.sh', '--baseline', 'empty.json')).code, EXIT.findings);
  });

  it('applies no fix to what it leaves out', async () => {
    const cwd = await known({ 'a.sh': LEAKING });
    await lint(cwd, '--baseline', FILE, '--unsafe-fixes', 'a.sh');
    assert.equal(readFileSync(path.join(cwd, 'a.sh'), 'utf8'), LEAKING);
  });

  const wrong: readonly (readonly [content: string, told: RegExp])[] = [
    ['', /is not JSON/],
    ['{}', /is not a baseline that this version of rawsend understands/],
    ['{ "schema": 2, "findings": [] }', /is not a baseline/],
    ['{ "schema": 1, "findings": [{ "path": "a.sh" }] }', /has an entry that is not understood/],
  ];
  for (const [content, told] of wrong)
    it(`says what is wrong with ${JSON.stringify(content)}`, async () => {
      const { code, stderr } = await lint(
        folderOf({ 'b.json': content, 'a.sh': CLEAN }),
        '--baseline',
        'b.json',
        'a.sh',
      );
      assert.equal(code, EXIT.usage);
      assert.match(stderr, told);
    });

  it('is missing', async () => {
    const { code, stderr } = await lint(folderOf({ 'a.sh': CLEAN }), '--baseline', 'b.json', 'a.sh');
    assert.equal(code, EXIT.usage);
    assert.match(stderr, /the baseline b\.json does not exist\n.*--write-baseline=b\.json/);
  });
});
