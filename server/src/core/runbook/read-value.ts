import { derived, textOf, unknown } from '../shell/placed-text';
import type { PlacedText, UnknownRun } from '../shell/placed-text';
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
  const [first, ...others] = expandWords(analysis, value, scope);
  const begins = first?.arity === 'list' && first.text.length === 1 ? first.text[0] : undefined;
  // `A=("${B[@]}" -w)`, where B is not known.
  const open = begins?.kind === 'unknown' && !append ? begins : undefined;
  const fields = open || !first ? others : [first, ...others];
  const earlier = before?.kind === 'list' ? before.items : [];
  const isTooLong = earlier.length + fields.length > MAX_ITEMS;
  const head = append ? headOf(before, assignment) : open;
  if (isTooLong || fields.some((field) => field.arity === 'list')) {
    return { kind: 'unknown', identity: freshIdentity(analysis) };
  }
  return { kind: 'list', items: [...earlier, ...fields.map((field) => field.text)], ...(head && { head }) };
}

/** What stood in an array before something was added, where that is not known. */
function headOf(before: Value | undefined, { name, span: { start } }: Assignment): UnknownRun | undefined {
  if (before?.kind === 'list') return before.head;
  const at = { start, end: start + name.length };
  if (before === undefined) return unknown(`\${${name}[@]}`, `$${name}`, at);
  return 'identity' in before ? unknown(`\${${name}[@]}`, before.identity, at, optionsOf(before)) : undefined;
}

const optionsOf = (value: Value): readonly PlacedText[] | undefined =>
  value.kind === 'choice' ? value.options : undefined;

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
  if (lost || (before?.kind === 'list' && assignment.append))
    return { kind: 'unknown', identity: freshIdentity(analysis) };
  // What is written further down stands at the `+=`, so that places stay in order.
  const at = { start: assignment.span.start, end: assignment.span.start + assignment.name.length };
  if (before?.kind !== 'text') {
    const name = `$${assignment.name}`;
    const [identity, options] =
      before && 'identity' in before ? [before.identity, optionsOf(before)] : [name, undefined];
    return { kind: 'text', text: [unknown(name, identity, at, options), ...text] };
  }
  const old = before.text.map((run) => {
    if (run.kind === 'verbatim' && run.span.end <= at.start) return run;
    return run.kind === 'unknown' ? { ...run, span: at } : derived(run.text, at, flatten([run]));
  });
  return { kind: 'text', text: [...old, ...text] };
}

/** A variable that only repeats an unknown value has its identity. */
function onlyUnknown(text: PlacedText): Value | undefined {
  const [only] = text;
  if (text.length !== 1 || only?.kind !== 'unknown') return undefined;
  const { identity, options } = only;
  return options ? { kind: 'choice', options, identity } : { kind: 'unknown', identity };
}
