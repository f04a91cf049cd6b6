import { RequestType0 } from 'vscode-languageserver/node';
import { policyPlaces } from '../core/policy/policy-places';
import type { PoliciesResult } from '../protocol';
import { PoliciesRequest } from '../protocol';
import type { Feature } from './feature';

/** Lists the policies of the workspace, and the targets where one has several, for a command that was not started from a lens. */
export const policies: Feature = (context) => {
  context.connection.onRequest(new RequestType0<PoliciesResult, void>(PoliciesRequest), async () => {
    const texts = await context.policies.all();
    return {
      policies: texts.flatMap(({ uri, text }) =>
        policyPlaces(text).flatMap(({ name, targets }) => [name, ...targets].map((one) => ({ uri, name: one }))),
      ),
    };
  });
  return {};
};
