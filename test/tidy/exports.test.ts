/** A value that is exported is used elsewhere: what only its own file or only a test needs is not part of the product. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, ROOT, sourceFiles } from './source-files';

/** What VS Code calls by its name, and what counts the steps of a reading for the tests of growth. */
const EXCEPTIONS = new Set(['activate', 'deactivate', 'countSteps']);

const EXPORT = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm;

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/\b[A-Za-z_]\w*\b/g));

const wordsIn = (folder: string): readonly ReadonlySet<string>[] =>
  listFiles([folder], '.ts').map((file) => wordsOf(readFileSync(path.join(ROOT, file), 'utf8')));

describe('exports', () => {
  const sources = sourceFiles().map(({ path: file, text }) => ({ file, text, words: wordsOf(text) }));
  const [scripts, tests] = [wordsIn('scripts'), wordsIn('test')];
  const exported = sources.flatMap(({ file, text }) =>
    [...text.matchAll(EXPORT)].map(([, name = '']) => ({ file, name, isUsedHere: text.split(name).length > 2 })),
  );

  it('are found', () => assert.ok(exported.length > 1000, `only ${exported.length}`));

  it('are used in another file, or at home and by a test', () => {
    const useless = exported.filter(({ file, name, isUsedHere }) => {
      if (EXCEPTIONS.has(name)) return false;
      const has = (words: ReadonlySet<string>): boolean => words.has(name);
      const isUsed = sources.some((source) => source.file !== file && has(source.words)) || scripts.some(has);
      return !isUsed && !(isUsedHere && tests.some(has));
    });
    assert.deepEqual(
      useless.map(({ file, name }) => `${file}: ${name}`),
      [],
    );
  });
});
