/** Custom requests between the client and the language server: the only server file that the client imports. */
import type { HostKeyQuestion, PassphraseQuestion } from './core/run/ask';
import type { Inventory } from './core/zfs/inventory';

export { mayMatter } from './core/runbook/text-gate';
export type { HostKeyQuestion, PassphraseQuestion } from './core/run/ask';
export type { TerminalLine } from './core/runbook/lens-terminal';
export type { Outcome, RunEvent } from './core/run/event';
export type { Bookmark, Dataset, Inventory, Pool, Snapshot } from './core/zfs/inventory';

/** Client → server: the hosts of the policy files in the workspace. */
export const HostsRequest = 'rawsend/hosts';
export interface HostsResult {
  readonly hosts: readonly HostItem[];
  /** URIs of policy files that have mistakes: their hosts are not known until those are repaired. */
  readonly broken: readonly string[];
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

/** The messages between the extension and a `rawsend` that it started as a child process, over Node's IPC. */
export type ChildMessage = { readonly type: 'ask'; readonly id: number; readonly question: AskParams };
export type ParentMessage =
  | { readonly type: 'answer'; readonly id: number; readonly answer: string | null }
  | { readonly type: 'cancel' };

/** Client → server: the policies of the workspace, also those of files that are open and not saved. */
export const PoliciesRequest = 'rawsend/policies';
export interface PoliciesResult {
  readonly policies: readonly PolicyItem[];
}
export interface PolicyItem {
  readonly uri: string;
  /** `NAME:HOST` is one target of a policy that has several. */
  readonly name: string;
}

/**
 * Client → server: the text of a policy file that sends one dataset raw to another host, with the hosts of the
 * policy file at `uri` and every safe default; or that file itself, where a policy of it says just this.
 */
export const AdHocPolicyRequest = 'rawsend/adHocPolicy';
export interface AdHocPolicyParams {
  readonly uri: string;
  readonly source: HostDataset;
  readonly target: HostDataset;
}
export interface HostDataset {
  readonly host: string;
  readonly dataset: string;
}
export type AdHocPolicyResult =
  | { readonly ok: true; readonly policy: string; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Client → server: the policy that declares what the pipeline at a place of a runbook does. */
export const PipelinePolicyRequest = 'rawsend/pipelinePolicy';
export interface TextPlace {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}
export type PipelinePolicyResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Client → server: the comment that suppresses the finding of a rule at a place, once a person gave the reason. */
export const SuppressionRequest = 'rawsend/suppression';
export interface SuppressionParams extends TextPlace {
  readonly rule: string;
  readonly reason: string;
}
/** Null where there is no such finding any more. The comment is inserted at the beginning of the line. */
export type SuppressionResult = { readonly line: number; readonly text: string; readonly version: number } | null;

/**
 * Client → server: what an edit of a policy file that is not saved changes in what runs. Reads the file and what is known of
 * the hosts, and connects to nothing.
 */
export const PlanChangeRequest = 'rawsend/planChange';
export interface PlanChangeParams {
  readonly uri: string;
}
export type PlanChangeResult =
  | { readonly ok: true; readonly policies: readonly PlanChange[] }
  | { readonly ok: false; readonly message: string };
/** A policy whose runs the edit changes. */
export interface PlanChange {
  readonly policy: string;
  /** In a few words. */
  readonly title: string;
  /** What matters most to safety, the worst first; `!` stands before what makes less safe. */
  readonly words: readonly string[];
  /** What it does as saved, and as edited; empty for a policy that the edit adds, or removes. */
  readonly before: string;
  readonly after: string;
}

/** What the client tells the server once, when it starts. Without it nothing ever connects to a host. */
export interface InitializationOptions {
  readonly trusted?: boolean;
  /** The client has the commands that ask for a reason, open a policy and type into a terminal. */
  readonly hasCommands?: boolean;
  /** The SSH client configuration in place of ~/.ssh/config. */
  readonly sshConfig?: string;
}
