import { keyOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { FunctionDefinition } from '../shell/script';
import type { Pipefail } from './runbook';

/** What is known of a shell variable. */
export type Value =
  | { readonly kind: 'text'; readonly text: PlacedText }
  | { readonly kind: 'list'; readonly items: readonly PlacedText[] }
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
  /** Set when anything may have been assigned (a sourced file): names that are not in `own` are unknown. */
  forgotten: string | undefined;
}

export const newEnvironment = (pipefail: Pipefail = 'off'): Environment => ({
  parent: undefined,
  own: new Map(),
  functions: new Map(),
  pipefail,
  forgotten: undefined,
});

/** A subshell or one branch of a condition. */
export const childEnvironment = (parent: Environment): Environment => ({
  parent,
  own: new Map(),
  functions: parent.functions,
  pipefail: parent.pipefail,
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
 * Goes on after branches of which one was taken: what they agree on stays, the rest is unknown. A branch that may
 * have been skipped is represented by an untouched child.
 */
export function mergeBranches(into: Environment, branches: readonly Environment[], identity: string): void {
  if (branches.some((branch) => branch.forgotten !== undefined)) forgetAll(into, identity);
  const names = new Set(branches.flatMap((branch) => [...branch.own.keys()]));
  for (const name of names) {
    const [first, ...rest] = branches.map((branch) => lookUp(branch, name));
    if (first && rest.every((value) => value && sameValue(first, value))) into.own.set(name, first);
    else into.own.set(name, { kind: 'unknown', identity: `${identity}:${name}` });
  }
  const [pipefail, ...others] = branches.map((branch) => branch.pipefail);
  if (pipefail) into.pipefail = others.every((other) => other === pipefail) ? pipefail : 'unknown';
}

function sameValue(a: Value, b: Value): boolean {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    return a.kind === 'unknown' && b.kind === 'unknown' && a.identity === b.identity;
  }
  if (a.kind === 'text' || b.kind === 'text') {
    return a.kind === 'text' && b.kind === 'text' && keyOf(a.text) === keyOf(b.text);
  }
  return a.items.map(keyOf).join('\0') === b.items.map(keyOf).join('\0');
}
