import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { HostEntry } from '../core/policy/policy';
import type { Ask } from '../core/run/ask';
import type { Cancel } from '../core/run/host';
import type { Inventory } from '../core/zfs/inventory';
import type { ClientFacts } from './client-facts';
import type { InventoryCache } from './inventory-cache';
import type { PolicyTexts } from './policy-texts';

/** What every handler works with. Nothing in it is derived from a text: handlers compute their answers anew. */
export interface LspContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly client: ClientFacts;
  readonly policies: PolicyTexts;
  readonly inventories: InventoryCache;
  readonly ports: ServerPorts;
}

/** How the server reaches what is not text. Given by `bin/`, and by tests. */
export interface ServerPorts {
  /** Connects to a host, reads its inventory and closes the connection. Rejects with a HostError. */
  readonly readInventory: (entry: HostEntry, request: ReadRequest) => Promise<Inventory>;
  /** The URI of a rule's page, where the pages are installed. */
  readonly rulePage: (rule: string) => string | undefined;
  /** What the ssh configuration of this machine calls hosts. Read anew each time; connects to nothing. */
  readonly sshAliases: (sshConfig?: string) => SshAliases;
}

export interface SshAliases {
  readonly aliases: readonly string[];
  /** The URI of the configuration; absent where there is none. */
  readonly file?: string;
}

export interface ReadRequest {
  readonly ask: Ask;
  readonly cancel: Cancel;
  /** In place of ~/.ssh/config. */
  readonly sshConfig?: string;
}
