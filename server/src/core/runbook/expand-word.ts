import { keyOf, unknown } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { ParameterPart, Word, WordPart } from '../shell/script';
import { freshIdentity, listen, markOf, ranSince, runScript, withinBudget } from './analysis';
import type { Analysis, Scope } from './analysis';
import { childEnvironment, lookUp } from './environment';
import { expandEdit, isEdit } from './expand-edit';
import { fromValue, joined, unknownHere } from './expansion';
import type { Expansion } from './expansion';
import { isList, sizeOf, valueOf } from './parameter-value';
import type { ParameterValue } from './parameter-value';
import type { Arity, Field } from './runbook';
import { keepOrigin, passedOn } from './value-origin';
import { createFieldBuilder } from './split-fields';
import { substitutedValue } from './substituted-value';

/**
 * What a word becomes when the shell expands it: fields, each character with its place. Scripts inside the word
 * (command and process substitution) are walked on the way, once for each expansion.
 */
export function expandWord(analysis: Analysis, word: Word, scope: Scope): readonly Field[] {
  const literal = literalField(analysis, word);
  if (literal) return [literal];
  const [only] = word.parts;
  if (only && word.parts.length === 1 && only.kind !== 'process' && only.quoted) {
    const expansion = expandPart(analysis, only, scope);
    if (expansion.kind === 'fields') return expansion.fields;
    return [{ text: joined(expansion), span: word.span, arity: unknownArity(expansion, true) ?? 'one' }];
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
  const [field] = fields;
  if (field && sole && word.parts.length === 1 && fields.length === 1) return [{ ...field, arity: sole }];
  return fields;
}

/** Most words are themselves. */
function literalField(analysis: Analysis, { parts, span }: Word): Field | undefined {
  const [first] = parts;
  if (first?.kind !== 'literal' || parts.length > 1) return undefined;
  analysis.steps += 1;
  return { text: first.text, span, arity: 'one' };
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
  for (const word of words) {
    const field = literalField(analysis, word);
    if (field) fields.push(field);
    else for (const each of expandWord(analysis, word, scope)) fields.push(each);
  }
  return fields;
}

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

type Substitution = Extract<WordPart, { readonly kind: 'command' | 'process' }>;

/** The value is unknown; what ran to make it is remembered, for a use of it may be a mistake for that reason. */
function substitute(analysis: Analysis, part: Substitution, scope: Scope): Expansion {
  const mark = markOf(analysis);
  const printed = listen(analysis, () =>
    runScript(analysis, part.script, { ...scope, streams: {}, environment: childEnvironment(scope.environment) }),
  );
  const text = substitutedValue(part, printed);
  if (text) return { kind: 'text', text };
  const identity = freshIdentity(analysis);
  const ran = ranSince(analysis, mark, part.span);
  analysis.origins.set(identity, passedOn(analysis, ran) ?? ran);
  return { kind: 'unknown', run: unknown('$(…)', identity, part.span), list: false };
}

function expandParameter(analysis: Analysis, part: ParameterPart, scope: Scope): Expansion {
  const list = isList(part);
  if (part.operator === 'other') return partOfValue(analysis, part, scope);
  const value = valueOf(part, scope);
  if (isEdit(part.operator)) {
    const textFor = (word: Word | undefined): PlacedText => (word ? expandText(analysis, word, scope) : []);
    const [pattern, replacement] = [textFor(part.operand), textFor(part.replacement)];
    return expandEdit(analysis, part, { value, operator: part.operator, pattern, replacement });
  }
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

/** `${LIST[i]}`, of which only the name is followed. */
function partOfValue(analysis: Analysis, part: ParameterPart, scope: Scope): Expansion {
  const identity = keepOrigin(analysis, freshIdentity(analysis), lookUp(scope.environment, part.name));
  return { kind: 'unknown', run: unknown(part.source, identity, part.span), list: isList(part) };
}

/** Which side of `${X:-y}` and its kin holds. A name that the document never sets counts as unset. */
function chooseDefault(
  analysis: Analysis,
  part: ParameterPart,
  use: { readonly value: ParameterValue | undefined; readonly scope: Scope },
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
