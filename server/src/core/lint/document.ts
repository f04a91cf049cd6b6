import type { IncludedFiles } from '../policy/include-graph';
import type { PolicyFile } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import type { Severity } from './finding';
import type { LiveFact } from './live-fact';
import type { Neighbours } from './neighbours';

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
  /** What the document includes, if it is a policy file. */
  readonly included?: IncludedFiles;
  /** Parsed policy files of the workspace, each policy in one of them. */
  readonly policies?: readonly PolicyFile[];
  readonly inventories?: readonly Inventory[];
  /** What the inventories show about the policies of a policy file, as `core/live` finds it. */
  readonly live?: readonly LiveFact[];
  readonly profile?: Profile;
  /** Treat datasets of unknown encryption as encrypted. */
  readonly assumeEncrypted?: boolean;
  /** Severity by rule id; `off` silences a rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** The OpenZFS version that the document is for, such as `2.1`; unknown when absent. */
  readonly zfsVersion?: string;
  /** Rules that no comment may suppress. */
  readonly noSuppress?: readonly string[];
  /** What the runbooks that are linted together say, this one among them. */
  readonly neighbours?: Neighbours;
}
