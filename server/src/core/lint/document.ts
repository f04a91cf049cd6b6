import type { PolicyFile } from '../policy/policy';
import type { Runbook } from '../runbook/runbook';
import type { Inventory } from '../zfs/inventory';
import type { Severity } from './finding';

/** What is linted. The path decides the kind of document; it need not exist. */
export interface Document {
  readonly path: string;
  readonly text: string;
  /** The editor's language id, when there is one; it wins over the path. */
  readonly languageId?: string;
}

export type Profile = 'minimal' | 'recommended' | 'strict';

/** Everything beside the text that decides what is found. The empty context is valid. */
export interface LintContext {
  /** Parsed policy files of the workspace. */
  readonly policies?: readonly PolicyFile[];
  readonly inventories?: readonly Inventory[];
  readonly profile?: Profile;
  /** Treat datasets of unknown encryption as encrypted. */
  readonly assumeEncrypted?: boolean;
  /** Severity by rule id; `off` silences a rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** The OpenZFS version that the document is for, such as `2.1`; unknown when absent. */
  readonly zfsVersion?: string;
  /** Rules that no comment may suppress. */
  readonly noSuppress?: readonly string[];
  /**
   * Every runbook that is linted together with this one. One array is shared by all of them, so the document itself is
   * among them: leave it out by its path.
   */
  readonly runbooks?: readonly Runbook[];
}
