import { CodeLensRefreshRequest, RequestType } from 'vscode-languageserver/node';
import type { PolicyChange } from '../core/change/compare-policies';
import { describeChange, summariseChange } from '../core/change/compare-policies';
import { matchPolicies } from '../core/change/match-policies';
import { SIGNS } from '../core/change/safety-word';
import { parsePolicy } from '../core/policy/parse-policy';
import type { PlanChange, PlanChangeParams, PlanChangeResult } from '../protocol';
import { PlanChangeRequest } from '../protocol';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { isPolicyDocument } from './policy-texts';
import { readSaved } from './saved-text';

/** Compares what an open policy file would do with what the saved one does. It reads texts, and connects to nothing. */
export const planChange: Feature = (context) => {
  const { connection, documents, client } = context;
  connection.onRequest(new RequestType<PlanChangeParams, PlanChangeResult, void>(PlanChangeRequest), ({ uri }) =>
    compare(context, uri),
  );
  // A save changes no text, so the client would go on to show what the edit was.
  documents.onDidSave(({ document }) => {
    if (!client.refreshesLenses || !isPolicyDocument(document)) return;
    connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  });
  return {};
};

async function compare(context: LspContext, uri: string): Promise<PlanChangeResult> {
  const saved = await readSaved(context, uri);
  const open = context.documents.get(uri);
  if (open === undefined || !isPolicyDocument(open)) return refuse('Open a policy file first: this is none');
  if (saved === undefined) return refuse('There is no saved file of this policy to compare it with');
  const { text, included } = await context.policies.whole(uri, open.getText());
  const after = parsePolicy(text, included).file;
  if (after === undefined) return refuse('The policy file has errors: fix them first, then look at what changes');
  const before = parsePolicy(saved.text, saved.included).file;
  if (before === undefined) return refuse('The saved file has errors, so it has no plan to compare with');
  // The model is loaded when somebody asks, not when the editor starts.
  const { foreseePlan } = await import('../core/foresee/foresee-plan.js');
  const facts = {
    inventories: context.inventories.of(uri, ...included.uris.values()),
    now: new Date().toISOString(),
    foresee: foreseePlan,
  };
  const changed = matchPolicies(before, after).filter(({ kind }) => kind !== 'unchanged');
  return { ok: true, policies: changed.map((match) => toPlanChange(describeChange(match, facts))) };
}

const refuse = (message: string): PlanChangeResult => ({ ok: false, message });

const toPlanChange = (change: PolicyChange): PlanChange => ({
  policy: change.name,
  title: `${change.kind}: ${summariseChange(change)}`,
  words: change.words.map(({ weight, message }) => `${SIGNS[weight]} ${message}`),
  before: change.before,
  after: change.after,
});
