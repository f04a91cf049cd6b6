import { span } from '../text/span';
import type { Span } from '../text/span';
import type { Invocation } from './runbook';

/** A word that a document writes with variables, and the words that a shell makes of it there. */
export interface ResolvedWord {
  readonly span: Span;
  readonly values: readonly string[];
}

/**
 * The words of commands whose variables all have a known value, and the same one each time that the place is run. What
 * differs from one call of a function to the next is left out, as is what may hold more than is known.
 */
export function resolvedWords(invocations: readonly Invocation[], text: string): readonly ResolvedWord[] {
  const found = new Map<number, ResolvedWord | 'differs'>();
  for (const word of invocations.flatMap((invocation) => wordsOf(invocation, text))) {
    const before = found.get(word.span.start);
    const same = before === undefined || (before !== 'differs' && isSame(before, word));
    found.set(word.span.start, same && word.values.length > 0 ? word : 'differs');
  }
  return [...found.values()].filter((word) => word !== 'differs');
}

const isSame = (a: ResolvedWord, b: ResolvedWord): boolean =>
  a.span.end === b.span.end && a.values.join('\0') === b.values.join('\0');

/** Words that hold a variable, by their place; one that is not wholly known has no values. */
function wordsOf({ words, unknownFlags, span: whole }: Invocation, text: string): readonly ResolvedWord[] {
  const groups = new Map<number, { readonly span: Span; readonly values: string[]; known: boolean }>();
  for (const { span: at, shown, known } of words) {
    const written = text.slice(at.start, at.end);
    if (!written.includes('$') || /[\r\n]/.test(written)) continue;
    const group = groups.get(at.start) ?? { span: span(at.start, at.end), values: [], known: true };
    group.values.push(shown);
    group.known &&= known;
    groups.set(at.start, group);
  }
  const resolved = [...groups.values()].map((group) => ({
    span: group.span,
    values: group.known ? group.values : [],
  }));
  return [...resolved, ...unknownPlaces(unknownFlags, text, whole)];
}

/** A word that may hold flags is none of the command's words, so it is looked for by its name. */
function unknownPlaces(names: readonly string[], text: string, { start, end }: Span): readonly ResolvedWord[] {
  const written = text.slice(start, end);
  return names.flatMap((name) =>
    [...places(written, name)].flatMap((at) => [
      { span: span(start + at, start + at + name.length), values: [] },
      { span: span(start + at - 1, start + at + name.length + 1), values: [] },
    ]),
  );
}

function* places(text: string, part: string): Iterable<number> {
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) yield at;
}
