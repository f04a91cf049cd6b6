import { derived, keyOf, textOf } from '../shell/placed-text';
import type { PlacedText, UnknownRun } from '../shell/placed-text';
import type { FunctionDefinition } from '../shell/script';
import { span } from '../text/span';
import type { Span } from '../text/span';
import type { Field, Pipefail } from './runbook';

/** What is known of a shell variable. */
export type Value =
  | { readonly kind: 'text'; readonly text: PlacedText }
  /** `head` is what the list begins with, where that is not known or differs by path. */
  | { readonly kind: 'list'; readonly items: readonly PlacedText[]; readonly head?: UnknownRun }
  /** One of these: branches of the document assign different values. */
  | { readonly kind: 'choice'; readonly options: readonly PlacedText[]; readonly identity: string }
  /** Set to something that only a run knows; `identity` tells this value from any other. */
  | { readonly kind: 'unknown'; readonly identity: string };

/**
 * The state of one shell at one point: variables, functions, pipefail. Branches work on a child and are merged
 * again, so a copy costs what it changes and not what there is.
 */
export interface Environment {
  readonly parent: Environment | undefined;
  readonly own: Map<string, Value>;
  readonly functions: Map<string, FunctionDefinition>;
  pipefail: Pipefail;
  /** `$1`, `$2` …; undefined when nothing is known about them. */
  positional: readonly Field[] | undefined;
  /** Set when anything may have been assigned (a sourced file): names that are not in `own` are unknown. */
  forgotten: string | undefined;
}

export const newEnvironment = (pipefail: Pipefail = 'off', positional?: readonly Field[]): Environment => ({
  parent: undefined,
  own: new Map(),
  functions: new Map(),
  pipefail,
  positional,
  forgotten: undefined,
});

/** A subshell or one branch of a condition. */
export const childEnvironment = (parent: Environment): Environment => ({
  parent,
  own: new Map(),
  functions: parent.functions,
  pipefail: parent.pipefail,
  positional: parent.positional,
  forgotten: undefined,
});

/** Undefined for a name that the document never assigns: it may come from outside. */
export function lookUp(environment: Environment, name: string): Value | undefined {
  for (let at: Environment | undefined = environment; at; at = at.parent) {
    const value = at.own.get(name);
    if (value) return value;
    if (at.forgotten !== undefined) return { kind: 'unknown', identity: `${at.forgotten}:${name}` };
  }
  return undefined;
}

/** Anything may have changed, e.g. by a sourced file. */
export function forgetAll(environment: Environment, identity: string): void {
  environment.own.clear();
  environment.forgotten = identity;
}

/**
 * Goes on after branches of which one was taken: what they agree on stays, the rest is unknown. That all of them may have
 * been skipped is one more branch, in which `into` itself goes on.
 */
export function mergeBranches(into: Environment, branches: readonly Environment[], identity: string): void {
  if (branches.some((branch) => branch.forgotten !== undefined)) forgetAll(into, identity);
  const names = new Set<string>();
  for (const branch of branches) if (branch !== into) for (const name of branch.own.keys()) names.add(name);
  const isHuge = names.size * branches.length > MAX_MERGED;
  for (const name of names) {
    if (isHuge) {
      into.own.set(name, { kind: 'unknown', identity: `${identity}:${name}` });
      continue;
    }
    const values = branches.map((branch) => lookUp(branch, name));
    into.own.set(name, mergeValues(values, `${identity}:${name}`));
  }
  const [first, ...others] = branches;
  if (!first) return;
  into.pipefail = others.every(({ pipefail }) => pipefail === first.pipefail) ? first.pipefail : 'unknown';
  into.positional = others.every(({ positional }) => positional === first.positional) ? first.positional : undefined;
}

/** Each name is looked up in each branch: more look-ups at one place are not made. */
const MAX_MERGED = 20_000;

/** More, or longer ones, are not worth telling apart. */
const MAX_OPTIONS = 6;
const MAX_OPTION_LENGTH = 200;

function mergeValues(values: readonly (Value | undefined)[], identity: string): Value {
  const [first, ...rest] = values;
  if (first && rest.every((value) => value && sameValue(first, value))) return first;
  const options = new Map<string, PlacedText>();
  for (const value of values) {
    for (const option of optionsOf(value) ?? [undefined]) {
      if (!option || textOf(option).length > MAX_OPTION_LENGTH) return { kind: 'unknown', identity };
      options.set(keyOf(option), option);
    }
  }
  if (options.size > MAX_OPTIONS) return { kind: 'unknown', identity };
  return { kind: 'choice', options: [...options.values()], identity };
}

/** What a value can be; a name that is set on the other path only counts as empty on this one. */
function optionsOf(value: Value | undefined): readonly PlacedText[] | undefined {
  switch (value?.kind) {
    case undefined:
      return [[]];
    case 'text':
      return [value.text];
    case 'list':
      if (value.head) return undefined;
      return [value.items.flatMap((item, index) => (index === 0 ? item : [derived(' ', placeOfText(item)), ...item]))];
    case 'choice':
      return value.options;
    default:
      return undefined;
  }
}

const placeOfText = (text: PlacedText): Span => text[0]?.span ?? span(0, 0);

function sameValue(a: Value, b: Value): boolean {
  if ('identity' in a || 'identity' in b) return 'identity' in a && 'identity' in b && a.identity === b.identity;
  if (a.kind === 'text' || b.kind === 'text') {
    return a.kind === 'text' && b.kind === 'text' && keyOf(a.text) === keyOf(b.text);
  }
  return a.head?.identity === b.head?.identity && a.items.map(keyOf).join('\0') === b.items.map(keyOf).join('\0');
}
