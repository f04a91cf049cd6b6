import type { PlacedText } from '../shell/placed-text';
import type { Dialect, Pipefail } from './runbook';

/** What a runbook is read from; the path need not exist. */
export interface RunbookSource {
  readonly path: string;
  readonly text: string;
  /** The editor's language id, when there is one. */
  readonly languageId?: string;
}

/** Shell text within a document, each character with its place there. */
export interface ShellRegion {
  readonly text: PlacedText;
  readonly dialect: Dialect;
  readonly pipefail: Pipefail;
}

/**
 * Finds the shell text of one kind of document. A new kind is a new extractor: the analysis only ever sees
 * regions.
 */
export interface Extractor {
  readonly accepts: (source: RunbookSource) => boolean;
  readonly extract: (source: RunbookSource) => readonly ShellRegion[];
}
