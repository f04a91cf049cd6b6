import type { CancellationToken } from 'vscode-languageserver/node';
import { RequestType } from 'vscode-languageserver/node';
import type { Cancel } from '../core/run/host';
import { HostError } from '../core/run/host';
import type { InventoryParams, InventoryResult } from '../protocol';
import { InventoryRequest } from '../protocol';
import { askClient } from './ask-client';
import type { LspContext, ReadRequest } from './context';
import type { Feature } from './feature';
import { findPolicy } from './hosts';

/**
 * Reads a host. The only thing here that connects, so it refuses unless the client says that the workspace is
 * trusted: a policy file decides which machine is asked, and an `ssh` alias can run programs.
 */
export const inventory: Feature = (context) => {
  context.connection.onRequest(
    new RequestType<InventoryParams, InventoryResult, void>(InventoryRequest),
    (params, token) => (context.client.trust === 'trusted' ? readHost(context, params, token) : UNTRUSTED),
  );
  return {};
};

async function readHost(
  context: LspContext,
  { uri, host }: InventoryParams,
  token: CancellationToken,
): Promise<InventoryResult> {
  const policy = await findPolicy(context, uri);
  const entry = policy?.file?.hosts[host];
  if (policy === undefined || entry === undefined)
    return refuse(
      'config',
      `${host} is not a host of this policy file: it was renamed or removed, or the file has errors`,
    );
  try {
    const found = await context.ports.readInventory(entry, toReadRequest(context, token));
    // Every policy file that includes the host knows it then.
    context.inventories.put(policy.uriOf(host), found);
    return { ok: true, inventory: found };
  } catch (error) {
    if (error instanceof HostError) return refuse(error.code, error.message);
    context.connection.console.error(
      `inventory of ${host} failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return refuse('failed', `${host} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const toReadRequest = ({ connection, client: { sshConfig } }: LspContext, token: CancellationToken): ReadRequest => ({
  ask: askClient(connection),
  cancel: toCancel(token),
  ...(sshConfig === undefined ? {} : { sshConfig }),
});

const UNTRUSTED: InventoryResult = {
  ok: false,
  code: 'untrusted',
  message: 'The workspace is not trusted: hosts are read in trusted workspaces only',
};

const refuse = (code: string, message: string): InventoryResult => ({ ok: false, code, message });

const toCancel = (token: CancellationToken): Cancel => ({
  requested: () => token.isCancellationRequested,
  onRequest(listener) {
    if (token.isCancellationRequested) {
      listener();
      return () => undefined;
    }
    const subscription = token.onCancellationRequested(listener);
    return () => subscription.dispose();
  },
});
