import { parse } from 'unbash';
import type * as Unbash from 'unbash';
import { unreachable } from '../result';
import { span } from '../text/span';
import type { Span } from '../text/span';
import { convertAssignment, convertHereDocument, convertWord } from './convert-word';
import type { Conversion } from './convert-word';
import { createPlacement, placeOf, verbatim } from './placed-text';
import type { PlacedText, Placement } from './placed-text';
import type { Assignment, If, List, Redirect, Script, ShellNode, ShellProblem, Statement, Word } from './script';

/**
 * Reads shell text into our own tree. Never throws: what cannot be read becomes a problem, and the rest of the
 * tree is there. Bash syntax is understood; sh is a part of it, ksh and zsh mostly.
 *
 * The text may be placed: then every span of the tree is where the document says it.
 */
export function parseShell(source: string | PlacedText): Script {
  const placement = createPlacement(typeof source === 'string' ? [verbatim(source, 0)] : source);
  try {
    return convertScript(parse(placement.text), placement);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'the shell parser failed';
    return { statements: [], problems: [{ message, span: placeOf(placement, 0, placement.text.length) }] };
  }
}

/**
 * The statements of a text one by one, for whoever looks at each once: those of a long script together are large, and
 * keeping them costs more than making them. Problems are left out.
 */
export function* shellStatements(source: PlacedText): Iterable<Statement> {
  const placement = createPlacement(source);
  const conversion: Conversion = { ...placement, convertScript };
  // Taken off from the end, so that the parser's tree becomes less as we go.
  const rest = parseText(placement.text).commands.toReversed();
  for (let statement = rest.pop(); statement; statement = rest.pop()) yield convertStatement(statement, conversion);
}

function parseText(text: string): Pick<Unbash.ParsedScript, 'commands'> {
  try {
    return parse(text);
  } catch {
    return { commands: [] };
  }
}

function convertScript(script: Unbash.ParsedScript, placed: Placement): Script {
  const placement: Conversion = { ...placed, convertScript };
  const problems = (script.errors ?? []).map((error): ShellProblem => ({
    message: error.message,
    span: placeOf(placement, error.pos, error.pos),
  }));
  return { statements: convertStatements(script.commands, placement), problems };
}

function convertStatements(statements: readonly Unbash.Statement[], placement: Conversion): List {
  return statements.map((statement) => convertStatement(statement, placement));
}

const convertStatement = (statement: Unbash.Statement, placement: Conversion): Statement => ({
  span: placeOf(placement, statement.pos, statement.end),
  node: convertNode(statement.command, placement),
  background: statement.background === true,
});

const convertList = (list: Unbash.CompoundList, placement: Conversion): List =>
  convertStatements(list.commands, placement);

type ConvertibleNode = Unbash.Statement['command'] | Unbash.CompoundList;

function convertNode(node: ConvertibleNode, placement: Conversion): ShellNode {
  const at = placeOf(placement, node.pos, node.end);
  switch (node.type) {
    case 'Command':
      return convertCommand(node, at, placement);
    case 'Pipeline':
      return convertPipeline(node, placement);
    case 'AndOr':
      return {
        kind: 'and-or',
        span: at,
        parts: node.commands.map((part) => convertNode(part, placement)),
        operators: node.operators,
      };
    case 'Redirected':
      return {
        kind: 'redirected',
        span: at,
        node: convertNode(node.command, placement),
        redirects: node.redirects.map((redirect) => convertRedirect(redirect, placement)),
      };
    case 'Function':
      return { kind: 'function', span: at, name: node.name.value, body: convertNode(node.body, placement) };
    case 'Coproc':
      return { kind: 'group', span: at, subshell: true, body: asList(convertNode(node.body, placement)) };
    default:
      return convertCompound(node, at, placement);
  }
}

function convertCompound(
  node: Unbash.CompoundCommand | Unbash.CompoundList,
  at: Span,
  placement: Conversion,
): ShellNode {
  switch (node.type) {
    case 'CompoundList':
      return { kind: 'group', span: at, subshell: false, body: convertList(node, placement) };
    case 'Subshell':
    case 'BraceGroup':
      return { kind: 'group', span: at, subshell: node.type === 'Subshell', body: convertList(node.body, placement) };
    case 'If':
      return convertIf(node, at, placement);
    case 'While':
      return {
        kind: 'loop',
        span: at,
        ...(node.kind === 'until' && { until: true }),
        condition: convertList(node.clause, placement),
        body: convertList(node.body, placement),
      };
    case 'ArithmeticFor':
      return { kind: 'loop', span: at, condition: [], body: convertList(node.body, placement) };
    case 'For':
    case 'Select': {
      const items = node.wordlist && { items: convertWords(node.wordlist, placement) };
      return { kind: 'for', span: at, name: node.name.value, ...items, body: convertList(node.body, placement) };
    }
    case 'Case':
      return {
        kind: 'case',
        span: at,
        word: convertWord(node.word, placement),
        branches: node.items.map((item) => convertList(item.body, placement)),
      };
    case 'TestCommand':
      return { kind: 'words', span: at, words: convertWords(testWords(node.expression), placement) };
    case 'ArithmeticCommand':
      return { kind: 'words', span: at, words: [] };
    default:
      return unreachable(node);
  }
}

function convertPipeline(node: Unbash.Pipeline, placement: Conversion): ShellNode {
  const stages = node.commands.map((stage) => convertNode(stage, placement));
  const [first] = stages;
  // `! command` and `time command` are pipelines of one stage to the parser.
  const negated = isNegated(node) ? { negated: true as const } : {};
  if (first && stages.length === 1) return { ...first, ...negated };
  const start = node.commands[0]?.pos ?? node.pos;
  const end = node.commands.at(-1)?.end ?? node.end;
  return { kind: 'pipeline', span: placeOf(placement, start, end), stages, ...negated };
}

/** Twice is not at all. */
const isNegated = ({ prefixes }: Unbash.Pipeline): boolean =>
  prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;

function convertIf(node: Unbash.If, at: Span, placement: Conversion): If {
  const branches = [node, ...node.elif].map((branch) => ({
    condition: convertList(branch.clause, placement),
    body: convertList(branch.then, placement),
  }));
  return { kind: 'if', span: at, branches, ...(node.else && { otherwise: convertList(node.else, placement) }) };
}

function convertCommand(node: Unbash.Command, at: Span, placement: Conversion): ShellNode {
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  for (const item of node.prefix) {
    if (item.type === 'Assignment') assignments.push(convertAssignment(item, placement));
  }
  if (node.name) words.push(convertWord(node.name, placement));
  // `export X=1` has its assignments behind the name.
  for (const item of node.suffix) {
    if (item.type === 'Assignment') assignments.push(convertAssignment(item, placement));
    else if (item.type === 'Word') words.push(convertWord(item, placement));
  }
  return {
    kind: 'command',
    span: at,
    assignments,
    words,
    redirects: node.redirects.map((redirect) => convertRedirect(redirect, placement)),
  };
}

function convertRedirect(redirect: Unbash.Redirection, placement: Conversion): Redirect {
  const at = placeOf(placement, redirect.pos, redirect.end);
  switch (redirect.type) {
    case 'HereDoc':
      return { kind: 'here-document', span: at, body: convertHereDocument(redirect, placement) };
    case 'HereString':
      return { kind: 'here-string', span: at, ...targetOf(redirect.target, placement) };
    case 'Redirect':
      return { kind: 'file', span: at, operator: operatorOf(redirect), ...targetOf(redirect.target, placement) };
    default:
      return unreachable(redirect);
  }
}

/** `2>` is another operator than `>`; the descriptor that an operator has anyway is left out. */
function operatorOf({ operator, descriptor }: Unbash.Redirect): string {
  if (descriptor?.type !== 'FileDescriptor') return operator;
  const usual = operator.startsWith('<') ? 0 : 1;
  return descriptor.value === usual ? operator : `${descriptor.value}${operator}`;
}

const targetOf = (target: Unbash.Word | undefined, placement: Conversion): { target?: Word } =>
  target ? { target: convertWord(target, placement) } : {};

const convertWords = (words: readonly Unbash.Word[], placement: Conversion): readonly Word[] =>
  words.map((word) => convertWord(word, placement));

function asList(node: ShellNode): List {
  return [{ span: span(node.span.start, node.span.end), node, background: false }];
}

function testWords(expression: Unbash.TestExpression): readonly Unbash.Word[] {
  switch (expression.type) {
    case 'TestUnary':
      return [expression.operand];
    case 'TestBinary':
      return [expression.left, expression.right];
    case 'TestLogical':
      return expression.operands.flatMap(testWords);
    case 'TestNot':
      return testWords(expression.operand);
    case 'TestGroup':
      return testWords(expression.expression);
    default:
      return unreachable(expression);
  }
}
