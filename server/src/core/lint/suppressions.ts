import { contains, span } from '../text/span';
import type { Span, TextEdit } from '../text/span';

/** A comment that silences rules for some lines. */
export interface Suppression {
  readonly span: Span;
  /** One rule of the comment. */
  readonly rule: string;
  readonly ruleSpan: Span;
  readonly reason: string;
  /** Findings that begin in here are silenced. */
  readonly lines: Span;
  /** Takes the rule out of the comment, or the comment out of the text. */
  readonly removal: TextEdit;
}

/** In the comments of shell, YAML and cron; of Markdown; of units; and of reStructuredText. */
const DIRECTIVE =
  /(?:#|<!--|^[ \t]*(?:;|\.\.))[ \t]*rawsend-(disable-next-line|disable-line|disable|enable)(?![\w-])([^\r\n]*)/gm;

interface Directive {
  readonly verb: string;
  readonly span: Span;
  readonly rules: readonly { readonly name: string; readonly span: Span }[];
  readonly reason: string;
}

/**
 * Every suppression of a text, one for each rule that it names. Shell and YAML have the same comments, so it is the
 * same for both.
 */
export function readSuppressions(text: string): readonly Suppression[] {
  const directives = [...text.matchAll(DIRECTIVE)].map((match) => toDirective(match));
  return directives.flatMap((directive) => {
    if (directive.verb === 'enable') return [];
    // A comment that names no rule is one suppression of nothing, so that it is complained about.
    const named = directive.rules.length > 0 ? directive.rules : [{ name: '', span: directive.span }];
    return named.map((rule) => ({
      span: directive.span,
      rule: rule.name,
      ruleSpan: rule.span,
      reason: directive.reason,
      lines: linesOf(text, directive, endOfBlock(text, directives, directive, rule.name)),
      removal: removalOf(text, directive, rule.span),
    }));
  });
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

function linesOf(text: string, directive: Directive, blockEnd: number): Span {
  const line = lineAt(text, directive.span.start);
  if (directive.verb === 'disable-line') return line;
  if (directive.verb === 'disable') return span(directive.span.end, blockEnd);
  return commandLines(text, nextLineStart(text, line.end));
}

/** The next line that is no comment, with the lines that continue it: no comment can stand among those. */
function commandLines(text: string, from: number): Span {
  let line = lineAt(text, from);
  while (/^[ \t]*#/.test(text.slice(line.start, line.end)) && line.end < text.length) {
    line = lineAt(text, nextLineStart(text, line.end));
  }
  const { start } = line;
  const fence = /^[ \t]*(`{3,}|~{3,})/.exec(text.slice(line.start, line.end))?.[1];
  if (fence !== undefined) return span(start, endOfFence(text, line.end, fence));
  while (/(?:\\|\||&&)[ \t]*$/.test(text.slice(line.start, line.end)) && line.end < text.length) {
    line = lineAt(text, nextLineStart(text, line.end));
  }
  return span(start, line.end);
}

/** A comment of Markdown cannot stand inside of a fenced block, so it covers all of it. */
function endOfFence(text: string, from: number, fence: string): number {
  const closing = text.indexOf(`\n${fence}`, from);
  return closing === -1 ? text.length : closing + 1 + fence.length;
}

/** A block ends where its rule, or every rule, is enabled again. */
function endOfBlock(text: string, all: readonly Directive[], from: Directive, rule: string): number {
  const end = all.find(
    (directive) =>
      directive.verb === 'enable' &&
      directive.span.start > from.span.start &&
      (directive.rules.length === 0 || directive.rules.some(({ name }) => name === rule)),
  );
  return end ? end.span.start : text.length;
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
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return span(Math.min(start, offset), end);
}

function nextLineStart(text: string, lineEnd: number): number {
  if (text.startsWith('\r\n', lineEnd)) return lineEnd + 2;
  return Math.min(text.length, lineEnd + 1);
}

export const suppresses = (suppression: Suppression, rule: string, offset: number): boolean =>
  suppression.rule === rule && contains(suppression.lines, offset);
