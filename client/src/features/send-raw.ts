import { dirname } from 'node:path';
import type { ExtensionContext, QuickPickItem } from 'vscode';
import { Uri, window } from 'vscode';
import type { AdHocPolicyParams, AdHocPolicyResult } from '../../../server/src/protocol';
import { AdHocPolicyRequest } from '../../../server/src/protocol';
import { estimate } from '../estimate';
import type { DatasetNode, HostNode } from '../hosts/node';
import type { PolicySource } from '../policy-source';
import type { Sending } from '../send';
import { planAndSend } from '../send';
import { registerTrustedCommand } from '../trusted-command';
import type { HostsView } from './hosts-view';
import type { Server } from './language-client';

/** What a dataset of the tree offers. Each makes a policy for this one send, and goes on as for any policy. */
const ACTIONS: Readonly<Record<string, (sending: Sending, source: PolicySource) => Promise<unknown>>> = {
  'rawsend.estimateSend': estimate,
  'rawsend.sendRaw': planAndSend,
};

/** "Send Raw…" and "Estimate Send…": a dataset, a host and a dataset to receive it, then estimate, or plan and run. */
export function registerSendRaw(
  context: ExtensionContext,
  server: Server,
  { sending, view }: { readonly sending: Sending; readonly view: HostsView },
): void {
  for (const [command, action] of Object.entries(ACTIONS)) {
    const run = async (node: unknown): Promise<unknown> => {
      const source = await makePolicy(server, view, node);
      return source && action(sending, source);
    };
    context.subscriptions.push(registerTrustedCommand(command, run));
  }
}

async function makePolicy(server: Server, view: HostsView, node: unknown): Promise<PolicySource | undefined> {
  const source = isDataset(node) ? node : await pickSource(view);
  const target = source && (await pickTarget(view, source));
  if (source === undefined || target === undefined) return undefined;
  const { uri, name } = source.parent.host;
  const params: AdHocPolicyParams = { uri, source: { host: name, dataset: source.dataset.name }, target };
  const made = await server.request<AdHocPolicyResult>(AdHocPolicyRequest, params);
  if (made.ok) return { policy: made.policy, text: made.text, ...folderOf(Uri.parse(uri)), unsaved: false };
  void window.showErrorMessage(`Rawsend: ${made.message}`);
  return undefined;
}

/** What the policy file includes is found from its folder. */
const folderOf = ({ scheme, fsPath }: Uri): Pick<PolicySource, 'folder'> =>
  scheme === 'file' ? { folder: dirname(fsPath) } : {};

const isDataset = (value: unknown): value is DatasetNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'dataset';

type Choice<T> = QuickPickItem & { readonly value: T };

/** From the command palette there is no row, so the dataset is asked for. */
async function pickSource(view: HostsView): Promise<DatasetNode | undefined> {
  const host = await pickHost(await view.hosts(), 'Send raw: from which host?');
  if (host === undefined) return undefined;
  const state = await view.read(host);
  if (state.kind === 'failed') {
    void window.showErrorMessage(`Rawsend: ${state.message}`);
    return undefined;
  }
  const { inventory } = state;
  const items = inventory.datasets
    .filter(({ encryption, name }) => encryption !== 'off' && name.includes('/'))
    .map((dataset): Choice<DatasetNode> => ({
      label: dataset.name,
      description: dataset.encryption,
      value: { kind: 'dataset', parent: host, dataset, inventory },
    }));
  return (
    await window.showQuickPick(items, {
      title: 'Send raw: which dataset?',
      placeHolder: 'Encrypted datasets of the host',
    })
  )?.value;
}

async function pickTarget(
  view: HostsView,
  { parent, dataset }: DatasetNode,
): Promise<AdHocPolicyParams['target'] | undefined> {
  const others = (await view.hosts()).filter(
    ({ host }) => host.uri === parent.host.uri && host.name !== parent.host.name,
  );
  const host = await pickHost(others, `Send ${dataset.name} raw: to which host?`);
  if (host === undefined) return undefined;
  const name = await pickTargetDataset(view, host, dataset.name);
  return name === undefined ? undefined : { host: host.host.name, dataset: name };
}

async function pickHost(hosts: readonly HostNode[], title: string): Promise<HostNode | undefined> {
  if (hosts.length === 0) {
    void window.showInformationMessage('Rawsend: the policy file declares no other host');
    return undefined;
  }
  const items = hosts.map((value): Choice<HostNode> => ({
    label: value.host.name,
    description: value.host.address,
    value,
  }));
  return (await window.showQuickPick(items, { title }))?.value;
}

/** Below each pool of the target, or a name of one's own. The plan refuses a dataset that already holds something else. */
async function pickTargetDataset(view: HostsView, host: HostNode, source: string): Promise<string | undefined> {
  const state = await view.read(host);
  if (state.kind === 'failed') {
    void window.showErrorMessage(`Rawsend: ${state.message}`);
    return undefined;
  }
  const leaf = source.slice(source.lastIndexOf('/') + 1);
  const proposals = state.inventory.pools.map(({ name }) => `${name}/${leaf}`);
  const known = new Set(state.inventory.datasets.map(({ name }) => name));
  const items: Choice<string | undefined>[] = [
    ...proposals.map((name) => ({ label: name, description: known.has(name) ? 'exists' : 'new', value: name })),
    { label: 'Another dataset…', description: 'type its name', value: undefined },
  ];
  const chosen = await window.showQuickPick(items, {
    title: `Send ${source} raw: into which dataset of ${host.host.name}?`,
  });
  if (chosen === undefined) return undefined;
  return (
    chosen.value ??
    window.showInputBox({ title: `Dataset of ${host.host.name} that receives ${source}`, value: proposals[0] ?? '' })
  );
}
