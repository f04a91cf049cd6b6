import type { ShellNode, Word } from '../shell/script';
import type { PipelineUse } from './runbook';

/**
 * The pipelines with `checked` as the document says it: the next look at `PIPESTATUS` behind a pipeline is about that one, unless
 * another one that moves data stands between.
 */
export function markChecked(text: string, pipelines: readonly PipelineUse[]): readonly PipelineUse[] {
  const looks = [...text.matchAll(/pipestatus/gi)].map((match) => match.index).filter((at) => !isInComment(text, at));
  if (looks.length === 0) return pipelines;
  const starts = pipelines.filter(movesData).map(({ span }) => span.start);
  const sorted = starts.toSorted((a, b) => a - b);
  return pipelines.map((pipeline) => {
    const look = firstFrom(looks, pipeline.span.end);
    const next = firstFrom(sorted, pipeline.span.end);
    return look !== undefined && look < (next ?? Infinity) ? { ...pipeline, checked: true } : pipeline;
  });
}

const movesData = ({ stages }: PipelineUse): boolean =>
  stages.some(({ invocations }) =>
    invocations.some(({ command }) => command?.subcommand === 'send' || command?.subcommand === 'receive'),
  );

/** Far enough to the left for the comments that people write behind a command. */
const MAX_LINE = 400;

function isInComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - MAX_LINE), at);
  return /(?:^|\s)#/.test(before.slice(before.lastIndexOf('\n') + 1));
}

function firstFrom(sorted: readonly number[], from: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

/**
 * Whether a stage looks itself at how its command ended: `{ zfs send … || touch failed; } | …`, `{ zfs send …; echo $? >&3; } | …`. It is
 * what `sh` has instead of pipefail.
 */
export function looksAtStatus(node: ShellNode): boolean {
  switch (node.kind) {
    case 'group':
      return node.body.some((statement) => looksAtStatus(statement.node) || readsStatus(statement.node));
    case 'redirected':
      return looksAtStatus(node.node);
    case 'and-or':
      return node.operators.includes('||');
    case 'pipeline':
      return node.stages.some(looksAtStatus);
    case 'if':
      return true;
    default:
      return false;
  }
}

const readsStatus = (node: ShellNode): boolean =>
  node.kind === 'command' &&
  [...node.words, ...node.assignments.flatMap(({ value }) => (value && 'parts' in value ? [value] : []))].some(
    isStatus,
  );

const isStatus = (word: Word): boolean => word.parts.some((part) => part.kind === 'parameter' && part.name === '?');
