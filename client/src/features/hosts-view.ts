import type { ExtensionContext, TextDocument, TreeDataProvider } from 'vscode';
import { EventEmitter, commands, window, workspace } from 'vscode';
import type { HostsResult, Inventory, InventoryParams, InventoryResult } from '../../../server/src/protocol';
import { HostsRequest, InventoryRequest } from '../../../server/src/protocol';
import { PAGE, contentsOf, poolsOf } from '../hosts/children';
import type { BrokenNode, HostNode, MoreNode, Node, RetryNode } from '../hosts/node';
import { idOf } from '../hosts/node';
import { toTreeItem } from '../hosts/tree-item';
import type { Server } from './language-client';

/** What is known of a host. A host that is not in the map was never expanded. */
type HostState =
  | { readonly kind: 'read'; readonly inventory: Inventory }
  | { readonly kind: 'failed'; readonly message: string };

export interface HostsView extends TreeDataProvider<Node> {
  /** Reads the host, unless that was done already. */
  readonly read: (node: HostNode) => Promise<HostState>;
  readonly hosts: () => Promise<readonly HostNode[]>;
  /** Reads hosts again that were read before, e.g. after a run changed them. */
  readonly readAgain: (names: readonly string[]) => void;
}

/** The tree host → pool → dataset → snapshots. Connects to a host when it is expanded, never before. */
export function createHostsView(context: ExtensionContext, server: Server): HostsView {
  const changed = new EventEmitter<Node | undefined>();
  const states = new Map<string, HostState>();
  const shown = new Map<string, number>();

  const hosts = async (): Promise<readonly HostNode[]> =>
    (await listHosts(server)).filter((node) => node.kind === 'host');
  const read = async (node: HostNode): Promise<HostState> => {
    const known = states.get(idOf(node));
    if (known !== undefined) return known;
    const state = await readHost(server, node);
    states.set(idOf(node), state);
    return state;
  };
  const refreshHost = (node: HostNode): void => {
    states.delete(idOf(node));
    changed.fire(node);
  };
  const showMore = ({ parent }: MoreNode): void => {
    shown.set(idOf(parent), (shown.get(idOf(parent)) ?? PAGE) + PAGE);
    changed.fire(parent);
  };
  const refreshAll = (): void => {
    states.clear();
    changed.fire(undefined);
  };

  const view: HostsView = {
    hosts,
    read,
    readAgain(names) {
      for (const id of states.keys()) if (names.some((name) => id.endsWith(` ${name}`))) states.delete(id);
      changed.fire(undefined);
    },
    onDidChangeTreeData: changed.event,
    getTreeItem: toTreeItem,
    async getChildren(node) {
      if (node === undefined) return [...(await listHosts(server))];
      if (node.kind === 'host') return [...describeState(node, await read(node))];
      return node.kind === 'pool' || node.kind === 'dataset'
        ? [...contentsOf(node, shown.get(idOf(node)) ?? PAGE)]
        : [];
    },
  };
  context.subscriptions.push(
    changed,
    window.createTreeView('rawsend.hosts', { treeDataProvider: view, showCollapseAll: true }),
    commands.registerCommand('rawsend.refreshHosts', refreshAll),
    commands.registerCommand('rawsend.refreshHost', (node: HostNode | RetryNode) =>
      refreshHost(node.kind === 'host' ? node : node.parent),
    ),
    commands.registerCommand('rawsend.showMoreSnapshots', showMore),
    workspace.onDidGrantWorkspaceTrust(() => changed.fire(undefined)),
    watchPolicies(() => changed.fire(undefined)),
  );
  return view;
}

async function listHosts(server: Server): Promise<readonly (HostNode | BrokenNode)[]> {
  if (!workspace.isTrusted) return [];
  const { hosts, broken } = await server.request<HostsResult>(HostsRequest);
  await commands.executeCommand('setContext', 'rawsend.hosts', hosts.length > 0 ? 'some' : 'none');
  return [
    ...hosts.map((host) => ({ kind: 'host', host }) as const),
    ...broken.map((uri) => ({ kind: 'broken', uri }) as const),
  ];
}

/** The list of hosts follows the policy files; what was read of a host stays. */
function watchPolicies(onChange: () => void): { dispose: () => void } {
  const listeners = [
    workspace.onDidSaveTextDocument((document) => isPolicy(document) && onChange()),
    workspace.onDidOpenTextDocument((document) => isPolicy(document) && onChange()),
    workspace.onDidCloseTextDocument((document) => isPolicy(document) && onChange()),
    workspace.onDidDeleteFiles(onChange),
    workspace.onDidRenameFiles(onChange),
  ];
  return { dispose: () => listeners.forEach((listener) => listener.dispose()) };
}

const isPolicy = ({ languageId }: TextDocument): boolean => languageId === 'rawsend';

function describeState(parent: HostNode, state: HostState): readonly Node[] {
  if (state.kind === 'read') return poolsOf(parent, state.inventory);
  return [
    { kind: 'failure', parent, message: state.message },
    { kind: 'retry', parent },
  ];
}

async function readHost(server: Server, { host }: HostNode): Promise<HostState> {
  const params: InventoryParams = { uri: host.uri, host: host.name };
  try {
    const result = await window.withProgress({ location: { viewId: 'rawsend.hosts' } }, () =>
      server.request<InventoryResult>(InventoryRequest, params),
    );
    return result.ok ? { kind: 'read', inventory: result.inventory } : { kind: 'failed', message: result.message };
  } catch (error) {
    return {
      kind: 'failed',
      message: `The language server did not answer: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
