import { derived, isKnown, keyOf, textOf, unknown } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import type { EditOperator, ParameterPart } from '../shell/script';
import type { Span } from '../text/span';
import type { Analysis } from './analysis';
import { editValue } from './edit-value';
import { unknownHere } from './expansion';
import type { Expansion } from './expansion';
import { isList } from './parameter-value';
import type { ParameterValue } from './parameter-value';
import { keepOrigin } from './value-origin';

export const isEdit = (operator: ParameterPart['operator']): operator is EditOperator =>
  operator !== undefined && /^[#%/]/.test(operator);

interface EditUse {
  readonly value: ParameterValue | undefined;
  readonly operator: EditOperator;
  readonly pattern: PlacedText;
  readonly replacement: PlacedText;
}

/**
 * A name without its path, an address put into a template: followed where all of it is known. Of what is unknown the same edit is
 * the same value.
 */
export function expandEdit(analysis: Analysis, part: ParameterPart, use: EditUse): Expansion {
  const { value, operator, pattern, replacement } = use;
  if (isList(part) || (value && !('identity' in value) && value.kind !== 'text')) {
    return unknownHere(analysis, part.source, part.span, isList(part));
  }
  const text = value?.kind === 'text' ? value.text : undefined;
  if (text && isKnown(text) && isKnown(pattern) && isKnown(replacement)) {
    const words = { pattern: textOf(pattern), replacement: textOf(replacement) };
    const edited = editValue(textOf(text), operator, words);
    if (edited !== undefined) return { kind: 'text', text: edited === '' ? [] : [derivedValue(edited, part.span)] };
  }
  const before = text ? keyOf(text) : value && 'identity' in value ? value.identity : `$${part.name}`;
  const edited = `${before}${operator}${keyOf(pattern)}${operator}${keyOf(replacement)}`;
  const identity = keepOrigin(analysis, edited, value);
  return { kind: 'unknown', run: unknown(part.source, identity, part.span), list: false };
}

/** A value that stands nowhere as it is. */
/** Two levels: also as a field of its own it is the value of a variable, and is not written where it stands. */
const derivedValue = (text: string, at: Span): Run => derived(text, at, [derived(text, at, [derived(text, at)])]);
