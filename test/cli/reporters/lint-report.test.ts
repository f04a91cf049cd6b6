import assert from 'node:assert/strict';
import { formatLintJson } from '../../../server/src/cli/reporters/lint-json';
import type { LintedFile } from '../../../server/src/cli/reporters/lint-result';
import { formatLintText } from '../../../server/src/cli/reporters/lint-text';
import { styleFor } from '../../../server/src/cli/style';
import type { Finding } from '../../../server/src/core/lint/finding';

const PLAIN = styleFor({ isTTY: false, columns: () => 80, write: () => undefined }, {});

/** A file with one finding over the first place of `marked`. */
function fileWith(text: string, marked: string, more: Partial<Finding> = {}): LintedFile {
  const start = text.indexOf(marked);
  const finding: Finding = {
    rule: 'send-not-raw',
    severity: 'error',
    message: 'it leaks',
    span: { start, end: start + marked.length },
    fixes: [],
    related: [],
    ...more,
  };
  return { kind: 'linted', path: 'a.sh', text, original: text, findings: [finding] };
}

/** The lines of the report above its summary. */
const linesOf = (file: LintedFile): readonly string[] => formatLintText([file], PLAIN).split('\n').slice(0, -3);

const summaryOf = (files: readonly LintedFile[]): string | undefined => formatLintText(files, PLAIN).split('\n').at(-2);

describe('the text report', () => {
  it('points at the place, with fixes and related places', () =>
    assert.deepEqual(
      linesOf(
        fileWith('#!/bin/sh\nzfs send tank/prod@a |\n', 'zfs send', {
          fixes: [{ title: 'add -w', safety: 'unsafe', edits: [] }],
          related: [{ span: { start: 0, end: 2 }, message: 'a shell without pipefail' }],
        }),
      ),
      [
        'a.sh:2:1: error it leaks [send-not-raw]',
        '2 | zfs send tank/prod@a |',
        '  | ^^^^^^^^',
        '  = a.sh:1:1: a shell without pipefail',
        '  = unsafe fix: add -w',
      ],
    ));

  it('keeps tabs before the carets', () =>
    assert.deepEqual(linesOf(fileWith('if x; then\n\tzfs send a@b', 'zfs')).slice(1), [
      '2 | \tzfs send a@b',
      '  | \t^^^',
    ]));

  it('marks wide characters by their cells', () =>
    assert.deepEqual(linesOf(fileWith('echo 日本; zfs send', 'zfs')).slice(1), [
      '1 | echo 日本; zfs send',
      '  |            ^^^',
    ]));

  it('marks an empty span at the end of the file', () =>
    assert.deepEqual(linesOf(fileWith('zfs', '', { span: { start: 3, end: 3 } })).slice(1), ['1 | zfs', '  |    ^']));

  it('marks the first line of a span over several', () =>
    assert.deepEqual(linesOf(fileWith('zfs send \\\r\n a@b', 'send \\\r\n a@b')).slice(1), [
      '1 | zfs send \\',
      '  |     ^^^^^^',
    ]));

  it('cuts a long line around the place', () => {
    const [, source, carets] = linesOf(fileWith(`${'x'.repeat(5000)} zfs send ${'y'.repeat(5000)}`, 'zfs send'));
    assert.ok(source !== undefined && carets !== undefined && source.length < 200);
    assert.equal(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), 'zfs send');
  });

  it('cannot steer the terminal', () =>
    assert.equal(linesOf(fileWith('zfs \u001B[2J\u202E', 'zfs'))[1], '1 | zfs \\u{1b}[2J\\u{202e}'));

  it('sums up', () => {
    const safe = fileWith('zfs', 'zfs', { severity: 'warning', fixes: [{ title: 'x', safety: 'safe', edits: [] }] });
    const unsafe = fileWith('zfs', 'zfs', { fixes: [{ title: 'x', safety: 'unsafe', edits: [] }] });
    const clean: LintedFile = { ...safe, findings: [] };
    assert.equal(summaryOf([clean]), 'no findings in 1 file');
    assert.equal(
      summaryOf([safe, unsafe, clean]),
      '1 error, 1 warning in 3 files; 1 fixable with --fix, 1 more with --unsafe-fixes',
    );
    assert.equal(
      summaryOf([clean, { ...clean, unchecked: 'binary' }]),
      'no findings in 1 file; 1 file not checked: binary',
    );
    assert.equal(
      summaryOf([{ ...unsafe, original: '' }]),
      '1 error in 1 file; 1 file fixed; 1 fixable with --unsafe-fixes',
    );
  });
});

describe('the JSON report', () => {
  it('counts lines and columns from 1, in UTF-16 units, with an exclusive end', () => {
    const file = fileWith('# \u{1F980}\r\necho \u{1F980}; zfs send \\\r\n a@b', 'zfs send \\\r\n a@b', {
      fixes: [{ title: 'add -w', safety: 'safe', edits: [] }],
    });
    assert.deepEqual(JSON.parse(formatLintJson([file])), {
      schema: 1,
      files: [
        {
          path: 'a.sh',
          findings: [
            {
              rule: 'send-not-raw',
              severity: 'error',
              message: 'it leaks',
              line: 2,
              column: 10,
              endLine: 3,
              endColumn: 5,
              fixes: [{ title: 'add -w', safety: 'safe' }],
            },
          ],
        },
      ],
    });
  });

  it('lists every linted file and keeps the others apart', () => {
    const clean: LintedFile = { ...fileWith('', ''), findings: [] };
    const report: unknown = JSON.parse(
      formatLintJson([clean, { kind: 'unread', path: 'b.sh', message: 'b.sh may not be read', wrongUse: false }]),
    );
    assert.deepEqual(report, {
      schema: 1,
      files: [{ path: 'a.sh', findings: [] }],
      errors: [{ path: 'b.sh', message: 'b.sh may not be read' }],
    });
  });
});
