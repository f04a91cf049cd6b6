import type { StagePlace } from './carried-calls';
import { span } from '../text/span';
import type { TextEdit } from '../text/span';

/** Takes a stage out of its pipeline; undefined where more than a `|` stands between it and its neighbour. */
export function removeStage({ pipeline, index, stage }: StagePlace, text: string): TextEdit | undefined {
  const [before, after] = [pipeline.stages[index - 1], pipeline.stages[index + 1]];
  const removed = before
    ? span(before.span.end, stage.span.end)
    : span(stage.span.start, after?.span.start ?? stage.span.start);
  const gap = before ? text.slice(removed.start, stage.span.start) : text.slice(stage.span.end, removed.end);
  return PIPE.test(gap) ? { span: removed, newText: '' } : undefined;
}

const PIPE = /^(?:[ \t\r\n]|\\\r?\n)*\|(?:[ \t\r\n]|\\\r?\n)*$/;
