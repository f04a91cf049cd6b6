import assert from 'node:assert/strict';
import type { LintedFile } from '../../../server/src/cli/reporters/lint-result';
import { formatLintGithub } from '../../../server/src/cli/reporters/lint-github';
import { PLAIN_STYLE } from '../../../server/src/cli/style';
import type { Finding } from '../../../server/src/core/lint/finding';
import { createLineIndex } from '../../../server/src/core/text/line-index';
import { lintFixtures } from './fixture-results';

const CONTEXT = { style: PLAIN_STYLE, cwd: '/srv', version: '1.2.3' };

function fileWith(text: string, marked: string, more: Partial<Finding> & { readonly path?: string } = {}): LintedFile {
  const start = text.indexOf(marked);
  const { path = 'a.sh', ...rest } = more;
  const span = { start, end: start + marked.length };
  const finding: Finding = {
    rule: 'x-y',
    severity: 'error',
    message: 'it leaks',
    span,
    fixes: [],
    related: [],
    ...rest,
  };
  return { kind: 'linted', path, text, original: text, findings: [finding] };
}

const commandOf = (file: LintedFile): string | undefined => formatLintGithub([file], CONTEXT).split('\n')[0];

const unescape = (text: string): string =>
  [
    ['%2C', ','],
    ['%3A', ':'],
    ['%0A', '\n'],
    ['%0D', '\r'],
    ['%25', '%'],
  ].reduce((result, [escape = '', character = '']) => result.replaceAll(escape, character), text);

/** As the runner reads a command back. */
function readCommand(line: string): {
  readonly command: string;
  readonly message: string;
  readonly [key: string]: string;
} {
  const [, command = '', list = '', data = ''] = /^::(\w+) ([^]*?)::([^]*)$/.exec(line) ?? [];
  const properties = list.split(',').map((entry) => {
    const [name = '', value = ''] = entry.split('=', 2);
    return [name, unescape(value)] as const;
  });
  return { ...Object.fromEntries(properties), command, message: unescape(data) };
}

describe('the GitHub report', () => {
  it('is a workflow command for each finding', () => {
    assert.equal(
      commandOf(fileWith('#!/bin/sh\nzfs send a@b\n', 'send')),
      '::error file=a.sh,line=2,endLine=2,col=5,endColumn=9,title=x-y::it leaks',
    );
    assert.match(commandOf(fileWith('zfs', 'zfs', { severity: 'warning' })) ?? '', /^::warning /);
    assert.match(commandOf(fileWith('zfs', 'zfs', { severity: 'information' })) ?? '', /^::notice /);
  });

  it('has no columns over several lines, which GitHub refuses', () =>
    assert.equal(
      commandOf(fileWith('zfs send \\\n a@b\n', 'send \\\n a@b')),
      '::error file=a.sh,line=1,endLine=2,title=x-y::it leaks',
    ));

  it('escapes what the runner would take for its own', () => {
    const file = fileWith('zfs', 'zfs', { path: 'a,b:c%d.sh', message: '50% of it:: a,b\u001B[2J' });
    assert.equal(
      commandOf(file),
      '::error file=a%2Cb%3Ac%25d.sh,line=1,endLine=1,col=1,endColumn=4,title=x-y::50%25 of it:: a,b\\u{1b}[2J',
    );
  });

  it('names files from the folder of the repository', () => {
    assert.equal(readCommand(commandOf(fileWith('zfs', 'zfs', { path: './x/a.sh' })) ?? '')['file'], 'x/a.sh');
    assert.equal(readCommand(commandOf(fileWith('zfs', 'zfs', { path: '/srv/x/a.sh' })) ?? '')['file'], 'x/a.sh');
  });

  it('says what could not be linted, and sums up', () => {
    const unread = { kind: 'unread', path: 'b.sh', message: 'b.sh does not exist', wrongUse: true } as const;
    assert.equal(formatLintGithub([unread], CONTEXT), '::error::b.sh does not exist\nno findings in 0 files\n');
  });

  it('is read back as it was meant, for every fixture', () => {
    const files = lintFixtures();
    const lines = formatLintGithub(files, CONTEXT).split('\n').slice(0, -2);
    const expected = files.flatMap((file) =>
      file.findings.map(({ message, span, rule }) => {
        const { line } = createLineIndex(file.text).at(span.start);
        return { file: file.path, message, title: rule, line: String(line) };
      }),
    );
    const actual = lines.map(readCommand).map(({ file, message, title, line }) => ({ file, message, title, line }));
    assert.deepEqual(actual, expected);
  });
});
