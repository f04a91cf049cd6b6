import type { CodeLens } from 'vscode-languageserver/node';
import { policyPlaces } from '../core/policy/policy-places';
import { answer } from './answer';
import type { Feature } from './feature';
import { toCodeLens } from './to-proto';

/** What can be done with a policy, in the order in which a person does it. */
const ACTIONS = [
  { title: 'Plan', command: 'rawsend.plan' },
  { title: 'Estimate', command: 'rawsend.estimate' },
  { title: 'Run', command: 'rawsend.run' },
  { title: 'Verify', command: 'rawsend.verify' },
] as const;

/** Four lenses over each policy. The commands are the client's: the server itself never starts a run. */
export const codeLenses: Feature = (context) => {
  context.connection.onCodeLens(({ textDocument: { uri } }, token) =>
    answer<CodeLens[]>(context, { feature: 'code lens', uri, token, otherwise: [] }, ({ open, document, kind }) => {
      if (context.client.trust === 'untrusted' || kind !== 'policy') return [];
      return policyPlaces(document.text).flatMap((place) => ACTIONS.map((action) => toCodeLens(open, place, action)));
    }),
  );
  return { codeLensProvider: { resolveProvider: false } };
};
