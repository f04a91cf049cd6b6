import { formatBytes } from '../../core/text/format-bytes';
import type { Outcome, RunEvent } from '../../core/run/event';
import { unreachable } from '../../core/result';
import type { Io, Output } from '../io';
import { formatCheck } from '../reporters/checks-text';
import { countOf } from '../../core/text/count-of';
import { formatDuration } from '../reporters/format-duration';
import { harmless, styleFor, type Style } from '../style';
import { createProgressLine, type ProgressLine } from './progress-line';

/** Shows a run while it goes on. */
export interface RunView {
  readonly show: (event: RunEvent) => void;
  /** Takes away what would stand in the way of other output. */
  readonly clear: () => void;
}

/** One event a line, for programs. */
export const createJsonView = (output: Output): RunView => ({
  show: (event) => output.write(`${JSON.stringify(event)}\n`),
  clear: () => undefined,
});

/** Lines for people; on a terminal with a progress line below them. */
export function createTextView(io: Io): RunView {
  const style = styleFor(io.stdout, io.env);
  const progress = io.stdout.isTTY ? createProgressLine(io.stdout, io.now) : undefined;
  const steps = createStepMemory();
  return {
    clear: () => progress?.clear(),
    show: (event) => {
      steps.note(event, io.now());
      if (progress !== undefined) drive(progress, event);
      const lines = formatEvent(event, style, steps);
      if (lines.length === 0) return;
      progress?.clear();
      io.stdout.write(`${lines.join('\n')}\n`);
    },
  };
}

function drive(progress: ProgressLine, event: RunEvent): void {
  if (event.kind === 'step-started') progress.start(event.title);
  if (event.kind === 'progress') progress.update(event.bytes, event.total);
}

/** What the line about a finished step needs from the events before it. */
interface StepMemory {
  readonly note: (event: RunEvent, now: Date) => void;
  readonly title: () => string;
  /** `, 1.2 GiB in 35 s`; empty for a step that carried nothing. */
  readonly effort: () => string;
}

function createStepMemory(): StepMemory {
  let title = '';
  let bytes = 0;
  let startedAt = 0;
  let latest = 0;
  return {
    note: (event, now) => {
      latest = now.getTime();
      if (event.kind === 'progress') bytes = event.bytes;
      if (event.kind !== 'step-started') return;
      title = event.title;
      bytes = 0;
      startedAt = latest;
    },
    title: () => title,
    effort: () => (bytes === 0 ? '' : `, ${formatBytes(bytes)} in ${formatDuration((latest - startedAt) / 1000)}`),
  };
}

const OUTCOMES: Readonly<Record<Outcome, { readonly words: string; readonly good: boolean }>> = {
  done: { words: 'done', good: true },
  'up-to-date': { words: 'up to date', good: true },
  conflict: { words: 'conflict', good: false },
  failed: { words: 'failed', good: false },
  cancelled: { words: 'cancelled', good: false },
  'verification-failed': { words: 'verification failed', good: false },
};

function formatEvent(event: RunEvent, style: Style, steps: StepMemory): readonly string[] {
  switch (event.kind) {
    case 'planned':
      return [formatPlanned(event)];
    case 'step-started':
    case 'progress':
      return [];
    case 'step-finished':
      return [formatStepEnd(event, style, steps)];
    case 'note':
      return [`  note: ${harmless(event.message)}`];
    case 'conflict':
      return [
        `  ${style.bad(`conflict ${event.code}`)}: ${harmless(event.message)}`,
        ...event.choices.map((choice) => `    - ${harmless(choice)}`),
      ];
    case 'verified':
      return formatVerified(event, style);
    case 'finished': {
      const { words, good } = OUTCOMES[event.outcome];
      const receipt = event.receipt === undefined ? [] : [`  receipt: ${harmless(event.receipt)}`];
      const verdict = (good ? style.good : style.bad)(words);
      return [
        `${style.strong(harmless(event.policy))}: ${verdict}${event.message === '' ? '' : `: ${harmless(event.message)}`}`,
        ...receipt,
      ];
    }
    default:
      return unreachable(event);
  }
}

function formatPlanned({ steps, bytes, digest }: RunEvent & { readonly kind: 'planned' }): string {
  const size = bytes === undefined ? '' : `, about ${formatBytes(bytes)}`;
  return `  plan ${digest.slice(0, 12)}: ${countOf(steps, 'step')}${size}`;
}

function formatStepEnd(event: RunEvent & { readonly kind: 'step-finished' }, style: Style, steps: StepMemory): string {
  const title = harmless(steps.title());
  const message = event.message === undefined ? '' : `: ${harmless(event.message)}`;
  if (event.ok) return `  ${style.good('ok')}  ${title}${steps.effort()}${message}`;
  return `  ${style.bad('FAILED')}  ${title}${message}`;
}

function formatVerified({ checks }: RunEvent & { readonly kind: 'verified' }, style: Style): readonly string[] {
  const failed = checks.filter((check) => !check.ok);
  if (failed.length === 0) return [`  ${style.good('ok')}  verified by ${countOf(checks.length, 'check')}`];
  return failed.map((check) => `  ${check.id}: ${formatCheck(check, style)}`);
}
