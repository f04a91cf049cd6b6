import { RequestType } from 'vscode-languageserver/node';
import { sendAt } from '../core/runbook/lens-selection';
import { policyFromPipeline } from '../core/runbook/policy-from-pipeline';
import type { PolicyDraft } from '../core/runbook/policy-from-pipeline';
import { readRunbook } from '../core/runbook/read-runbook';
import { tooLarge } from '../core/runbook/text-gate';
import type { Span } from '../core/text/span';
import { span } from '../core/text/span';
import type { PipelinePolicyResult, TextPlace } from '../protocol';
import { PipelinePolicyRequest } from '../protocol';
import type { Subject } from './answer';
import { answer } from './answer';
import type { Feature } from './feature';
import { fromPosition } from './from-proto';

/** Makes a policy of the pipeline at a place. It is a text: who opens it decides whether it becomes a file. */
export const pipelinePolicy: Feature = (context) => {
  const request = new RequestType<TextPlace, PipelinePolicyResult, void>(PipelinePolicyRequest);
  context.connection.onRequest(request, ({ uri, position }, token) =>
    answer<PipelinePolicyResult>(context, { feature: 'policy', uri, token, otherwise: NONE }, (subject) => {
      const at = fromPosition(subject.open, position);
      const draft = draftPolicy(subject, span(at, at));
      return draft ? { ok: true, text: draft.text } : NONE;
    }),
  );
  return {};
};

const NONE: PipelinePolicyResult = {
  ok: false,
  message:
    'There is no `zfs send` here whose stream a `zfs receive` of this document gets, so there is no target to declare',
};

export function draftPolicy({ document, kind }: Subject, selection: Span): PolicyDraft | undefined {
  if (kind === 'policy' || !document.text.includes('send') || tooLarge(document.text) !== undefined) return undefined;
  const runbook = readRunbook(document);
  const send = sendAt(runbook, selection);
  return send && policyFromPipeline(send, runbook);
}
