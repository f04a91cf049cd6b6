import { unreachable } from '../result';
import { createPlacement, derived, isKnown, keyOf, sliceOf, textOf, unknown } from '../shell/placed-text';
import type { PlacedText, Run } from '../shell/placed-text';
import type { EditOperator, ParameterPart, Word, WordPart } from '../shell/script';
import type { Span } from '../text/span';
import { freshIdentity, listen, markOf, ranSince, runScript, withinBudget } from './analysis';
import type { Analysis, Scope } from './analysis';
import type { Arity, Field } from './runbook';
import { keepOrigin, passedOn } from './value-origin';
import { editValue } from './edit-value';
import { childEnvironment, lookUp } from './environment';
import type { Value } from './environment';
import { createFieldBuilder } from './split-fields';

/**
 * What a word becomes when the shell expands it: fields, each character with its place. Scripts inside the word
 * (command and process substitution) are walked on the way, once for each expansion.
 */
export function expandWord(analysis: Analysis, word: Word, scope: Scope): readonly Field[] {
  const [first] = word.parts;
  if (first?.kind === 'literal' && word.parts.length === 1) {
    analysis.steps += 1;
    return [{ text: first.text, span: word.span, arity: 'one' }];
  }
  const builder = createFieldBuilder(word.span);
  let sole: Arity | undefined;
  for (const part of word.parts) {
    const expansion = expandPart(analysis, part, scope);
    const quoted = part.kind !== 'process' && part.quoted;
    if (expansion.kind === 'fields') builder.addFields(expansion.fields);
    else if (quoted) builder.addQuoted(joined(expansion));
    else builder.addBare(joined(expansion));
    sole = unknownArity(expansion, quoted);
  }
  const fields = builder.finish();
  const [only] = fields;
  if (only && sole && word.parts.length === 1 && fields.length === 1) return [{ ...only, arity: sole }];
  return fields;
}

/** How many fields the value may become, for a word that is nothing but one unknown value. */
function unknownArity(expansion: Expansion, quoted: boolean): Arity | undefined {
  if (expansion.kind === 'unknown' && expansion.list) return 'list';
  if (quoted || expansion.kind === 'fields') return undefined;
  const text = joined(expansion);
  return text.length === 1 && text[0]?.kind === 'unknown' ? 'some' : undefined;
}

/** The value of an assignment or a here-document: one text, never split. */
export function expandText(analysis: Analysis, word: Word, scope: Scope): PlacedText {
  return word.parts.flatMap((part) => joined(expandPart(analysis, part, scope)));
}

export function expandWords(analysis: Analysis, words: readonly Word[], scope: Scope): readonly Field[] {
  const fields: Field[] = [];
  for (const word of words) for (const field of expandWord(analysis, word, scope)) fields.push(field);
  return fields;
}

type Expansion =
  | { readonly kind: 'text'; readonly text: PlacedText }
  | { readonly kind: 'fields'; readonly fields: readonly Field[]; readonly at: Span }
  | { readonly kind: 'unknown'; readonly run: Run; readonly list: boolean };

function expandPart(analysis: Analysis, part: WordPart, scope: Scope): Expansion {
  analysis.steps += 1;
  switch (part.kind) {
    case 'literal':
      return { kind: 'text', text: part.text };
    case 'parameter':
      return expandParameter(analysis, part, scope);
    case 'opaque':
      return unknownHere(analysis, part.source, part.span);
    default:
      return substitute(analysis, part, scope);
  }
}

function unknownHere(analysis: Analysis, name: string, at: Span, list = false): Expansion {
  return { kind: 'unknown', run: unknown(name, freshIdentity(analysis), at), list };
}

type Substitution = Extract<WordPart, { readonly kind: 'command' | 'process' }>;

/** The value is unknown; what ran to make it is remembered, for a use of it may be a mistake for that reason. */
function substitute(analysis: Analysis, part: Substitution, scope: Scope): Expansion {
  const mark = markOf(analysis);
  const printed = listen(analysis, () =>
    runScript(analysis, part.script, { ...scope, streams: {}, environment: childEnvironment(scope.environment) }),
  );
  const found = programLookup(part) ?? printedValue(part, printed);
  if (found) return found;
  const identity = freshIdentity(analysis);
  const ran = ranSince(analysis, mark, part.span);
  analysis.origins.set(identity, passedOn(analysis, ran) ?? ran);
  return { kind: 'unknown', run: unknown('$(…)', identity, part.span), list: false };
}

/** `$(cat <<EOF …)`, `$(echo …)`, `$(printf …)`: one command that prints what the document says. */
function printedValue(part: Substitution, printed: PlacedText): Expansion | undefined {
  const [only, ...others] = part.script.statements;
  if (part.kind !== 'command' || printed.length === 0 || others.length > 0 || only?.node.kind !== 'command')
    return undefined;
  const placement = createPlacement(printed);
  const text = sliceOf(placement, 0, placement.text.replace(/\n+$/, '').length);
  return { kind: 'text', text: placeAt(text, part.span) };
}

/** `$(command -v zfs)` and `$(which zfs)` name the program that they look for. */
function programLookup(part: WordPart): Expansion | undefined {
  if (part.kind !== 'command') return undefined;
  const [only, ...others] = part.script.statements;
  const node = only?.node.kind === 'and-or' ? only.node.parts[0] : only?.node;
  if (node?.kind !== 'command' || others.length > 0) return undefined;
  const [verb, ...rest] = node.words.map((word) => textOf(word.parts.flatMap(literalText)));
  const program = rest.at(-1);
  const looksUp = verb === 'which' || ((verb === 'command' || verb === 'type') && /^-[vpP]$/.test(rest[0] ?? ''));
  if (!looksUp || !program) return undefined;
  return { kind: 'text', text: [derived(program, part.span)] };
}

const literalText = (part: WordPart): PlacedText => (part.kind === 'literal' ? part.text : []);

function expandParameter(analysis: Analysis, part: ParameterPart, scope: Scope): Expansion {
  if (part.operator === 'other') return partOfValue(analysis, part, scope);
  const list = isList(part);
  const value = valueOf(part, scope);
  if (isEdit(part.operator)) return expandEdit(analysis, part, { value, scope, operator: part.operator });
  const chosen = part.operator ? chooseDefault(analysis, part, { value, scope }) : 'value';
  if (typeof chosen !== 'string') {
    if (!('options' in chosen)) {
      if (part.operator?.endsWith('=')) scope.environment.own.set(part.name, { kind: 'text', text: chosen });
      return { kind: 'text', text: chosen };
    }
    const run = unknown(part.source, freshIdentity(analysis), part.span, chosen.options);
    return { kind: 'unknown', run, list: false };
  }
  if (chosen === 'unknown' || value === undefined) {
    // A variable from outside is the same at every use, as long as the document does not set it.
    const run = unknown(part.source, `$${part.name}`, part.span);
    return chosen === 'unknown' ? unknownHere(analysis, part.source, part.span, list) : { kind: 'unknown', run, list };
  }
  // Using a long value often is work too.
  analysis.steps += sizeOf(value);
  if (!withinBudget(analysis)) return unknownHere(analysis, part.source, part.span, list);
  return fromValue(value, part, list);
}

const isEdit = (operator: ParameterPart['operator']): operator is EditOperator =>
  operator !== undefined && /^[#%/]/.test(operator);

interface EditUse {
  readonly value: Value | Fields | undefined;
  readonly scope: Scope;
  readonly operator: EditOperator;
}

/** A name without its path, an address put into a template: followed where all of it is known; else the same words of the same value are the same value. */
function expandEdit(analysis: Analysis, part: ParameterPart, { value, scope, operator }: EditUse): Expansion {
  const textFor = (word: Word | undefined): PlacedText => (word ? expandText(analysis, word, scope) : []);
  const [pattern, replacement] = [textFor(part.operand), textFor(part.replacement)];
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
  const identity = keepOrigin(analysis, edited, lookUp(scope.environment, part.name));
  return { kind: 'unknown', run: unknown(part.source, identity, part.span), list: false };
}

/** A value that stands nowhere as it is. */
const derivedValue = (text: string, at: Span): Run => derived(text, at, [derived(text, at)]);

/** `${LIST[i]}`, of which only the name is followed. */
function partOfValue(analysis: Analysis, part: ParameterPart, scope: Scope): Expansion {
  const identity = keepOrigin(analysis, freshIdentity(analysis), lookUp(scope.environment, part.name));
  return { kind: 'unknown', run: unknown(part.source, identity, part.span), list: false };
}

function sizeOf(value: Value | Fields): number {
  if (value.kind === 'text') return (textOf(value.text).length >> 6) + value.text.length - 1;
  if (value.kind === 'list') return value.items.length;
  return value.kind === 'fields' ? value.fields.length : 0;
}

const isList = (part: ParameterPart): boolean =>
  part.name === '@' || part.name === '*' || part.index === '@' || part.index === '*';

function valueOf(part: ParameterPart, scope: Scope): Value | Fields | undefined {
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

interface Fields {
  readonly kind: 'fields';
  readonly fields: readonly Field[];
}

function fromValue(value: Value | Fields, part: ParameterPart, list: boolean): Expansion {
  switch (value.kind) {
    case 'fields':
      return { kind: 'fields', fields: value.fields, at: part.span };
    case 'unknown':
      return { kind: 'unknown', run: unknown(part.source, value.identity, part.span), list };
    case 'choice':
      return { kind: 'unknown', run: unknown(part.source, value.identity, part.span, value.options), list };
    case 'list': {
      const items = list ? value.items : [value.items[Number(part.index ?? 0)] ?? []];
      const fields = items.map((text): Field => ({
        text: placeAt(text, part.span, part.source),
        span: part.span,
        arity: 'one',
      }));
      return { kind: 'fields', fields, at: part.span };
    }
    case 'text':
      return { kind: 'text', text: placeAt(value.text, part.span, part.source) };
    default:
      return unreachable(value);
  }
}

/** A value where the document uses it; a variable's unknown value by the variable's name. */
function placeAt(text: PlacedText, at: Span, name?: string): PlacedText {
  if (isKnown(text)) return text.length === 0 ? [] : [derived(textOf(text), at, flatten(text))];
  const [only] = text;
  if (only && text.length === 1 && only.kind === 'unknown') {
    return [unknown(name ?? only.name, only.identity, at, only.options)];
  }
  return text.map((run) => (run.kind === 'unknown' ? { ...run, span: at } : derived(run.text, at, flatten([run]))));
}

/** A value of a value: one that only repeats another is that one, and in any other the inner places are given up. */
export function flatten(text: PlacedText): PlacedText {
  const [only] = text;
  if (text.length === 1 && only?.kind === 'derived' && only.value) return only.value;
  return text.map((run) => (run.kind === 'derived' && run.value ? derived(run.text, run.span) : run));
}

/** Which side of `${X:-y}` and its kin holds. A name that the document never sets counts as unset. */
function chooseDefault(
  analysis: Analysis,
  part: ParameterPart,
  use: { readonly value: Value | Fields | undefined; readonly scope: Scope },
): 'value' | 'unknown' | PlacedText | { readonly options: readonly PlacedText[] } {
  const { value, scope } = use;
  const operand = (): PlacedText => (part.operand ? expandText(analysis, part.operand, scope) : []);
  const isAlternative = part.operator === '+' || part.operator === ':+';
  if (isAlternative && (value === undefined || 'identity' in value)) return { options: [[], operand()] };
  if (value && ('identity' in value || value.kind === 'fields')) return 'unknown';
  const empty = value?.kind === 'text' && keyOf(value.text) === '';
  const counts = value !== undefined && !(empty && part.operator?.startsWith(':'));
  switch (part.operator) {
    case '+':
    case ':+':
      return counts ? operand() : [];
    case '?':
    case ':?':
      return 'value';
    default:
      return counts ? 'value' : operand();
  }
}

const joined = (expansion: Expansion): PlacedText => {
  if (expansion.kind === 'text') return expansion.text;
  if (expansion.kind === 'unknown') return [expansion.run];
  return expansion.fields.flatMap((field, index) =>
    index === 0 ? field.text : [derived(' ', expansion.at), ...field.text],
  );
};
