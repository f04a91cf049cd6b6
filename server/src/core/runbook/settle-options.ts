import { derived, describe, textOf } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import { scanFlags } from '../zfs/scan-flags';
import type { Subcommand } from '../zfs/subcommand';
import { findSubcommand } from '../zfs/tables';
import type { Field } from './runbook';

interface Settled {
  /** What holds on every path. */
  readonly fields: readonly Field[];
  /** The flags of some paths only, by name, with the variable that brings them. */
  readonly maybeFlags: Readonly<Record<string, string>>;
}

/** Splits words whose variable differs by path (`OPTS=-w` in one branch) into what is sure and what may be. */
export function settleOptions(program: string, fields: readonly Field[]): Settled {
  const subcommand = findSubcommand(program, textOf(fields[1]?.text ?? []));
  if (!subcommand || !fields.some(hasOptions)) return { fields, maybeFlags: {} };
  const maybeFlags: Record<string, string> = {};
  const settled = fields.flatMap((field, index) => {
    const variants = index > 1 && hasOptions(field) ? variantsOf(field) : undefined;
    if (!variants?.every((words) => words.every(isFlagLike))) return [field];
    const sure = common(variants);
    const maybe = variants.flat().filter((word) => !sure.includes(word));
    for (const flag of flagNames(subcommand, maybe)) maybeFlags[flag] = describe(field.text);
    return sure.map((word): Field => ({ text: [fromVariable(word, field)], span: field.span, arity: 'one' }));
  });
  return { fields: settled, maybeFlags };
}

/** With a value, so that nobody takes the variable for the flag itself. */
const fromVariable = (word: string, { span }: Field): Run => derived(word, span, [derived(word, span)]);

const hasOptions = (field: Field): boolean => field.text.some((run) => run.kind === 'unknown' && run.options);

/** An assignment may be the argument of `-o`. */
const isFlagLike = (word: string): boolean => /^-|^\w+=/.test(word);

/** More than this is not told apart. */
const MAX_VARIANTS = 16;

/** Each way in which the word may turn out, as words; undefined when a part stays unknown. */
function variantsOf(field: Field): readonly (readonly string[])[] | undefined {
  let variants: readonly string[] = [''];
  for (const run of field.text) {
    const texts = run.kind === 'unknown' ? run.options?.map(knownText) : [run.text];
    if (!texts || variants.length * texts.length > MAX_VARIANTS) return undefined;
    const known = texts.filter((text) => text !== undefined);
    if (known.length < texts.length) return undefined;
    variants = variants.flatMap((before) => known.map((text) => before + text));
  }
  return variants.map((text) => text.split(/[ \t\n]+/).filter((word) => word !== ''));
}

const knownText = (text: PlacedText): string | undefined =>
  text.every((run) => run.kind !== 'unknown') ? textOf(text) : undefined;

/** The words of every variant; of groups of letters such as `-Rv` and `-Rvw` the letters. */
function common(variants: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...rest] = variants;
  const whole = first.filter((word) => rest.every((words) => words.includes(word)));
  const [group, ...others] = variants.map((words) =>
    words.length === 1 && /^-[A-Za-z]+$/.test(words[0] ?? '') ? words[0] : undefined,
  );
  if (whole.length > 0 || group === undefined) return whole;
  const letters = Array.from(group.slice(1)).filter((letter) => others.every((other) => other?.includes(letter, 1)));
  return letters.length > 0 ? [`-${letters.join('')}`] : [];
}

function flagNames(subcommand: Subcommand, words: readonly string[]): readonly string[] {
  return scanFlags(subcommand, words, 0).flags.map(({ flag }) => flag.name);
}
