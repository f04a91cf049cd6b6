/** What reviewers would otherwise have to remember about the tree as a whole. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, ROOT, sourceFiles } from './source-files';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const json = (file: string): Record<string, unknown> => JSON.parse(read(file)) as Record<string, unknown>;

function trackedFiles(): readonly string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(ROOT, file)));
}

describe('the repository', () => {
  it('keeps core free of a runtime: no types but its own', () => {
    const { compilerOptions } = json('server/src/core/tsconfig.json') as {
      compilerOptions: { types: unknown; lib?: unknown };
    };
    assert.deepEqual(compilerOptions.types, []);
    const base = json('tsconfig.base.json') as { compilerOptions: { lib: unknown } };
    assert.deepEqual(compilerOptions.lib ?? base.compilerOptions.lib, ['ES2023']);
  });

  it('keeps core deterministic: no clock, no chance, no globals', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bglobalThis\b|^(?:export )?let /m;
    const wrong = sourceFiles().filter((file) => file.path.includes('/core/') && impure.test(file.text));
    assert.deepEqual(
      wrong.map((file) => file.path),
      [],
    );
  });

  it('has no file over 300 lines', () => {
    const long = sourceFiles().filter((file) => file.text.split('\n').length > 301);
    assert.deepEqual(
      long.map((file) => file.path),
      [],
    );
  });

  it('names no vague folders or files', () => {
    const vague = sourceFiles().filter((file) =>
      /(?:^|\/)(?:utils?|helpers?|common|types|misc)(?:\/|\.ts$)/.test(file.path),
    );
    assert.deepEqual(
      vague.map((file) => file.path),
      [],
    );
  });

  it('has no default exports, and no type hole without a reason', () => {
    const holes =
      /^export default|\bas any\b|: any\b|@ts-(?:ignore|expect-error|nocheck)|oxlint-disable(?!-next-line \S+ -- \w)/m;
    assert.deepEqual(
      sourceFiles()
        .filter((file) => holes.test(file.text))
        .map((file) => file.path),
      [],
    );
  });

  it('has no unfinished marks', () => {
    const marks = /\b(?:TODO|FIXME|XXX)\b/;
    assert.deepEqual(
      sourceFiles()
        .filter((file) => marks.test(file.text))
        .map((file) => file.path),
      [],
    );
  });

  it('names no package registry and no address in the lockfile', () => {
    // Put together from parts, so that this file does not name them either.
    const hosts = [
      ['registry', 'npmjs'],
      ['deb', 'debian'],
      ['registry', 'yarnpkg'],
    ];
    const registry = new RegExp(hosts.map((parts) => parts.join('\\.')).join('|'));
    const named = trackedFiles().filter((file) => !/\.(?:png|ico|zst)$/.test(file) && registry.test(read(file)));
    assert.deepEqual(named, []);
    assert.doesNotMatch(read('package-lock.json'), /"resolved":\s*"https?:/);
    assert.match(read('.npmrc'), /^omit-lockfile-registry-resolved=true$/m);
  });

  it('has no private key and no path of a home or a temporary folder in the product', () => {
    const secret = /BEGIN (?:OPENSSH|RSA|EC) PRIVATE[ ]KEY/;
    assert.deepEqual(
      trackedFiles().filter((file) => !/\.(?:png|ico|zst)$/.test(file) && secret.test(read(file))),
      [],
    );
    assert.deepEqual(
      sourceFiles()
        .filter((file) => /\/root\/|\/work\//.test(file.text))
        .map((file) => file.path),
      [],
    );
  });

  it('keeps ARCHITECTURE.md short and true about the folders', () => {
    const text = read('ARCHITECTURE.md');
    assert.ok(text.split('\n').length <= 201);
    for (const folder of [
      'text',
      'zfs',
      'shell',
      'runbook',
      'yaml',
      'policy',
      'lint',
      'config',
      'plan',
      'foresee',
      'simulate',
      'run',
    ])
      assert.match(text, new RegExp('`' + folder + '/`'));
  });

  it('links only to files that exist', () => {
    const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...listFiles(['docs'], '.md')];
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(path.join(ROOT, path.dirname(page), target)))
        .map((target) => `${page} → ${target}`),
    );
    assert.deepEqual(broken, []);
  });
});

describe('the README', () => {
  it('shows what `rawsend lint` really prints', () => {
    const { stdout } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'lint', 'nightly.sh'], {
      cwd: path.join(ROOT, 'examples'),
      encoding: 'utf8',
    });
    assert.ok(read('README.md').includes(`$ rawsend lint nightly.sh\n${stdout}`), stdout);
  });
});
