import { createPlacement, derived, sliceOf, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { WordPart } from '../shell/script';
import { placeAt } from './expansion';

type Substitution = Extract<WordPart, { readonly kind: 'command' | 'process' }>;

/** What a command substitution gives, where the document says it; `printed` is what its commands print. */
export const substitutedValue = (part: Substitution, printed: PlacedText): PlacedText | undefined =>
  programLookup(part) ?? printedValue(part, printed);

/** `$(cat <<EOF …)`, `$(echo …)`, `$(printf …)`: one command that prints what the document says. */
function printedValue(part: Substitution, printed: PlacedText): PlacedText | undefined {
  const [only, ...others] = part.script.statements;
  if (part.kind !== 'command' || printed.length === 0 || others.length > 0 || only?.node.kind !== 'command')
    return undefined;
  const placement = createPlacement(printed);
  const text = sliceOf(placement, 0, placement.text.replace(/\n+$/, '').length);
  return placeAt(text, part.span);
}

/** `$(command -v zfs)` and `$(which zfs)` name the program that they look for. */
function programLookup(part: WordPart): PlacedText | undefined {
  if (part.kind !== 'command') return undefined;
  const [only, ...others] = part.script.statements;
  const node = only?.node.kind === 'and-or' ? only.node.parts[0] : only?.node;
  if (node?.kind !== 'command' || others.length > 0) return undefined;
  const [verb, ...rest] = node.words.map((word) => textOf(word.parts.flatMap(literalText)));
  const program = rest.at(-1);
  const looksUp = verb === 'which' || ((verb === 'command' || verb === 'type') && /^-[vpP]$/.test(rest[0] ?? ''));
  if (!looksUp || !program) return undefined;
  return [derived(program, part.span)];
}

const literalText = (part: WordPart): PlacedText => (part.kind === 'literal' ? part.text : []);
