import type { Run } from '../shell/placed-text';
import type { Invocation } from './runbook';

/** A variable of a command and the value that the document gives it there. */
export interface ResolvedValue {
  /** As the command writes it, e.g. `${DST}`. */
  readonly name: string;
  readonly value: string;
  /** Where the value was written. */
  readonly writtenAt: number;
}

/** The variables of a command whose values are known, in the order of the command. */
function resolvedValues({ words }: Invocation, text: string): readonly ResolvedValue[] {
  const values = new Map<number, ResolvedValue>();
  for (const run of words.flatMap((word) => word.text)) {
    if (run.kind !== 'derived' || !run.value) continue;
    const { start, end } = run.span;
    const before = values.get(start);
    const name = text.slice(start, end);
    // A list and a value that was split come back as several words.
    const value = before === undefined ? run.text : `${before.value} ${run.text}`;
    if (name.includes('$')) values.set(start, { name, value, writtenAt: before?.writtenAt ?? placeOfValue(run) });
  }
  return [...values.values()];
}

const placeOfValue = (run: Run): number =>
  run.kind === 'derived' && run.value?.[0] ? placeOfValue(run.value[0]) : run.span.start;

/** "`$DST` is `backup/prod` (line 3)", one a variable, with every value that it has when the command runs several times. */
export function describeValues(invocations: readonly Invocation[], text: string): readonly string[] {
  const described = new Map<string, Set<string>>();
  for (const { name, value, writtenAt } of invocations.flatMap((invocation) => resolvedValues(invocation, text))) {
    const values = described.get(name) ?? new Set();
    described.set(name, values.add(`${code(value)} (line ${lineOf(text, writtenAt)})`));
  }
  return [...described].map(([name, values]) => `${code(name)} is ${[...values].join(' or ')}`);
}

/** The names of what only a run can know in the words of a command. */
export const unknownNames = ({ words }: Invocation): readonly string[] => [
  ...new Set(words.flatMap((word) => word.text.flatMap((run) => (run.kind === 'unknown' ? run.name : [])))),
];

/** A code span of Markdown, also for text that holds backticks. */
export function code(text: string): string {
  const shown = text === '' ? ' ' : text.replaceAll(/\s+/g, ' ');
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}

export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
