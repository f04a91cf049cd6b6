import { parse } from 'unbash';
import type * as Unbash from 'unbash';
import { unreachable } from '../result';
import { decodeAnsiC, decodeLiteral, dropLeadingTabs } from './decode-word';
import type { QuotingContext } from './decode-word';
import { createPlacement, placeOf, sliceOf } from './placed-text';
import type { Placement } from './placed-text';
import type { Assignment, ParameterPart, Script, Word, WordPart } from './script';

/** Where the parser's tree stands, and how the scripts inside its words are converted in turn. */
export interface Conversion extends Placement {
  readonly convertScript: (script: Unbash.ParsedScript, placement: Placement) => Script;
}

/** A word as our own parts: quotes are gone, each part says whether it was quoted. */
export function convertWord(word: Unbash.Word, placement: Conversion): Word {
  // The parser finds the parts anew each time it is asked.
  const { parts } = word;
  return {
    span: placeOf(placement, word.pos, word.end),
    parts: parts ? convertEach(parts, placement, convertPart) : [literal(placement, word.pos, word.end, 'bare')],
  };
}

/** Most words have one part, and copying its list would be half of the work. */
function convertEach<Part>(
  parts: readonly Part[],
  placement: Conversion,
  convert: (part: Part, placement: Conversion) => readonly WordPart[],
): readonly WordPart[] {
  const [only] = parts;
  return only && parts.length === 1 ? convert(only, placement) : parts.flatMap((part) => convert(part, placement));
}

export function convertAssignment(node: Unbash.Assignment, placement: Conversion): Assignment {
  const base = { span: placeOf(placement, node.pos, node.end), name: node.name, append: node.append === true };
  if (node.index) return base;
  const { value } = node;
  if (value.type === 'Word') return { ...base, value: convertWord(value, placement) };
  return { ...base, value: value.elements.map((element) => convertWord(element, placement)) };
}

/** The body as one quoted word; with a quoted delimiter it is all literal. */
export function convertHereDocument(node: Unbash.HereDoc, placement: Conversion): Word {
  const { body } = node;
  const at = placeOf(placement, body.pos, body.end);
  const raw = node.delimiter?.quoted === true;
  const pieces = (from: number, to: number): WordPart[] => {
    const lines = node.operator === '<<-' ? dropLeadingTabs(placement, from, to) : [[from, to] as const];
    return lines.map(([start, end]) => ({
      kind: 'literal',
      quoted: true,
      text: raw ? sliceOf(placement, start, end) : decodeLiteral(placement, start, end, 'here-document'),
    }));
  };
  if (raw || !body.parts) return { span: at, parts: pieces(body.pos, body.end) };
  return {
    span: at,
    parts: body.parts.flatMap((part) =>
      part.type === 'Literal' ? pieces(part.pos, part.end) : convertQuoted(part, placement),
    ),
  };
}

const literal = (placement: Conversion, from: number, to: number, context: QuotingContext): WordPart => ({
  kind: 'literal',
  quoted: context !== 'bare',
  text: decodeLiteral(placement, from, to, context),
});

function convertPart(part: Unbash.WordPart, placement: Conversion): readonly WordPart[] {
  switch (part.type) {
    case 'Glob':
      // The parser takes `[$x]` for a set of characters and does not look at the variable.
      if (/[$`]/.test(part.text)) {
        return [{ kind: 'opaque', quoted: false, span: placeOf(placement, part.pos, part.end), source: part.text }];
      }
      return [literal(placement, part.pos, part.end, 'bare')];
    case 'Literal':
      return [literal(placement, part.pos, part.end, 'bare')];
    case 'SingleQuoted':
      return [{ kind: 'literal', quoted: true, text: sliceOf(placement, part.pos + 1, closing(part, "'")) }];
    case 'AnsiCQuoted': {
      const text = decodeAnsiC(placement, part.pos + 2, closing(part, "'"), part.value);
      return [{ kind: 'literal', quoted: true, text }];
    }
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) return [{ kind: 'literal', quoted: true, text: [] }];
      return convertEach(part.parts, placement, convertInDouble);
    default:
      return convertExpansion(part, false, placement);
  }
}

const convertInDouble = (part: Unbash.DoubleQuotedChild, placement: Conversion): readonly WordPart[] =>
  part.type === 'Literal'
    ? [literal(placement, part.pos, part.end, 'double')]
    : convertExpansion(part, true, placement);

/** Where the text inside quotes ends; an unterminated quote has no closing character. */
const closing = (part: { readonly end: number; readonly text: string }, quote: string): number =>
  part.text.length > 1 && part.text.endsWith(quote) ? part.end - 1 : part.end;

function convertQuoted(part: Unbash.WordPart, placement: Conversion): readonly WordPart[] {
  switch (part.type) {
    case 'SimpleExpansion':
    case 'ParameterExpansion':
    case 'CommandExpansion':
    case 'ArithmeticExpansion':
      return convertExpansion(part, true, placement);
    default:
      return convertPart(part, placement);
  }
}

type Expansion =
  | Unbash.SimpleExpansionPart
  | Unbash.ParameterExpansionPart
  | Unbash.CommandExpansionPart
  | Unbash.ArithmeticExpansionPart
  | Unbash.ProcessSubstitutionPart
  | Unbash.ExtendedGlobPart
  | Unbash.BraceExpansionPart;

function convertExpansion(part: Expansion, quoted: boolean, placement: Conversion): readonly WordPart[] {
  const at = placeOf(placement, part.pos, part.end);
  switch (part.type) {
    case 'SimpleExpansion':
      return [{ kind: 'parameter', quoted, span: at, name: part.text.slice(1), source: part.text }];
    case 'ParameterExpansion':
      return [convertParameter(part, quoted, placement)];
    case 'CommandExpansion':
      return [{ kind: 'command', quoted, span: at, script: convertSubstitution(part, placement) }];
    case 'ProcessSubstitution':
      return [{ kind: 'process', quoted: false, span: at, script: convertSubstitution(part, placement) }];
    case 'ArithmeticExpansion':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return [{ kind: 'opaque', quoted, span: at, source: part.text }];
    default:
      return unreachable(part);
  }
}

/** In backticks the parser decodes escapes first; its positions are then those of the decoded text. */
function convertSubstitution(
  part: Unbash.CommandExpansionPart | Unbash.ProcessSubstitutionPart,
  placement: Conversion,
): Script {
  const { script } = part;
  if (!script) return { statements: [], problems: [] };
  if (script.source === undefined) return placement.convertScript(script, placement);
  const inner = createPlacement(decodeLiteral(placement, part.pos + 1, closing(part, '`'), 'backtick'));
  return placement.convertScript(parse(inner.text), inner);
}

function convertParameter(part: Unbash.ParameterExpansionPart, quoted: boolean, placement: Conversion): ParameterPart {
  const { operation, index, prefix } = part;
  const base = {
    kind: 'parameter',
    quoted,
    span: placeOf(placement, part.pos, part.end),
    name: part.parameter,
    source: part.text,
    ...(index && { index: index.value }),
  } as const;
  if (prefix) return { ...base, operator: 'other' };
  if (!operation) return base;
  switch (operation.type) {
    case 'Default':
    case 'Remove':
      return { ...base, operator: operation.operator, operand: convertWord(operation.operand, placement) };
    case 'Replace': {
      const { operator, pattern, replacement } = operation;
      if (operator !== '/' && operator !== '//') return { ...base, operator: 'other' };
      const [operand, put] = [convertWord(pattern, placement), convertWord(replacement, placement)];
      return { ...base, operator, operand, replacement: put };
    }
    default:
      return { ...base, operator: 'other' };
  }
}
