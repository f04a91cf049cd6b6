import { span } from '../text/span';
import type { Span } from '../text/span';
import { isStream } from './lens-send';
import { lineSourceOf } from './lens-terminal';
import type { Invocation, Runbook } from './runbook';

/** The send that a selection means: one whose command or pipeline it touches, the innermost first. */
export function sendAt(runbook: Runbook, selection: Span): Invocation | undefined {
  const { pipelines } = lineSourceOf(runbook);
  const places = runbook.invocations
    .filter(isStream)
    .map((send) => ({ send, extent: cover(send.span, pipelines.get(send)?.span) }));
  const touched = places.filter(({ extent }) => extent.start <= selection.end && selection.start <= extent.end);
  return touched.toSorted((a, b) => size(a.extent) - size(b.extent))[0]?.send;
}

const cover = (a: Span, b: Span = a): Span => span(Math.min(a.start, b.start), Math.max(a.end, b.end));

const size = ({ start, end }: Span): number => end - start;
