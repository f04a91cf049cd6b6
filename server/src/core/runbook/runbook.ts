import type { PlacedText } from '../shell/placed-text';
import type { Span } from '../text/span';
import type { Command } from '../zfs/command';
import type { Subcommand } from '../zfs/subcommand';

/**
 * A document that holds ZFS commands, analysed: which commands it runs, where, on which host, in which
 * pipelines, and what it says about datasets. Values are followed as far as they can be; what only a run can
 * know is unknown and is never assumed.
 */
export interface Runbook {
  readonly path: string;
  readonly text: string;
  readonly invocations: readonly Invocation[];
  readonly pipelines: readonly PipelineUse[];
  /** The receives that each send's stream reaches, as far as the document shows it. */
  readonly receivers: ReadonlyMap<Invocation, readonly Invocation[]>;
  /** The sends whose stream each receive gets. */
  readonly senders: ReadonlyMap<Invocation, readonly Invocation[]>;
  readonly declarations: readonly Declaration[];
  /** What the document proves about the encryption of datasets, by `datasetKey`. */
  readonly encryption: ReadonlyMap<string, EncryptionEvidence>;
}

/** Shells differ in what they can do about a failed stage; `unknown` is the login shell of a remote account. */
export type Dialect = 'sh' | 'bash' | 'ksh' | 'zsh' | 'unknown';

/** The ssh destinations on the way, as written; empty on the machine that runs the document. */
export type HostRoute = readonly string[];

/** A zfs or zpool command that the document runs. */
export interface Invocation {
  readonly program: 'zfs' | 'zpool';
  /** From the program to its last argument. */
  readonly span: Span;
  readonly programSpan: Span;
  /** The program's arguments, the subcommand first. */
  readonly words: readonly ArgumentWord[];
  /** The subcommand as written, e.g. `recv`. */
  readonly verb: string;
  /** Absent when the subcommand has no table. Unknown values stand in it by their names. */
  readonly command?: Command;
  readonly subcommand?: Subcommand;
  readonly flags: Readonly<Record<string, readonly FlagSite[]>>;
  readonly operands: readonly ArgumentWord[];
  /** Words whose value is unknown and which may hold flags, e.g. `$OPTS`: missing flags may be in there. */
  readonly unknownFlags: readonly string[];
  readonly route: HostRoute;
  /** The functions that this call is in, outermost first. */
  readonly functions: readonly string[];
}

/** One argument. */
export interface ArgumentWord {
  readonly text: PlacedText;
  /** For people: unknown values by their names. */
  readonly shown: string;
  readonly known: boolean;
  readonly span: Span;
  /** The document holds the argument itself here, rather than a variable that has it. */
  readonly written: boolean;
}

export interface FlagSite {
  /** The letter in a group or the long name; the variable's place where the flag comes from one. */
  readonly span: Span;
  readonly word: ArgumentWord;
  /** More letters stand in the same word. */
  readonly grouped: boolean;
  readonly value?: { readonly span: Span; readonly shown: string; readonly word: ArgumentWord };
}

export type Pipefail = 'on' | 'off' | 'unknown';

/** A pipeline of two or more stages. */
export interface PipelineUse {
  readonly span: Span;
  readonly stages: readonly Stage[];
  readonly pipefail: Pipefail;
  readonly dialect: Dialect;
  /** The document looks at the status of each stage afterwards (`PIPESTATUS`). */
  readonly checked: boolean;
}

export interface Stage {
  readonly span: Span;
  /** Every zfs command that the stage runs, also on another host. */
  readonly invocations: readonly Invocation[];
  /** The stage runs something that the analysis cannot name. */
  readonly opaque: boolean;
}

/** `# rawsend: replica backup/prod`: what the author says about a dataset and everything below it. */
export interface Declaration {
  readonly kind: 'replica' | 'standby' | 'restore';
  readonly dataset: string;
  readonly span: Span;
}

export interface EncryptionEvidence {
  readonly state: 'encrypted' | 'unencrypted';
  /** The command that proves it. */
  readonly span: Span;
  /** Completes "… by", e.g. `zfs create -o encryption=on`. */
  readonly proof: string;
}

/** One dataset on one host; equal unknown values have equal keys. */
export const datasetKey = (route: HostRoute, dataset: string): string => [...route, dataset].join('\n');
