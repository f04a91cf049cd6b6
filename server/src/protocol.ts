/** Custom requests between the client and the language server: the only server file that the client imports. */
import type { HostKeyQuestion, PassphraseQuestion } from './core/run/ask';
import type { Inventory } from './core/zfs/inventory';

export type { HostKeyQuestion, PassphraseQuestion } from './core/run/ask';
export type { Outcome, RunEvent } from './core/run/event';
export type { Bookmark, Dataset, Inventory, Pool, Snapshot } from './core/zfs/inventory';

/** Client → server: the hosts of the policy files in the workspace. */
export const HostsRequest = 'rawsend/hosts';
export interface HostsResult {
  readonly hosts: readonly HostItem[];
}
export interface HostItem {
  readonly name: string;
  /** The policy file that declares it. */
  readonly uri: string;
  /** `user@host`, an alias, or `this machine`. */
  readonly address: string;
}

/** Client → server: reads a host's inventory. Connects; only ever sent when a person expands or refreshes. */
export const InventoryRequest = 'rawsend/inventory';
export interface InventoryParams {
  readonly uri: string;
  readonly host: string;
}
export type InventoryResult =
  | { readonly ok: true; readonly inventory: Inventory }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Server → client, and run child → client: a question to the person. */
export const AskRequest = 'rawsend/ask';
export type AskParams = HostKeyQuestion | PassphraseQuestion;
/** `accept` for a host key, the text for a passphrase, null when declined. */
export type AskResult = { readonly answer: string | null };
