import { RequestType0 } from 'vscode-languageserver/node';
import { parsePolicy } from '../core/policy/parse-policy';
import type { HostEntry } from '../core/policy/policy';
import type { HostsResult } from '../protocol';
import { HostsRequest } from '../protocol';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { isSameUri } from './policy-texts';

/** Lists the hosts that the policy files declare. Connects to none of them. */
export const hosts: Feature = (context) => {
  context.connection.onRequest(new RequestType0<HostsResult, void>(HostsRequest), async () => {
    const files = (await context.policies.all()).map(({ uri, text }) => ({ uri, file: parsePolicy(text).file }));
    return {
      broken: files.filter(({ file }) => file === undefined).map(({ uri }) => uri),
      hosts: files.flatMap(({ uri, file }) =>
        Object.values(file?.hosts ?? {}).map((entry) => ({ name: entry.name, uri, address: addressOf(entry) })),
      ),
    };
  });
  return {};
};

/** The policy file at `uri`, as the person sees it; undefined where it is gone. */
export async function findPolicyText({ policies }: LspContext, uri: string): Promise<string | undefined> {
  return (await policies.all()).find((policy) => isSameUri(policy.uri, uri))?.text;
}

const addressOf = (entry: HostEntry): string => entry.ssh ?? 'this machine';
