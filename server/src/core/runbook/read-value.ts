import { derived, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Assignment } from '../shell/script';
import { freshIdentity } from './analysis';
import type { Analysis, Scope } from './analysis';
import { lookUp } from './environment';
import type { Value } from './environment';
import { expandText, expandWords } from './expand-word';
import { flatten } from './expansion';

/** What a variable holds after an assignment. */
export function readValue(analysis: Analysis, assignment: Assignment, scope: Scope): Value {
  const { value, append, name } = assignment;
  const before = append ? lookUp(scope.environment, name) : undefined;
  if (value === undefined) return { kind: 'unknown', identity: freshIdentity(analysis) };
  if ('parts' in value) return readText(analysis, { assignment, before, text: expandText(analysis, value, scope) });
  const fields = expandWords(analysis, value, scope);
  const wasList = !append || before?.kind === 'list';
  const earlier = before?.kind === 'list' ? before.items : [];
  const isTooLong = earlier.length + fields.length > MAX_ITEMS;
  if (!wasList || isTooLong || fields.some((field) => field.arity === 'list')) {
    return { kind: 'unknown', identity: freshIdentity(analysis) };
  }
  return { kind: 'list', items: [...earlier, ...fields.map((field) => field.text)] };
}

/** A list may double at every turn, as a text may. */
const MAX_ITEMS = 256;

interface TextAssignment {
  readonly assignment: Assignment;
  readonly before: Value | undefined;
  readonly text: PlacedText;
}

/** A value that is put together of others may double at every turn, so it is followed up to this length only. */
const MAX_COMPOSED = 1024;

function readText(analysis: Analysis, { assignment, before, text }: TextAssignment): Value {
  const composed = text.some((run) => run.kind === 'derived' && run.value) || assignment.append;
  const length = (before?.kind === 'text' ? textOf(before.text).length : 0) + textOf(text).length;
  const lost = composed && length > MAX_COMPOSED;
  if (!assignment.append && !lost) return onlyUnknown(text) ?? { kind: 'text', text };
  if (before?.kind !== 'text' || lost) return { kind: 'unknown', identity: freshIdentity(analysis) };
  // The old value stands at the `+=`, so that places stay in order.
  const at = { start: assignment.span.start, end: assignment.span.start + assignment.name.length };
  const old = before.text.map((run) =>
    run.kind === 'unknown' ? { ...run, span: at } : derived(run.text, at, flatten([run])),
  );
  return { kind: 'text', text: [...old, ...text] };
}

/** A variable that only repeats an unknown value has its identity. */
function onlyUnknown(text: PlacedText): Value | undefined {
  const [only] = text;
  if (text.length !== 1 || only?.kind !== 'unknown') return undefined;
  const { identity, options } = only;
  return options ? { kind: 'choice', options, identity } : { kind: 'unknown', identity };
}
