import { unreachable } from '../result';
import { derived, isKnown, textOf, unknown } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import type { ParameterPart } from '../shell/script';
import type { Span } from '../text/span';
import { freshIdentity } from './analysis';
import type { Analysis } from './analysis';
import type { ParameterValue } from './parameter-value';
import type { Field } from './runbook';

/** What one part of a word becomes, before words are split. */
export type Expansion =
  | { readonly kind: 'text'; readonly text: PlacedText }
  | { readonly kind: 'fields'; readonly fields: readonly Field[]; readonly at: Span }
  | { readonly kind: 'unknown'; readonly run: Run; readonly list: boolean };

export function unknownHere(analysis: Analysis, name: string, at: Span, list = false): Expansion {
  return { kind: 'unknown', run: unknown(name, freshIdentity(analysis), at), list };
}

export const joined = (expansion: Expansion): PlacedText => {
  if (expansion.kind === 'text') return expansion.text;
  if (expansion.kind === 'unknown') return [expansion.run];
  return expansion.fields.flatMap((field, index) =>
    index === 0 ? field.text : [derived(' ', expansion.at), ...field.text],
  );
};

/** A value at the place where the document uses it. */
export function fromValue(value: ParameterValue, part: ParameterPart, list: boolean): Expansion {
  switch (value.kind) {
    case 'fields':
      return { kind: 'fields', fields: value.fields, at: part.span };
    case 'unknown':
      return { kind: 'unknown', run: unknown(part.source, value.identity, part.span), list };
    case 'choice':
      return { kind: 'unknown', run: unknown(part.source, value.identity, part.span, value.options), list };
    case 'list': {
      if (value.head && !list)
        return { kind: 'unknown', run: unknown(part.source, `${value.head.identity}:${part.source}`, part.span), list };
      const items = list ? value.items : [value.items[Number(part.index ?? 0)] ?? []];
      const fields = items.map((text): Field => ({
        text: placeAt(text, part.span, part.source),
        span: part.span,
        arity: 'one',
      }));
      const head: readonly Field[] = value.head
        ? [{ text: [{ ...value.head, span: part.span }], span: part.span, arity: 'list' }]
        : [];
      return { kind: 'fields', fields: [...head, ...fields], at: part.span };
    }
    case 'text':
      return { kind: 'text', text: placeAt(value.text, part.span, part.source) };
    default:
      return unreachable(value);
  }
}

/** A value where the document uses it; a variable's unknown value by the variable's name. */
export function placeAt(text: PlacedText, at: Span, name?: string): PlacedText {
  if (isKnown(text)) return text.length === 0 ? [] : [derived(textOf(text), at, flatten(text))];
  const [only] = text;
  if (only && text.length === 1 && only.kind === 'unknown') {
    return [unknown(name ?? only.name, only.identity, at, only.options)];
  }
  return text.map((run) =>
    run.kind === 'unknown' ? { ...run, span: at, value: [run] } : derived(run.text, at, flatten([run])),
  );
}

/** A value of a value: one that only repeats another is that one, and in any other the inner places are given up. */
export function flatten(text: PlacedText): PlacedText {
  const [only] = text;
  if (text.length === 1 && only?.kind === 'derived' && only.value) return only.value;
  return text.map((run) => (run.kind === 'derived' && run.value ? derived(run.text, run.span) : run));
}
