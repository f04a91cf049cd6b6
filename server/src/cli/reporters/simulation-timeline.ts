import { DAY } from '../../core/simulate/days';
import type { Scenario } from '../../core/simulate/scenario';
import type { Break, Day, Simulation } from '../../core/simulate/simulation';
import { formatBytes } from '../../core/text/format-bytes';
import { formatDuration } from './format-duration';

/** `3 d`, `2 d 13 h`: without a second figure that is zero. */
export const formatSpan = (seconds: number): string => formatDuration(seconds).replace(/ 00 \w+$/, '');

/** Of the bar, in columns. */
const WIDTH = 80;

/** A bar of the days, then a table with one line for days that are alike. */
export function formatTimeline(scenario: Scenario, { days, broken }: Simulation): readonly string[] {
  const marks = days.map((day) => markOf(day, broken?.day, broken?.noticedDay));
  return [
    `  ${bar(marks, scenario.days)}`,
    `  ${legend(marks)}`,
    '',
    '  runs, snapshots of a dataset, and how far the target is behind when the days end',
    ...table(scenario, { days, broken }, marks),
  ];
}

/** The worst of several days comes first. */
const MARKS = { X: 'chain broken, or runs refused', '#': 'outage', '.': 'replicated' } as const;
type Mark = keyof typeof MARKS;

/** From the day on which the base is lost. */
function markOf({ day, hasOutage }: Day, broken: number | undefined, noticed: number | undefined): Mark {
  if (day === broken || day === noticed) return 'X';
  return hasOutage ? '#' : '.';
}

function bar(marks: readonly Mark[], days: number): string {
  const each = Math.ceil(days / WIDTH);
  const cells = Array.from({ length: Math.ceil(marks.length / each) }, (_, index) => {
    const part = marks.slice(index * each, (index + 1) * each);
    return ORDER.find((mark) => part.includes(mark)) ?? '';
  });
  return each === 1 ? cells.join('') : `${cells.join('')}   ${each} days a sign`;
}

const ORDER: readonly Mark[] = ['X', '#', '.'];

const legend = (marks: readonly Mark[]): string =>
  ORDER.toReversed()
    .filter((mark) => marks.includes(mark))
    .map((mark) => `${mark} ${MARKS[mark]}`)
    .join('   ');

interface Phase {
  readonly first: Day;
  readonly last: Day;
  readonly mark: Mark;
  readonly done: number;
  readonly missed: number;
}

/** The base is lost on one day, and a run finds out on that or a later one. */
function noteOf({ day }: Day, mark: Mark, broken: Break | undefined): string {
  if (mark === '.') return '';
  if (mark === '#') return 'outage';
  return day === broken?.noticedDay ? 'the run is refused' : 'the base is lost';
}

function table(
  { start }: Scenario,
  { days, broken }: { readonly days: readonly Day[]; readonly broken: Break | undefined },
  marks: readonly Mark[],
): readonly string[] {
  const rows = phases(days, marks).map(({ first, last, mark, done, missed }) => [
    first === last ? `${first.day}` : `${first.day}–${last.day}`,
    new Date((start + (first.day - 1) * DAY) * 1000).toISOString().slice(0, 10),
    done > 0 || missed === 0 ? `${done}` : '-',
    missed > 0 ? `${missed}` : '-',
    `${last.sourceSnapshots}`,
    `${last.targetSnapshots}`,
    last.lag === undefined ? '-' : formatSpan(last.lag),
    formatBytes(Math.round(last.behind)),
    noteOf(last, mark, broken),
  ]);
  return align([['days', 'from', 'done', 'missed', 'at source', 'at target', 'behind', 'to send', ''], ...rows]);
}

/** Days that are alike and follow each other; the figures are those of the last. */
function phases(days: readonly Day[], marks: readonly Mark[]): readonly Phase[] {
  const found: Phase[] = [];
  for (const [index, day] of days.entries()) {
    const mark = marks[index] ?? '.';
    const before = found.at(-1);
    const isPart = day.hasOutage && day.done > 0;
    const wasPart = before !== undefined && before.last.hasOutage && before.last.done > 0;
    const { done, missed } = day;
    if (before === undefined || before.mark !== mark || mark === 'X' || isPart || wasPart)
      found.push({ first: day, last: day, mark, done, missed });
    else found.splice(-1, 1, { ...before, last: day, done: before.done + done, missed: before.missed + missed });
  }
  return found;
}

/** The first column and the last are texts, the others figures. */
function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column < 2 || column === row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
}
