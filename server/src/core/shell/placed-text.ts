import { span } from '../text/span';
import type { Span } from '../text/span';

/**
 * Text in which every character knows where it stands in the document, through any nesting of quotes,
 * escapes and variables. It is what lets `ssh host '…'` be parsed as a script of its own while every
 * finding in it keeps its exact range.
 */
export type PlacedText = readonly Run[];

/** A stretch of placed text. Concatenated, the runs are the text. */
export type Run = VerbatimRun | DerivedRun | UnknownRun;

/** The document holds this text as it is: character i stands at `span.start + i`. */
export interface VerbatimRun {
  readonly kind: 'verbatim';
  readonly text: string;
  readonly span: Span;
}

/** The document says this text in other characters at `span`: an escape, or a variable whose value is known. */
export interface DerivedRun {
  readonly kind: 'derived';
  readonly text: string;
  readonly span: Span;
  /** Where the value was written, for a variable; as long as `text`. */
  readonly value?: PlacedText;
}

/** A value that only a run of the script can know. Its text is one `HOLE`. */
export interface UnknownRun {
  readonly kind: 'unknown';
  readonly text: string;
  readonly span: Span;
  /** As the document writes it, e.g. `$SNAP`. */
  readonly name: string;
  /** Equal for two uses of one value: what is unknown may still be known to be the same. */
  readonly identity: string;
  /** All that it can be, where branches of the document assign different values. */
  readonly options?: readonly PlacedText[];
  /** The run that it repeats, for a part of a variable's value. */
  readonly value?: PlacedText;
}

/** Stands for an unknown value in placed text; of the private use area, so the shell parser takes it for a letter. */
export const HOLE = '\u{E000}';

export const verbatim = (text: string, start: number): VerbatimRun => ({
  kind: 'verbatim',
  text,
  span: span(start, start + text.length),
});

export const derived = (text: string, at: Span, value?: PlacedText): DerivedRun =>
  value ? { kind: 'derived', text, span: at, value } : { kind: 'derived', text, span: at };

export const unknown = (name: string, identity: string, at: Span, options?: readonly PlacedText[]): UnknownRun => ({
  kind: 'unknown',
  text: HOLE,
  span: at,
  name,
  identity,
  ...(options && { options }),
});

export const textOf = (text: PlacedText): string => {
  const only = text.length === 1 ? text[0] : undefined;
  return only ? only.text : text.map((run) => run.text).join('');
};

export const isKnown = (text: PlacedText): boolean => text.every((run) => run.kind !== 'unknown');

/** The text as a person would write it: unknown values by their names. */
export const describe = (text: PlacedText): string =>
  text.map((run) => (run.kind === 'unknown' ? run.name : run.text)).join('');

/** The text with the identities of unknown values: equal keys are equal at run time. */
export const keyOf = (text: PlacedText): string =>
  text.map((run) => (run.kind === 'unknown' ? `${HOLE}${run.identity}${HOLE}` : run.text)).join('');

/** Placed text made ready to be asked where its parts stand, in O(log runs). */
export interface Placement {
  readonly text: string;
  readonly runs: PlacedText;
  /** Where each run begins in `text`. */
  readonly starts: readonly number[];
}

export function createPlacement(runs: PlacedText): Placement {
  const starts: number[] = [];
  let length = 0;
  for (const run of runs) {
    starts.push(length);
    length += run.text.length;
  }
  return { text: textOf(runs), runs, starts };
}

/** The range in the document of the characters from `from` up to `to`. */
export function placeOf({ runs, starts }: Placement, from: number, to: number): Span {
  const [only] = runs;
  // Nearly all text is a document's own, in one run.
  if (only && runs.length === 1 && only.kind === 'verbatim') {
    const start = Math.min(only.span.start + from, only.span.end);
    return span(start, Math.max(start, Math.min(only.span.start + to, only.span.end)));
  }
  const first = lastAtOrBefore(starts, from);
  const start = edge(runs[first], from - (starts[first] ?? 0), 'start');
  if (to <= from) return span(start, start);
  const last = lastAtOrBefore(starts, to - 1);
  return span(start, Math.max(start, edge(runs[last], to - (starts[last] ?? 0), 'end')));
}

/** A part as placed text of its own. */
export function sliceOf({ text, runs, starts }: Placement, from: number, to: number): PlacedText {
  const [only] = runs;
  if (only && runs.length === 1 && only.kind === 'verbatim') {
    return from < to && from < text.length ? [verbatim(text.slice(from, to), only.span.start + from)] : [];
  }
  const result: Run[] = [];
  for (let i = lastAtOrBefore(starts, from); i < runs.length && (starts[i] ?? to) < to; i++) {
    const run = runs[i];
    const start = starts[i] ?? 0;
    if (run) push(result, sliceRun(run, Math.max(0, from - start), Math.min(run.text.length, to - start)));
  }
  return result;
}

function push(runs: Run[], run: Run): void {
  if (run.text !== '') runs.push(run);
}

/** Where the boundary `within` a run stands; what is derived or unknown has only the edges of its place. */
function edge(run: Run | undefined, within: number, which: 'start' | 'end'): number {
  if (!run) return 0;
  if (run.kind !== 'verbatim') return run.span[which];
  return Math.min(run.span.start + within, run.span.end);
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function sliceRun(run: Run, from: number, to: number): Run {
  if (from === 0 && to === run.text.length) return run;
  const text = run.text.slice(from, to);
  if (run.kind === 'verbatim') return verbatim(text, run.span.start + from);
  if (run.kind === 'unknown') return run;
  return derived(text, run.span, run.value && sliceOf(createPlacement(run.value), from, to));
}
