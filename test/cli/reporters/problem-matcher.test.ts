import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatLintText } from '../../../server/src/cli/reporters/lint-text';
import { PLAIN_STYLE } from '../../../server/src/cli/style';
import { createLineIndex } from '../../../server/src/core/text/line-index';
import { lintFixtures } from './fixture-results';

interface Matcher {
  readonly owner: string;
  readonly severity?: string;
  readonly pattern: readonly [Readonly<Record<string, string | number>>];
}

const ROOT = path.resolve(__dirname, '../../..');
const { problemMatcher }: { readonly problemMatcher: readonly Matcher[] } = JSON.parse(
  readFileSync(path.join(ROOT, 'resources/problem-matcher.json'), 'utf8'),
);

/** What GitHub makes of a line of output: the first matcher that takes it decides. */
function match(line: string): Readonly<Record<string, string>> | undefined {
  for (const { severity, pattern } of problemMatcher) {
    const [{ regexp, ...groups }] = pattern;
    const found = new RegExp(String(regexp)).exec(line);
    if (found === null) continue;
    const values = Object.entries(groups).map(([name, group]) => [name, found[Number(group)] ?? '']);
    return { ...(severity !== undefined && { severity }), ...Object.fromEntries(values) };
  }
  return undefined;
}

describe('the problem matcher', () => {
  it('finds every finding in the text report, and nothing else', () => {
    const files = lintFixtures();
    const expected = files.flatMap(({ path: file, text, findings }) =>
      findings.map(({ rule, severity, message, span }) => {
        const { line, column } = createLineIndex(text).at(span.start);
        const level = severity === 'information' ? 'notice' : severity;
        return { severity: level, file, line: String(line), column: String(column), message, code: rule };
      }),
    );
    const actual = formatLintText(files, PLAIN_STYLE)
      .split('\n')
      .map(match)
      .filter((found) => found !== undefined);
    assert.deepEqual(actual, expected);
    for (const severity of ['error', 'warning', 'notice'])
      assert.ok(actual.some((found) => found['severity'] === severity));
  });

  it('copes with names that hold colons', () =>
    assert.equal(match('x:1:2: y.sh:3:4: warning careful [x-y]')?.['file'], 'x:1:2: y.sh'));
});
