import { derived, isKnown, textOf } from '../shell/placed-text';
import type { PlacedText, Run, UnknownRun } from '../shell/placed-text';
import { freshIdentity } from './analysis';
import type { Analysis, Scope } from './analysis';
import { childEnvironment, mergeBranches } from './environment';
import type { Field } from './runbook';
import { createFieldBuilder } from './split-fields';

/** More ways than these are not told apart. */
const MAX_WAYS = 4;

/** What marks a value as a command rather than as options. */
const COMMAND = /(?:^|[\s/|;])(?:zfs|zpool|ssh)\s/;

/**
 * The ways in which a text may turn out, where branches of the document assign different commands to a variable in it;
 * undefined where it is the same on all paths. Options that differ stay in one command, as flags that may be there.
 */
export function forkText(text: PlacedText): readonly PlacedText[] | undefined {
  if (!text.some(isChoice)) return undefined;
  let ways: readonly PlacedText[] = [text];
  for (const run of choicesIn(text)) {
    const options = run.options ?? [];
    if (ways.length * options.length > MAX_WAYS) return undefined;
    ways = options.flatMap((option) => ways.map((way) => choose(way, run, option)));
  }
  return ways.length > 1 ? ways : undefined;
}

/** The same for a command whose first word may be several. */
export function forkFields(fields: readonly Field[]): readonly (readonly Field[])[] | undefined {
  const [first] = fields;
  const ways = first && forkText(first.text);
  return ways?.map((way) => {
    const builder = createFieldBuilder(first?.span ?? { start: 0, end: 0 });
    builder.addBare(way);
    return [...builder.finish(), ...fields.slice(1)];
  });
}

/** Walks each way on its own; what they leave behind is merged. */
export function walkWays<Way>(
  analysis: Analysis,
  scope: Scope,
  { ways, walk }: { readonly ways: readonly Way[]; readonly walk: (way: Way, scope: Scope) => void },
): void {
  const environments = ways.map((way) => {
    const environment = childEnvironment(scope.environment);
    walk(way, { ...scope, environment });
    return environment;
  });
  mergeBranches(scope.environment, environments, freshIdentity(analysis));
}

const isChoice = (run: Run): boolean => run.kind === 'unknown' && run.options !== undefined;

function choicesIn(text: PlacedText): readonly UnknownRun[] {
  const found = new Map<string, UnknownRun>();
  for (const run of text) {
    if (run.kind === 'unknown' && run.options?.some((option) => COMMAND.test(`${textOf(option)} `))) {
      found.set(run.identity, run);
    }
  }
  return [...found.values()];
}

const choose = (text: PlacedText, { identity }: UnknownRun, option: PlacedText): PlacedText =>
  text.flatMap((run): PlacedText => {
    if (run.kind !== 'unknown' || run.identity !== identity) return [run];
    if (isKnown(option)) return option.length === 0 ? [] : [derived(textOf(option), run.span, option)];
    return option.map((part) =>
      part.kind === 'unknown' ? { ...part, span: run.span, value: [part] } : derived(part.text, run.span, [part]),
    );
  });
