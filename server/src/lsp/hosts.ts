import { RequestType0 } from 'vscode-languageserver/node';
import { parsePolicy } from '../core/policy/parse-policy';
import { distinctParts } from '../core/policy/policy-parts';
import type { HostEntry, PolicyFile } from '../core/policy/policy';
import type { HostsResult } from '../protocol';
import { HostsRequest } from '../protocol';
import type { LspContext } from './context';
import type { Feature } from './feature';
import { isSameUri } from './uris';

/** Lists the hosts that the policy files declare. Connects to none of them. */
export const hosts: Feature = (context) => {
  context.connection.onRequest(new RequestType0<HostsResult, void>(HostsRequest), async () => {
    const files = (await context.policies.all()).map(({ uri, text, included }) => ({
      uri,
      parsed: parsePolicy(text, included),
    }));
    const told = new Map(
      distinctParts(files.map(({ parsed }) => parsed)).map((part) => [part.parsed, part.names.hosts]),
    );
    return {
      broken: files.filter(({ parsed }) => parsed.file === undefined).map(({ uri }) => uri),
      hosts: files.flatMap(({ uri, parsed }) =>
        Object.values(parsed.file?.hosts ?? {})
          .filter(({ name }) => told.get(parsed)?.has(name))
          .map((entry) => ({ name: entry.name, uri, address: addressOf(entry) })),
      ),
    };
  });
  return {};
};

/** The policy file at `uri`, as the person sees it; undefined where it is gone. */
export async function findPolicy({ policies }: LspContext, uri: string): Promise<FoundPolicy | undefined> {
  const found = (await policies.all()).find((policy) => isSameUri(policy.uri, uri));
  return found && { text: found.text, file: parsePolicy(found.text, found.included).file };
}

export interface FoundPolicy {
  readonly text: string;
  /** Undefined for one with mistakes. */
  readonly file: PolicyFile | undefined;
}

const addressOf = (entry: HostEntry): string => entry.ssh ?? 'this machine';
