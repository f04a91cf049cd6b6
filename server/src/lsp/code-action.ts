import type { CodeAction, CodeActionParams } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { applyFixes } from '../core/lint/apply-fixes';
import { lintDocument } from '../core/lint/lint-document';
import type { Finding } from '../core/lint/finding';
import type { Span } from '../core/text/span';
import type { Subject } from './answer';
import { answer } from './answer';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { fromRange } from './from-proto';
import { toFixAction, toFixAllAction } from './to-proto';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.rawsend`;

/** A light bulb for each fix, which says when it is not safe, and one action that applies all that are. */
export const codeActions: Feature = (context) => {
  context.connection.onCodeAction((params, token) => {
    const { uri } = params.textDocument;
    return answer<CodeAction[]>(context, { feature: 'code action', uri, token, otherwise: [] }, (subject) =>
      findActions(context, params, subject),
    );
  });
  return { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } };
};

/** Findings are computed anew: the diagnostics that the client sends back may be those of an older text. */
function findActions({ client }: LspContext, { range, context }: CodeActionParams, subject: Subject): CodeAction[] {
  const { open, document, lint } = subject;
  const wants = (kind: string): boolean => context.only?.some((only) => isWithin(kind, only)) ?? true;
  const findings = lintDocument(document, lint());
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const selected = findings.filter((finding) => touches(finding, fromRange(open, range)));
    for (const finding of selected) {
      for (const fix of finding.fixes)
        actions.push(toFixAction({ open, client, shown: context.diagnostics }, finding, fix));
    }
  }
  if (wants(FIX_ALL)) {
    const text = applyFixes(document.text, findings, 'safe');
    if (text !== document.text) actions.push(toFixAllAction({ open, client }, FIX_ALL, text));
  }
  return actions;
}

const touches = ({ span }: Finding, selected: Span): boolean =>
  span.start <= selected.end && selected.start <= span.end;

/** Kinds are a hierarchy separated by dots: `source` asks for `source.fixAll.rawsend` too. */
const isWithin = (kind: string, wanted: string): boolean =>
  wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`);
