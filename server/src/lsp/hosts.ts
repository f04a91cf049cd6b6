import { RequestType0 } from 'vscode-languageserver/node';
import { parsePolicy } from '../core/policy/parse-policy';
import { distinctParts, originOf } from '../core/policy/policy-parts';
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
  if (found === undefined) return undefined;
  const parsed = parsePolicy(found.text, found.included);
  const uriOf = (host: string): string => found.included.uris.get(originOf(parsed, 'hosts', host)) ?? uri;
  return { text: found.text, file: parsed.file, uriOf };
}

export interface FoundPolicy {
  readonly text: string;
  /** Undefined for one with mistakes. */
  readonly file: PolicyFile | undefined;
  /** The file that a host is written in. */
  readonly uriOf: (host: string) => string;
}

const addressOf = (entry: HostEntry): string => entry.ssh ?? 'this machine';
