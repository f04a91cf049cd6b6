import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { EXIT } from '../../../server/src/cli/exit-code';
import { runCli } from '../io-double';
import { temporaryFolder } from '../temporary-folder';
import { checkListed, CLEAN, folderOf, LEAKING, lintJson } from './json-report';

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example', ...args], { cwd, encoding: 'utf8' });

/** A git repository with these files. */
function repositoryOf(files: Readonly<Record<string, string>>): string {
  const folder = folderOf(files);
  git(folder, 'init', '-q');
  return folder;
}

/** Scripts of these names. */
const scripts = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, CLEAN]));

describe('lint of a folder', () => {
  it('finds the documents that rawsend reads, by path, and none of the others', () =>
    checkListed(
      folderOf({
        ...scripts('b.sh', 'a/z.sh', 'a/b/deep.sh', '.hidden/x.sh', 'tool'),
        'rawsend.yaml': 'version: 1\n',
        'x.py': '#!/usr/bin/env python3\n',
        'data.bin': 'zfs',
      }),
      ['.'],
      ['.hidden/x.sh', 'a/b/deep.sh', 'a/z.sh', 'b.sh', 'rawsend.yaml', 'tool'],
    ));

  it('keeps the order of the arguments, and lists each file once', () =>
    checkListed(
      folderOf(scripts('x/2.sh', 'x/1.sh', 'a/9.sh', 'z.sh')),
      ['z.sh', 'x', './x/1.sh', 'a', '.'],
      ['z.sh', 'x/1.sh', 'x/2.sh', 'a/9.sh'],
    ));

  it('calls them as they were typed', async () => {
    const folder = folderOf(scripts('x/1.sh'));
    await checkListed(folder, ['./x/'], ['x/1.sh']);
    await checkListed(folder, [path.join(folder, 'x')], [path.join(folder, 'x/1.sh')]);
    await checkListed(path.join(folder, 'x'), ['..'], ['../x/1.sh']);
  });

  it('does not go round in circles', async () => {
    const folder = folderOf(scripts('a/1.sh'));
    symlinkSync(folder, path.join(folder, 'a/loop'));
    symlinkSync(path.join(folder, 'a/self'), path.join(folder, 'a/self'));
    symlinkSync(path.join(folder, 'a/1.sh'), path.join(folder, 'a/again.sh'));
    await checkListed(folder, ['.'], ['a/1.sh']);
    await checkListed(folder, ['a/loop'], ['a/loop/a/1.sh']);
  });

  it('passes over what is no text, without a word', async () => {
    const folder = folderOf({ ...scripts('a.sh'), 'b.sh': Buffer.from('zfs\0') });
    execFileSync('mkfifo', [path.join(folder, 'pipe.sh')]);
    await checkListed(folder, ['.'], ['a.sh']);
  });

  it('says so when there is nothing to lint', async () => {
    const { code, stdout, stderr } = await runCli(['lint', '.'], { cwd: temporaryFolder() });
    assert.equal(code, EXIT.done);
    assert.equal(stdout, 'no findings in 0 files\n');
    assert.match(stderr, /nothing was linted/);
  });

  it('says so when a name is not UTF-8', async () => {
    const folder = folderOf(scripts('a.sh'));
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.of(0xff), Buffer.from('.sh')]), CLEAN);
    const { ended, report } = await lintJson(['.'], { cwd: folder });
    assert.equal(ended.code, EXIT.failed);
    assert.match(report.errors?.[0]?.message ?? '', /not UTF-8: rename it/);
  });
});

describe('lint of a file', () => {
  it('that is ignored or in a folder that is passed over is done when it is named', () =>
    checkListed(
      repositoryOf({ ...scripts('node_modules/a.sh', 'x.sh'), '.gitignore': '*.sh\n', '.rawsendignore': 'x.sh\n' }),
      ['node_modules/a.sh', 'x.sh', 'node_modules'],
      ['node_modules/a.sh', 'x.sh'],
    ));

  it('that rawsend does not read says so', async () => {
    const cwd = folderOf({ 'notes.bin': 'x', 'logo.sh': Buffer.from('\0') });
    const { code, stdout } = await runCli(['lint', 'notes.bin', 'logo.sh'], { cwd });
    assert.equal(code, EXIT.done);
    assert.match(
      stdout,
      /in 0 files; 1 file not checked: neither a policy nor a runbook; 1 file not checked: binary\n$/,
    );
  });

  it('over 1 MB has one finding, whatever its size', async () => {
    const text = LEAKING.repeat(1_000_000 / LEAKING.length + 1);
    const cwd = folderOf({ 'a.sh': text, 'b.sh': text.repeat(12), 'c.sh': 'echo\n'.repeat(1_000_000) });
    const { ended, report } = await lintJson(['.'], { cwd });
    assert.equal(ended.code, EXIT.done);
    assert.deepEqual(
      report.files.map(({ findings }) => findings.map(({ rule }) => rule)),
      [['document-too-large'], ['document-too-large'], []],
    );
  });
});

describe('lint of a pattern', () => {
  const files = scripts('a.sh', 'b.bash', 'x/c.sh', 'x/y/d.sh', '.hidden/e.sh', 'odd[1].sh', 'node_modules/f.sh');
  const cases: readonly (readonly [pattern: string, listed: readonly string[]])[] = [
    ['**/*.sh', ['.hidden/e.sh', 'a.sh', 'odd[1].sh', 'x/c.sh', 'x/y/d.sh']],
    ['*.sh', ['a.sh', 'odd[1].sh']],
    ['x/*.sh', ['x/c.sh']],
    ['./x/**', ['x/c.sh', 'x/y/d.sh']],
    ['*.{sh,bash}', ['a.sh', 'b.bash', 'odd[1].sh']],
    ['{x,.hidden}/*.sh', ['.hidden/e.sh', 'x/c.sh']],
    ['odd[1].sh', ['odd[1].sh']],
    ['node_modules/*.sh', ['node_modules/f.sh']],
    ['?.sh', ['a.sh']],
  ];
  for (const [pattern, listed] of cases)
    it(`finds what ${pattern} matches`, () => checkListed(folderOf(files), [pattern], listed));

  it('works from another folder', async () => {
    const folder = folderOf(files);
    await checkListed(path.join(folder, 'x'), ['../*.sh'], ['../a.sh', '../odd[1].sh']);
    await checkListed('/', [`${folder}/x/**/*.sh`], [`${folder}/x/c.sh`, `${folder}/x/y/d.sh`]);
  });

  it('that matches nothing is wrong use', async () => {
    const { ended, report } = await lintJson(['*.zsh', 'a.sh'], { cwd: folderOf(files) });
    assert.equal(ended.code, EXIT.usage);
    assert.deepEqual(report.errors, [{ path: '*.zsh', message: 'no file matches *.zsh' }]);
    assert.equal(report.files.length, 1);
  });

  it('respects what is ignored', () =>
    checkListed(repositoryOf({ ...files, '.gitignore': 'x/\n' }), ['**/[a-d].sh'], ['a.sh']));
});

describe('ignore files', () => {
  it('of git, nested, with exceptions, and of the repository alone', () =>
    checkListed(
      repositoryOf({
        ...scripts('a.sh', 'build/b.sh', 'x/gen.sh', 'x/keep/gen.sh', 'private.sh'),
        '.gitignore': 'build/\ngen.sh\n',
        'x/keep/.gitignore': '!gen.sh\n',
        '.git/info/exclude': 'private.sh\n',
      }),
      ['.'],
      ['a.sh', 'x/keep/gen.sh'],
    ));

  it('above the folder that is named count too, up to the repository', () =>
    checkListed(
      repositoryOf({
        ...scripts('x/y/a.sh', 'x/y/gen.sh', 'x/y/tmp/b.sh'),
        '.gitignore': 'gen.sh\n',
        'x/.gitignore': 'tmp',
      }),
      ['x/y'],
      ['x/y/a.sh'],
    ));

  it('of our own and the configuration win over those of git', () =>
    checkListed(
      folderOf({
        ...scripts('gen.sh', 'old/a.sh', 'x/old/b.sh', 'vendor/c.sh', 'x/vendor/d.sh'),
        '.gitignore': 'gen.sh\n',
        '.rawsendignore': '!gen.sh\nold\n',
        'rawsend.config.yaml': 'ignore: [/vendor]\n',
      }),
      ['.'],
      ['gen.sh', 'x/vendor/d.sh'],
    ));

  it('do not keep a folder that is named itself from being linted', () =>
    checkListed(
      repositoryOf({ ...scripts('build/a.sh', 'build/x/b.sh'), '.gitignore': 'build\n', 'build/.gitignore': 'x\n' }),
      ['build'],
      ['build/a.sh'],
    ));

  it('of a worktree are those of its repository', async () => {
    const main = repositoryOf(scripts('a.sh', 'private.sh'));
    git(main, 'add', '-A');
    git(main, 'commit', '-qm', 'x');
    writeFileSync(path.join(main, '.git/info/exclude'), 'private.sh\n');
    const worktree = path.join(temporaryFolder(), 'tree');
    git(main, 'worktree', 'add', '-q', worktree);
    await checkListed(worktree, ['.'], ['a.sh']);
  });

  it('that are folders, or hold anything at all, ignore nothing by accident', async () => {
    const folder = folderOf({ ...scripts('a.sh'), '.rawsendignore': '[\n(\n\\\n!\n***/\n[z-a].sh\n{\n' });
    mkdirSync(path.join(folder, '.gitignore'));
    await checkListed(folder, ['.'], ['a.sh']);
  });

  it('mean what they mean to git', async () => {
    const names = fc.constantFrom('a', 'b', 'ab', '.h');
    const file = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}.sh`);
    // What people write: in forms such as `a/**/` the library does differ from git.
    const bodies = 'a b * ? [ab] a* .h *.sh a.sh a/b **/a a/** a/**/b */a a/* b/a.sh'.split(' ');
    const pattern = fc
      .tuple(fc.constantFrom('', '', '!', '/', '!/'), fc.constantFrom(...bodies), fc.constantFrom('', '', '/'))
      .filter(([, body, end]) => !(body.endsWith('**') && end === '/'))
      .map((parts) => parts.join(''));
    const ignoreFile = fc.tuple(fc.constantFrom('', 'a/', 'a/b/', 'b/'), fc.array(pattern, { maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(file, { minLength: 3, maxLength: 8 }),
        fc.array(ignoreFile, { maxLength: 3 }),
        async (files, ignored) => {
          const content = ignored.map(([folder, patterns]) => [`${folder}.gitignore`, patterns.join('\n')] as const);
          const folder = repositoryOf({ ...scripts(...files), ...Object.fromEntries(content) });
          const listed = git(folder, 'ls-files', '--others', '--exclude-standard').split('\n');
          const expected = listed.filter((name) => name.endsWith('.sh')).toSorted();
          await checkListed(folder, ['.'], expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});
