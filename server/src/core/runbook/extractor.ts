import type { PlacedText, Placement } from '../shell/placed-text';
import type { Span } from '../text/span';
import type { Dialect, HostRoute, Pipefail, Setting } from './runbook';

/** What a runbook is read from; the path need not exist. */
export interface RunbookSource {
  readonly path: string;
  readonly text: string;
  /** The editor's language id, when there is one. */
  readonly languageId?: string;
}

/**
 * A document as extractors read it: a whole file, or one that a here-document of another writes. Its text is that of the
 * placement, so a part of it is taken with `sliceOf(placement, from, to)` and keeps its place in the file.
 */
export interface PlacedDocument extends RunbookSource {
  readonly placement: Placement;
}

/** What a document holds: shell text, or a file of another kind that it makes. */
export type Region = ShellRegion | FileRegion;

export interface FileRegion {
  readonly kind: 'file';
  readonly path: string;
  readonly text: PlacedText;
}

/** Shell text within a document, each character with its place there. */
export interface ShellRegion {
  readonly kind: 'shell';
  readonly text: PlacedText;
  readonly dialect: Dialect;
  readonly pipefail: Pipefail;
  readonly setting: Setting;
  /** The host whose prompt stands before it; empty where the document does not say. */
  readonly route: HostRoute;
  /** Regions of one session share variables and functions, in their order; absent for a shell of its own. */
  readonly session?: string;
  /** What the document writes between words that stand apart, as in a list: no fix may touch it. In their order. */
  readonly rigid?: readonly Span[];
}

/**
 * Finds the shell text of one kind of document. A new kind is a new extractor: the analysis only ever sees
 * regions.
 */
export interface Extractor {
  readonly accepts: (source: RunbookSource) => boolean;
  readonly extract: (document: PlacedDocument) => readonly Region[];
}
