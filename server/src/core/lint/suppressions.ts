import { span } from '../text/span';
import type { Span, TextEdit } from '../text/span';
import { blockLines, skipEmptyLines } from './block-lines';
import type { CommentKind } from './suppression-comment';

/** A comment that silences rules for some lines. */
export interface Suppression {
  readonly span: Span;
  /** One rule of the comment. */
  readonly rule: string;
  readonly ruleSpan: Span;
  readonly reason: string;
  /** Findings that begin in here are silenced. */
  readonly lines: Span;
  /**
   * Takes the rule out of the comment, or the comment out of the text. Absent where the text could be a part of a longer
   * string, which it would leave open, and where the lines below belong to the comment.
   */
  readonly removal?: TextEdit;
}

/**
 * In the comments of shell, YAML and cron; of Markdown; of units; of reStructuredText and AsciiDoc. To a shell a lone carriage return
 * ends no line.
 */
const DIRECTIVE =
  /(?:(?:(?<!\S)#|<!--|^[ \t]*(?:;|\/\/))[ \t]*|^[ \t]*\.\.[ \t]+)rawsend-(disable-next-line|disable-line|disable|enable)(?![\w-])([^\n]*)/gm;

interface Directive {
  readonly verb: string;
  readonly span: Span;
  readonly rules: readonly { readonly name: string; readonly span: Span }[];
  readonly reason: string;
}

/**
 * Every suppression of a text, one for each rule that it names, in the order of the text. Two dots begin a comment in
 * reStructuredText alone: to a shell they are a command.
 */
export function readSuppressions(text: string, kind: CommentKind): readonly Suppression[] {
  const directives = [...text.matchAll(DIRECTIVE)]
    .filter(([written]) => kind === 'restructuredtext' || !written.trimStart().startsWith('..'))
    .map((match) => toDirective(match));
  const found: Suppression[][] = [];
  // From the end, so that what ends a block is known when it begins.
  const enabled = new Map<string, number>();
  for (const directive of directives.toReversed()) {
    if (directive.verb === 'enable') noteEnabled(enabled, directive);
    else found.push(toSuppressions(text, directive, enabled));
  }
  return found.toReversed().flat();
}

/** Stands for every rule. */
const ALL = '';

function noteEnabled(enabled: Map<string, number>, { rules, span: at }: Directive): void {
  if (rules.length === 0) enabled.clear();
  for (const name of rules.length === 0 ? [ALL] : rules.map((rule) => rule.name)) enabled.set(name, at.start);
}

function toSuppressions(text: string, directive: Directive, enabled: ReadonlyMap<string, number>): Suppression[] {
  // A comment that names no rule is one suppression of nothing, so that it is complained about.
  const named = directive.rules.length > 0 ? directive.rules : [{ name: '', span: directive.span }];
  const own = directive.verb === 'disable' ? undefined : linesOf(text, directive);
  return named.map((rule) => {
    const blockEnd = Math.min(enabled.get(rule.name) ?? text.length, enabled.get(ALL) ?? text.length);
    const removal = removalOf(text, directive, rule.span);
    const isRemovable = isClosed(text.slice(directive.span.start, directive.span.end)) && !ownsBlock(text, directive);
    return {
      span: directive.span,
      rule: rule.name,
      ruleSpan: rule.span,
      reason: directive.reason,
      lines: own ?? span(directive.span.end, Math.max(directive.span.end, blockEnd)),
      ...(isRemovable && { removal }),
    };
  });
}

/** Without quotes that may end a string around it, and not the beginning of a longer comment. */
const isClosed = (written: string): boolean =>
  !/['"`]/.test(written) && (!written.startsWith('<!--') || written.endsWith('-->'));

/**
 * An indented block below a comment of reStructuredText belongs to the comment: without it, the block would belong to the
 * directive before it.
 */
function ownsBlock(text: string, { span: at }: Directive): boolean {
  const indent = /^([ \t]*)\.\./.exec(text.slice(at.start, at.end))?.[1];
  if (indent === undefined) return false;
  const below = skipEmptyLines(text, nextLineStart(text, lineAt(text, at.end).end));
  return text.startsWith(indent, below) && /[ \t]/.test(text.charAt(below + indent.length));
}

function toDirective(match: RegExpExecArray): Directive {
  const [whole, verb = '', line = ''] = match;
  const rest = match[0].startsWith('<!--') ? line.replace(/[ \t]*-->.*$/, '') : line;
  const separator = rest.search(/[ \t]--(?:[ \t]|$)/);
  const names = separator === -1 ? rest : rest.slice(0, separator);
  const start = match.index + whole.length - line.length;
  const rules = [...names.matchAll(/[a-z][a-z-]*/g)].map((name) => ({
    name: name[0],
    span: span(start + name.index, start + name.index + name[0].length),
  }));
  const reason = separator === -1 ? '' : rest.slice(separator + 3).trim();
  const end = rest === line ? match.index + whole.trimEnd().length : match.index + whole.lastIndexOf('-->') + 3;
  return { verb, span: span(match.index, end), rules, reason };
}

function linesOf(text: string, directive: Directive): Span {
  const line = lineAt(text, directive.span.start);
  if (directive.verb === 'disable-line') return line;
  const next = nextLineStart(text, line.end);
  // `#` and `;` stand above a command; the other comments above a block of code, mostly with an empty line between.
  const isAboveBlock = !/[#;]/.test(text.charAt(directive.span.start));
  const start = isAboveBlock ? skipEmptyLines(text, next) : next;
  const isBlock = isAboveBlock || /^[ \t>]*(?:`{3}|~{3})/.test(text.slice(start, start + 100));
  return (isBlock ? blockLines(text, start) : undefined) ?? commandLines(text, next);
}

/** The next line that is no comment, with the lines that continue it: no comment can stand among those. */
function commandLines(text: string, from: number): Span {
  let line = lineAt(text, from);
  while (/^[ \t]*#/.test(text.slice(line.start, line.end)) && line.end < text.length) {
    line = lineAt(text, nextLineStart(text, line.end));
  }
  const { start } = line;
  while (/(?:\\|\||&&)[ \t]*$/.test(text.slice(line.start, line.end)) && line.end < text.length) {
    line = lineAt(text, nextLineStart(text, line.end));
  }
  return span(start, line.end);
}

function removalOf(text: string, directive: Directive, rule: Span): TextEdit {
  if (directive.rules.length > 1) {
    const after = /^[ \t]*,[ \t]*/.exec(text.slice(rule.end, directive.span.end))?.[0].length;
    if (after !== undefined) return { span: span(rule.start, rule.end + after), newText: '' };
    const before = /[ \t,]*$/.exec(text.slice(directive.span.start, rule.start))?.[0].length ?? 0;
    return { span: span(rule.start - before, rule.end), newText: '' };
  }
  const line = lineAt(text, directive.span.start);
  const before = text.slice(line.start, directive.span.start);
  if (before.trim() === '') return { span: span(line.start, nextLineStart(text, line.end)), newText: '' };
  return { span: span(line.start + before.trimEnd().length, directive.span.end), newText: '' };
}

/** The line that an offset is in, without its line break. */
function lineAt(text: string, offset: number): Span {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return span(start, newline > start && text[end - 1] === '\r' ? end - 1 : end);
}

function nextLineStart(text: string, lineEnd: number): number {
  if (text.startsWith('\r\n', lineEnd)) return lineEnd + 2;
  return Math.min(text.length, lineEnd + 1);
}
