import type { CodeAction, CodeActionParams } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { applyFixes } from '../core/lint/apply-fixes';
import { lintDocument } from '../core/lint/lint-document';
import type { Finding } from '../core/lint/finding';
import { suppressLine } from '../core/lint/suppress-line';
import { makeVault } from '../core/policy/make-vault';
import { spellOutDefaults } from '../core/policy/spell-out-defaults';
import type { Span } from '../core/text/span';
import type { Subject } from './answer';
import { answer } from './answer';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { fromRange } from './from-proto';
import { draftPolicy } from './pipeline-policy';
import { isRevision } from './policy-texts';
import type { ActionPlace } from './to-action';
import { toExtractAction, toFixAction, toFixAllAction, toRewriteAction, toSuppressAction } from './to-action';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.rawsend`;

/**
 * A light bulb for each fix, which says when it is not safe, and for the comment that suppresses a finding; one action
 * that applies all fixes that are safe; one that declares a pipeline as a policy; and those that write a policy in another way.
 */
export const codeActions: Feature = (context) => {
  context.connection.onCodeAction((params, token) => {
    const { uri } = params.textDocument;
    return answer<CodeAction[]>(context, { feature: 'code action', uri, token, otherwise: [] }, (subject) =>
      isRevision(uri) ? [] : findActions(context, params, subject),
    );
  });
  return {
    codeActionProvider: {
      codeActionKinds: [
        CodeActionKind.QuickFix,
        FIX_ALL,
        CodeActionKind.RefactorExtract,
        CodeActionKind.RefactorRewrite,
      ],
    },
  };
};

/** Findings are computed anew: the diagnostics that the client sends back may be those of an older text. */
function findActions({ client }: LspContext, { range, context }: CodeActionParams, subject: Subject): CodeAction[] {
  const { open, document, lint } = subject;
  const wants = (kind: string): boolean => context.only?.some((only) => isWithin(kind, only)) ?? true;
  const place: ActionPlace = { open, client, shown: context.diagnostics };
  const selection = fromRange(open, range);
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix) || wants(FIX_ALL)) {
    const findings = lintDocument(document, lint());
    if (wants(CodeActionKind.QuickFix)) {
      const selected = findings.filter((finding) => touches(finding, selection));
      for (const finding of selected) for (const fix of finding.fixes) actions.push(toFixAction(place, finding, fix));
      actions.push(...suppressActions(place, selected, subject));
    }
    const text = wants(FIX_ALL) ? applyFixes(document.text, findings, 'safe') : document.text;
    if (text !== document.text) actions.push(toFixAllAction(place, FIX_ALL, text));
  }
  if (subject.kind === 'policy' && wants(CodeActionKind.RefactorRewrite)) {
    const rewrites = [spellOutDefaults, makeVault].flatMap(
      (rewrite) => rewrite(document.text, selection.start, subject.included) ?? [],
    );
    actions.push(...rewrites.map((rewrite) => toRewriteAction(place, rewrite)));
  }
  const draft = wants(CodeActionKind.RefactorExtract) ? draftPolicy(subject, selection) : undefined;
  const extract = draft && toExtractAction(place, draft, selection.start);
  return extract ? [...actions, extract] : actions;
}

/** Whether a comment silences a finding is tried out on the text, which takes its time: not for a whole document at once. */
const MOST_SUPPRESSIONS = 5;

function suppressActions(place: ActionPlace, findings: readonly Finding[], subject: Subject): CodeAction[] {
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  if (byRule.size > MOST_SUPPRESSIONS) return [];
  return [...byRule.values()].flatMap((finding) => {
    const edit = suppressLine(subject.document, finding, subject.lint(), 'reason');
    return edit ? [toSuppressAction(place, finding, edit)] : [];
  });
}

const touches = ({ span }: Finding, selected: Span): boolean =>
  span.start <= selected.end && selected.start <= span.end;

/** Kinds are a hierarchy separated by dots: `source` asks for `source.fixAll.rawsend` too. */
const isWithin = (kind: string, wanted: string): boolean =>
  wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`);
