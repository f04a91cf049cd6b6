import assert from 'node:assert/strict';
import { formatMarkdown } from '../../../server/src/cli/reporters/markdown-text';
import { PLAIN_STYLE, styleFor } from '../../../server/src/cli/style';
import { formatRulePage } from '../../../server/src/core/lint/format-rule-page';
import { RULES } from '../../../server/src/core/lint/rules/index';

/** What a terminal shows of some Markdown, 30 characters wide. */
const check = (markdown: string, shown: string): void =>
  assert.equal(formatMarkdown(markdown, { style: PLAIN_STYLE, width: 30 }), `${shown}\n`);

/** The words of a page, without the languages of its code and the targets of its links. */
const words = (text: string): readonly string[] =>
  text.replaceAll(/^```\w*|\]\([^)]*\)/gm, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];

describe('Markdown in a terminal', () => {
  it('wraps paragraphs', () =>
    check('one two three four five six\nseven eight\n\nnine\n', 'one two three four five six\nseven eight\n\nnine'));

  it('keeps a command in one piece', () =>
    check('one two three four `zfs receive -u` five', 'one two three four\n`zfs receive -u` five'));

  it('indents code and leaves it as it is', () =>
    check(
      'a\n\n```sh\nif true; then\n\n  zfs send a@b | ssh vault zfs receive -u b\nfi\n```\nb',
      'a\n\n    if true; then\n\n      zfs send a@b | ssh vault zfs receive -u b\n    fi\n\nb',
    ));

  it('shows code that is never closed', () => check('```\nx', '    x'));

  it('hangs items below their marks', () =>
    check(
      '- one two three four five six seven\n- eight\n  nine\n\n1. ten\n',
      '- one two three four five six\n  seven\n- eight nine\n\n1. ten',
    ));

  it('aligns tables', () => check('| a | long |\n|---|:--|\n| `x` | y |', 'a    long\n`x`  y'));

  it('shows the text of a link', () => check('see [the page](x.md) **now**', 'see the page now'));

  it('makes headings and strong words stand out, also over a line break', () => {
    const style = styleFor({ isTTY: true, columns: () => 30, write: () => undefined }, {});
    assert.equal(
      formatMarkdown('# Title\n\none two three **four five six seven**\n', { style, width: 30 }),
      '\u001B[1mTitle\u001B[0m\n\none two three \u001B[1mfour five six\u001B[0m\n\u001B[1mseven\u001B[0m\n',
    );
  });

  for (const rule of RULES)
    it(`shows all of the page of ${rule.id}`, () => {
      const page = formatRulePage(rule);
      assert.deepEqual(words(formatMarkdown(page, { style: PLAIN_STYLE, width: 80 })), words(page));
    });
});
