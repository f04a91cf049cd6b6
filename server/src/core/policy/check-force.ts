/** `zfs receive -F` destroys, so it takes a second statement: that there is nothing at the target to lose. */
import { span } from '../text/span';
import type { PathSpans } from '../yaml/path-spans';
import type { ProblemFix } from '../yaml/problem';
import type { PolicyProblem } from './problem';
import { problem } from './problem';
import { replacement } from '../yaml/problem';
import type { Draft } from './read-drafts';

export function checkForce(text: string, spans: PathSpans, { policy, isSound }: Draft): readonly PolicyProblem[] {
  if (policy.receive.force !== 'rollback') return [];
  const path = ['policies', policy.entry];
  const force = spans.nearest([...path, 'receive', 'force']);
  const never = replacement('Change force to never', 'unsafe', force, 'never');
  if (!policy.replica && isSound('replica')) {
    const message =
      '`rollback` destroys what was written to the target and every snapshot that only the target has: use `never`, or declare `replica: true` if there is nothing to lose';
    const declare = declareReplica(text, spans, path);
    return [problem('policy-force', force, message, { fixes: declare === undefined ? [never] : [never, declare] })];
  }
  if (policy.retention.target === undefined) return [];
  const retention = spans.key([...path, 'retention', 'target']) ?? force;
  const message =
    '`force: rollback` makes the target mirror the source, so what the source prunes is destroyed here too, whatever is to be kept: remove this, or use `force: never`';
  const related = [{ span: force, message: 'what overrides it' }];
  return [problem('policy-force', retention, message, { fixes: [never], related })];
}

/** Writes `replica: true`, in the place of a `replica: false` or before the first key of the policy. */
function declareReplica(text: string, spans: PathSpans, path: readonly string[]): ProblemFix | undefined {
  const title = 'Declare replica: true';
  const written = spans.value([...path, 'replica']);
  if (written !== undefined) return replacement(title, 'unsafe', written, 'true');
  const node = spans.node(path);
  const start = node?.firstKey?.start;
  if (node === undefined || start === undefined) return undefined;
  if (node.flow) return replacement(title, 'unsafe', span(start, start), 'replica: true, ');
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const indent = text.slice(lineStart, start);
  if (indent.trim() !== '') return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return replacement(title, 'unsafe', span(start, start), `replica: true${newline}${indent}`);
}
