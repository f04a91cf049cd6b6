import { RequestType0 } from 'vscode-languageserver/node';
import { parsePolicy } from '../core/policy/parse-policy';
import { policyPlaces } from '../core/policy/policy-places';
import { distinctParts } from '../core/policy/policy-parts';
import type { PoliciesResult } from '../protocol';
import { PoliciesRequest } from '../protocol';
import type { Feature } from './feature';

/** Lists the policies of the workspace, and the targets where one has several, for a command that was not started from a lens. */
export const policies: Feature = (context) => {
  context.connection.onRequest(new RequestType0<PoliciesResult, void>(PoliciesRequest), async () => {
    const texts = await context.policies.all();
    const parsed = texts.map(({ text, included }) => parsePolicy(text, included));
    const whole = new Map(distinctParts(parsed).map((part) => [part.parsed.path, part.names.policies]));
    return {
      policies: texts.flatMap(({ uri, text, included }) => {
        // Those of a file with mistakes are listed too: whoever chooses one is told what is wrong.
        const written = policyPlaces(text).flatMap(({ name, targets }) => [name, ...targets]);
        return [...new Set([...written, ...(whole.get(included.path) ?? [])])].map((name) => ({ uri, name }));
      }),
    };
  });
  return {};
};
