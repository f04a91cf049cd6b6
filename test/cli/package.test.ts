/** The command line as it is installed: one file, a package, a hook of pre-commit. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { EXIT } from '../../server/src/cli/exit-code';
import { CLEAN, DOUBTFUL, folderOf, LEAKING } from './lint/json-report';
import { temporaryFolder } from './temporary-folder';

const ROOT = path.resolve(__dirname, '../..');
const manifest: { readonly bin: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
);

/** The bundle alone in a folder, with nothing beside it. */
function installAlone(): string {
  const file = path.join(temporaryFolder(), 'rawsend.js');
  copyFileSync(path.join(ROOT, 'dist/cli.js'), file);
  return file;
}

describe('the bundle', () => {
  const program = installAlone();
  const run = (cwd: string, args: readonly string[], input?: Buffer) =>
    spawnSync(process.execPath, [program, ...args], { cwd, ...(input && { input }) });

  it('explains rules without a folder of documents', () => {
    const { status, stdout } = run('/', ['explain', 'send-not-raw', '--format', 'markdown']);
    assert.equal(status, EXIT.done);
    assert.equal(stdout.toString(), readFileSync(path.join(ROOT, 'docs/rules/send-not-raw.md'), 'utf8'));
  });

  it('lints folders and patterns, with a configuration and a baseline', () => {
    const cwd = folderOf({
      'ops/a.sh': LEAKING,
      'ops/b.sh': DOUBTFUL,
      'ops/old/c.sh': LEAKING,
      'd.sh': CLEAN,
      'rawsend.config.yaml': 'ignore: [old]\nbaseline: known.json\n',
      'known.json': '{ "schema": 1, "findings": [] }',
    });
    assert.equal(run(cwd, ['lint', 'ops/**/*.sh']).status, EXIT.findings);
    assert.equal(run(cwd, ['lint', '--write-baseline', '.']).status, EXIT.done);
    const { status, stdout, stderr } = run(cwd, ['lint', '.']);
    assert.equal(stdout.toString(), 'no new findings in 3 files; 2 known from the baseline\n');
    assert.deepEqual([status, stderr.toString()], [EXIT.done, '']);
  });

  it('reports as SARIF', () => {
    const { stdout } = run(folderOf({ 'a.sh': LEAKING }), ['lint', '--format', 'sarif', '.']);
    const log = JSON.parse(stdout.toString()) as { runs: [{ results: unknown[] }] };
    assert.equal(log.runs[0].results.length, 1);
  });

  it('is a filter that keeps every byte', () => {
    const input = Buffer.from(`${LEAKING}# \u00fc\r\n`, 'latin1');
    const { stdout } = run('/', ['lint', '--unsafe-fixes', '-', '--stdin-filename', 'a.sh'], input);
    assert.deepEqual(stdout, Buffer.from(input.toString('latin1').replace('zfs send', 'zfs send -w'), 'latin1'));
  });
});

describe('the package', () => {
  interface Packed {
    readonly files: readonly { readonly path: string; readonly mode: number }[];
  }

  it('has what it needs to run, and no sources', () => {
    const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, stdio: 'pipe' });
    const [packed]: readonly Packed[] = JSON.parse(json.toString());
    const files = packed?.files.map((file) => file.path) ?? [];
    for (const file of [
      'dist/cli.js',
      'dist/server.js',
      'README.md',
      'docs/rules/send-not-raw.md',
      'resources/rawsend.config.schema.json',
    ])
      assert.ok(files.includes(file), file);
    assert.deepEqual(
      files.filter((file) => /\.ts$|^test\/|^\./.test(file)),
      [],
    );
  });
});

describe('the hook of pre-commit', () => {
  const [hook, ...others]: readonly Readonly<Record<string, unknown>>[] = parse(
    readFileSync(path.join(ROOT, '.pre-commit-hooks.yaml'), 'utf8'),
  );

  it('is complete', () => {
    assert.deepEqual(others, []);
    assert.equal(hook?.['id'], 'rawsend-lint');
    assert.equal(hook['language'], 'node');
    assert.deepEqual(hook['types'], ['text']);
    for (const key of ['name', 'description']) assert.equal(typeof hook[key], 'string', key);
  });

  it('calls a program that the package installs', () => {
    const [program = '', ...args] = String(hook?.['entry']).split(' ');
    const file = path.join(ROOT, manifest.bin[program] ?? 'nothing');
    assert.match(readFileSync(file, 'utf8'), /^#!\/usr\/bin\/env node\n/);
    assert.equal(spawnSync(file, [...args, '--help']).status, EXIT.done);
  });
});
