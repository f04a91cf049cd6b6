import { readRunbook } from '../runbook/read-runbook';
import { describe } from '../shell/placed-text';
import { applyEdits, span } from '../text/span';
import type { TextEdit } from '../text/span';
import type { Document, LintContext } from './document';
import { documentKind } from './document-kind';
import type { Finding } from './finding';
import { lintDocument } from './lint-document';
import { commentKind, suppressionComment } from './suppression-comment';
import type { CommentKind } from './suppression-comment';

/**
 * The comment that suppresses a finding, above its command. Where a comment is no comment, as in a folded text of YAML,
 * it would change what is run: so each candidate is tried on the text, and only one that silences this finding and leaves
 * every command as it is is offered.
 */
export function suppressLine(
  document: Document,
  finding: Finding,
  context: LintContext,
  reason: string,
): TextEdit | undefined {
  if (UNSUPPRESSABLE.has(finding.rule) || document.text.length > MAX_TRIED) return undefined;
  const before = state(document, context, finding.rule);
  return candidates(document, finding, reason).find((edit) => {
    const after = state({ ...document, text: applyEdits(document.text, [edit]) }, context, finding.rule);
    return after.ofRule < before.ofRule && after.unused <= before.unused && after.commands === before.commands;
  });
}

/** Trying means reading the document again, twice for each comment, while its author waits. */
const MAX_TRIED = 100_000;

/** A suppression of these is no help: the one is about suppressions, the other about no line. */
const UNSUPPRESSABLE: ReadonlySet<string> = new Set(['unused-suppression', 'document-too-large']);

interface State {
  readonly ofRule: number;
  readonly unused: number;
  /** Every command with its words. */
  readonly commands: string;
}

function state(document: Document, context: LintContext, rule: string): State {
  const findings = lintDocument(document, context);
  const count = (id: string): number => findings.filter((finding) => finding.rule === id).length;
  return { ofRule: count(rule), unused: count('unused-suppression'), commands: commandsOf(document) };
}

function commandsOf(document: Document): string {
  if (documentKind(document) === 'policy') return '';
  const { invocations, calls } = readRunbook(document);
  const commands = invocations.map(({ words }) => words.map((word) => word.shown));
  const others = calls
    .filter(({ name }) => !ENTERED.has(name))
    .map(({ name, args }) => [name, ...args.map((arg) => describe(arg.text))]);
  return [...commands, ...others].map((words) => words.join(' ')).join('\n');
}

/** What these are given is read as commands, where a comment is one. */
const ENTERED: ReadonlySet<string> = new Set(['ssh', 'eval', 'sh', 'bash', 'ksh', 'zsh', 'su', 'trap', 'watch']);

function candidates(document: Document, finding: Finding, reason: string): readonly TextEdit[] {
  const { text } = document;
  const kind = commentKind(document);
  const line = commandStart(text, finding.span.start);
  const above = (at: number, as: CommentKind): TextEdit =>
    insertAbove(text, at, suppressionComment(as, finding.rule, reason));
  if (kind !== 'markdown' && kind !== 'restructuredtext') return [above(line, kind)];
  const fence = kind === 'markdown' ? fenceAbove(text, line) : undefined;
  if (fence === undefined) return [above(line, kind), above(line, 'shell')];
  const inside = above(line, 'shell');
  // In a transcript `#` is the prompt of root, so the comment belongs above the whole block.
  const outside = above(fence.start, 'markdown');
  return /^(?:sh|bash|ksh|zsh|shell)\b/.test(fence.language) ? [inside, outside] : [outside, inside];
}

function insertAbove(text: string, lineStart: number, comment: string): TextEdit {
  const indent = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 200))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: span(lineStart, lineStart), newText: `${indent}${comment}${newline}` };
}

/** Where the first line of a command begins: no comment can stand among the lines that continue it. */
function commandStart(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0 && /(?:\\|\||&&)[ \t]*$/.test(lineAbove(text, start))) start = lineStart(text, start - 1);
  return start;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

const lineAbove = (text: string, start: number): string =>
  text.slice(lineStart(text, start - 1), start).replace(/\r?\n$/, '');

/** The opening line of the fenced block that a line is in. */
function fenceAbove(text: string, at: number): { readonly start: number; readonly language: string } | undefined {
  let open: { readonly start: number; readonly mark: string; readonly language: string } | undefined;
  for (const match of text.slice(0, at).matchAll(/^[ \t>]*(`{3,}|~{3,})[ \t]*([^\r\n]*)/gm)) {
    const [, mark = '', language = ''] = match;
    if (!open) open = { start: match.index, mark, language };
    else if (mark.startsWith(open.mark) && language.trim() === '') open = undefined;
  }
  return open;
}
