import { createHash } from 'node:crypto';
import { RequestType } from 'vscode-languageserver/node';
import type { Endpoint, HostEntry, PolicyFile } from '../core/policy/policy';
import type { AdHocPolicyParams, AdHocPolicyResult, HostDataset } from '../protocol';
import { AdHocPolicyRequest } from '../protocol';
import type { Feature } from './feature';
import { findPolicy } from './hosts';

/**
 * Answers "Send Raw…" with a policy: the declared one where a policy of the file sends just this dataset there,
 * for its holds and options are the ones that count, and else one with every default, intent vault, that goes to
 * the run on standard input and is never saved.
 */
export const adHocPolicy: Feature = (context) => {
  const answer = async ({ uri, source, target }: AdHocPolicyParams): Promise<AdHocPolicyResult> => {
    const found = await findPolicy(context, uri);
    if (found?.file === undefined) return UNKNOWN;
    const { text, file } = found;
    const declared = Object.values(file.policies).find(
      (policy) => isAt(policy.source, source) && isAt(policy.target, target),
    );
    if (declared !== undefined) return { ok: true, policy: declared.name, text };
    const from = file.hosts[source.host];
    const to = file.hosts[target.host];
    return from === undefined || to === undefined ? UNKNOWN : writePolicy({ file, hosts: [from, to] }, source, target);
  };
  context.connection.onRequest(new RequestType<AdHocPolicyParams, AdHocPolicyResult, void>(AdHocPolicyRequest), answer);
  return {};
};

const UNKNOWN: AdHocPolicyResult = {
  ok: false,
  message: 'The policy file that declares these hosts has errors or is gone: repair it and try again',
};

const isAt = (endpoint: Endpoint, { host, dataset }: HostDataset): boolean =>
  endpoint.host === host && endpoint.dataset === dataset;

interface Declarations {
  readonly file: PolicyFile;
  readonly hosts: readonly HostEntry[];
}

function writePolicy({ file, hosts }: Declarations, source: HostDataset, target: HostDataset): AdHocPolicyResult {
  const name = nameOf(toEndpoint(source), toEndpoint(target));
  const policy = {
    intent: 'vault',
    source: toEndpoint(source),
    target: toEndpoint(target),
    ...toTransport(file, source.host, target.host),
  };
  const declared = Object.fromEntries(hosts.map((entry) => [entry.name, toDeclaration(entry)]));
  // JSON is YAML, and quotes every name by itself.
  return {
    ok: true,
    policy: name,
    text: JSON.stringify({ version: 1, hosts: declared, policies: { [name]: policy } }),
  };
}

const toEndpoint = ({ host, dataset }: HostDataset): string => `${host}:${dataset}`;

/**
 * The tag of the holds is made of this name: the same pair of datasets must find its own holds again, and no other
 * pair may let go of them.
 */
function nameOf(source: string, target: string): string {
  const leaf = source.slice(source.lastIndexOf('/') + 1).replaceAll(/[^A-Za-z0-9]+/g, '-');
  const pair = createHash('sha256').update(`${source} ${target}`).digest('hex');
  return `send-${leaf.slice(0, 40)}-${pair.slice(0, 12)}`;
}

/** How the source reaches the target is told by a policy that connects the two already. */
function toTransport(file: PolicyFile, source: string, target: string): Readonly<Record<string, unknown>> {
  const known = Object.values(file.policies).find(
    (policy) => policy.source.host === source && policy.target.host === target,
  );
  if (known === undefined) return {};
  const { limit, ...transport } = known.transport;
  return { transport: { ...transport, ...(limit === undefined ? {} : { limit: `${limit}B/s` }) } };
}

const toDeclaration = (entry: HostEntry): Readonly<Record<string, unknown>> => ({
  ...(entry.ssh === undefined ? {} : { ssh: entry.ssh }),
  ...(entry.local ? { local: true } : {}),
  elevate: entry.elevate,
});
