import { textOf } from '../shell/placed-text';
import type { ParameterPart } from '../shell/script';
import type { Scope } from './analysis';
import { lookUp } from './environment';
import type { Value } from './environment';
import type { Field } from './runbook';

/** What a variable or a positional parameter holds. */
export type ParameterValue = Value | Fields;

interface Fields {
  readonly kind: 'fields';
  readonly fields: readonly Field[];
}

/** The work that using it takes. */
export function sizeOf(value: ParameterValue): number {
  if (value.kind === 'text') return (textOf(value.text).length >> 6) + value.text.length - 1;
  if (value.kind === 'list') return value.items.length;
  return value.kind === 'fields' ? value.fields.length : 0;
}

export const isList = ({ name, index, source }: ParameterPart): boolean =>
  !source.startsWith('${#') && (/^[@*]$/.test(name) || index === '@' || index === '*');

export function valueOf(part: ParameterPart, scope: Scope): ParameterValue | undefined {
  if (part.name === '@' || part.name === '*') {
    const { positional } = scope.environment;
    return positional && { kind: 'fields', fields: positional };
  }
  if (/^\d+$/.test(part.name)) {
    return positionalValue(Number(part.name), scope);
  }
  return lookUp(scope.environment, part.name);
}

/** A parameter is known by its number only while every one before it is surely one word. */
function positionalValue(number: number, scope: Scope): Value | undefined {
  if (number === 0) return undefined;
  const { positional } = scope.environment;
  const before = positional?.slice(0, number) ?? [];
  if (!positional || before.some((field) => field.arity !== 'one')) {
    // Unset by the document, so that `${1:-default}` gives its default.
    return scope.site.functions.length === 0 ? undefined : unknownPositional(number, scope);
  }
  return { kind: 'text', text: before[number - 1]?.text ?? [] };
}

const unknownPositional = (number: number, scope: Scope): Value => ({
  kind: 'unknown',
  identity: `${scope.site.functions.join('>')}:$${number}`,
});
