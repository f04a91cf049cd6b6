/**
 * YAML text in one layout: two blanks a level, one blank line above each section of the top level, a flow collection on one
 * line or, where that is too long, as a block. Only white space and brackets change: nothing moves, and comments, anchors,
 * quotes and line ends stay as they were written.
 */
import type { Result } from '../result';
import { err, ok } from '../result';
import { span } from '../text/span';
import { breakLongFlows } from './format-breaks';
import { closeGaps } from './format-gaps';
import { indentLines } from './format-lines';
import type { Problem } from './problem';
import { problem } from './problem';
import { marksOf } from './yaml-comments';
import { readYaml } from './read-yaml';

/**
 * The text in its layout, or why it is left alone. What comes out is read again: a text that would then say something
 * else, or lose a comment, is refused.
 */
export function formatYaml(text: string): Result<string, readonly Problem[]> {
  const { problems, root } = readYaml(text);
  if (problems.length > 0) return err(problems);
  if (root === undefined) return ok(text);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const before = text.slice(mark.length).replaceAll('\r\n', '\n');
  const after = breakLongFlows(indentLines(closeGaps(before)));
  const made = readYaml(after);
  if (made.problems.length > 0 || !isSame(made.root?.value, root.value) || !isSame(marksOf(after), marksOf(before)))
    return err([problem(span(0, Math.min(text.length, 1)), UNPROVEN)]);
  return ok(mark + (text.includes('\r\n') ? after.replaceAll('\n', '\r\n') : after));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const UNPROVEN = 'this file cannot be formatted without changing what it says, so it stays as it is';
