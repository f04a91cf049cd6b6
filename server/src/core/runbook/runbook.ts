import type { PlacedText } from '../shell/placed-text';
import type { Span } from '../text/span';
import type { Command } from '../zfs/command';
import type { CommandProblemCode } from '../zfs/parse-command';
import type { Subcommand } from '../zfs/subcommand';
import type { Transfer } from './transfers';

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
  /** Every program whose name is known, in the order in which they are met; zfs and zpool are invocations. */
  readonly calls: readonly Call[];
  /** `first || second`, where both run zfs. */
  readonly fallbacks: readonly Fallback[];
  /** Text that the document writes into files. */
  readonly files: readonly WrittenFile[];
  /** Every variable that the document sets, each time. */
  readonly assignments: readonly Assigned[];
  /** What a command substitution ran, by the identity of its unknown value: where `$NOW` of `NOW=$(date …)` comes from. */
  readonly origins: ReadonlyMap<string, Ran>;
  /** The receives that each send's stream reaches, as far as the document shows it. */
  readonly receivers: ReadonlyMap<Invocation, readonly Invocation[]>;
  /** The sends whose stream each receive gets. */
  readonly senders: ReadonlyMap<Invocation, readonly Invocation[]>;
  readonly transfers: readonly Transfer[];
  /** The first receive of a raw stream into each dataset, by `datasetKey`. */
  readonly rawReceives: ReadonlyMap<string, Invocation>;
  /** Places that no fix may touch, because the document's own syntax stands there; in their order. */
  readonly rigid: readonly Span[];
  readonly declarations: readonly Declaration[];
  /** The declarations of each dataset, by `declaredName`. */
  readonly declared: ReadonlyMap<string, readonly Declaration[]>;
  /** What the document proves about the encryption of datasets, by `datasetKey`. */
  readonly encryption: ReadonlyMap<string, EncryptionEvidence>;
}

/** Shells differ in what they can do about a failed stage; `unknown` is the login shell of a remote account. */
export type Dialect = 'sh' | 'bash' | 'ksh' | 'zsh' | 'unknown';

/** The ssh destinations on the way, as written; empty on the machine that runs the document. */
export type HostRoute = readonly string[];

/** What kind of text a command stands in, and what runs it. */
export interface Setting {
  readonly medium: 'script' | 'document' | 'transcript' | 'unit' | 'crontab' | 'playbook' | 'nix';
  /** What runs it without a person; absent where the document does not say. */
  readonly trigger?: 'boot' | 'schedule';
}

/** Where a command stands. Commands of one place share the value. */
export interface Site {
  readonly route: HostRoute;
  /** The functions that the command is in, outermost first. */
  readonly functions: readonly string[];
  /** What repeats it, outermost first. */
  readonly loops: readonly LoopUse[];
  readonly setting: Setting;
  readonly dialect: Dialect;
}

/** What runs commands again: a loop of the shell, or `xargs` and `find -exec`, once for each argument. */
export interface LoopUse {
  readonly kind: 'while' | 'for' | 'each';
  readonly span: Span;
  /** For the condition of `while` and `until`, which is run at each turn too. */
  readonly part: 'condition' | 'body';
  /** The body may leave the loop: `break`, `return` or `exit`. */
  readonly leaves: boolean;
}

/** Any program that the document runs, without what runs it (`sudo`, `nice` …). */
export interface Call extends Streams {
  /** Without its directory. */
  readonly name: string;
  readonly args: readonly Field[];
  readonly span: Span;
  readonly programSpan: Span;
  readonly site: Site;
}

/** Standard input and output of a command, as far as the document says what they are. */
export interface Streams {
  readonly input?: Input;
  /** The file behind `<`. */
  readonly reads?: Field;
  /** The file behind `>`. */
  readonly writes?: Field;
}

export interface WrittenFile {
  /** Unknown values by their names. */
  readonly path: string;
  readonly text: PlacedText;
  readonly site: Site;
}

export interface Assigned {
  readonly name: string;
  /** The one value, or those of an array. */
  readonly items: readonly PlacedText[];
}

/** One word after expansion. */
export interface Field {
  readonly text: PlacedText;
  readonly span: Span;
  readonly arity: Arity;
}

/**
 * How many words an unknown field becomes: `one` when it is quoted or joined to other text, `some` for a bare
 * variable, which is mostly one word and may be several or none, `list` for `"$@"` and arrays.
 */
export type Arity = 'one' | 'some' | 'list';

/** Text that the document gives to a command's standard input. */
export interface Input {
  /** `pipe`: printed by `echo`, `printf` or `cat` in the stage before. */
  readonly kind: 'here-document' | 'here-string' | 'pipe';
  readonly text: PlacedText;
  readonly span: Span;
}

/** A zfs or zpool command that the document runs. */
export interface Invocation extends Streams {
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
  /** Flags that are there on some paths through the document only, by name, with the variable that brings them. */
  readonly maybeFlags: Readonly<Record<string, string>>;
  /** What zfs would refuse, as far as it depends on nothing unknown. */
  readonly problems: readonly InvocationProblem[];
  readonly site: Site;
}

/** Something that zfs would refuse, at its place. */
export interface InvocationProblem {
  readonly code: CommandProblemCode;
  /** The letter in a group or the word. */
  readonly span: Span;
  /** As written, e.g. `-Q` or `lsit`. */
  readonly written: string;
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** The variables that may bring a flag which the command does not surely have; none of them for a missing one. */
export function mayHold(invocation: Invocation, flag: string): readonly string[] {
  const { maybeFlags, unknownFlags } = invocation;
  const variable = Object.hasOwn(maybeFlags, flag) ? maybeFlags[flag] : undefined;
  return variable === undefined ? unknownFlags : [variable, ...unknownFlags];
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
  readonly site: Site;
  /** The document looks at the status of each stage afterwards (`PIPESTATUS`). */
  readonly checked: boolean;
}

/** What a part of a document runs, also on other hosts. */
export interface Ran {
  readonly span: Span;
  readonly invocations: readonly Invocation[];
  readonly calls: readonly Call[];
}

export interface Fallback {
  readonly first: Ran;
  readonly second: Ran;
}

export interface Stage extends Ran {
  /** The stage runs something that the analysis cannot name. */
  readonly opaque: boolean;
  /** It looks itself at how its commands end, e.g. `{ zfs send … || touch failed; }`. */
  readonly checked: boolean;
}

/** `# rawsend: replica backup/prod`: what the author says about a dataset and everything below it. */
export interface Declaration {
  readonly kind: 'replica' | 'standby' | 'restore';
  readonly dataset: string;
  readonly span: Span;
}

export interface EncryptionEvidence {
  /** Undefined while a part of the name is unknown. */
  readonly dataset: string | undefined;
  readonly state: 'encrypted' | 'unencrypted';
  /** The command that proves it. */
  readonly span: Span;
  /** Completes "… by", e.g. `zfs create -o encryption=on`. */
  readonly proof: string;
}

/** One dataset on one host, whoever asks for it there and by whichever way; equal unknown values have equal keys. */
export const datasetKey = (route: HostRoute, dataset: string): string =>
  `${(route.at(-1) ?? '').replace(/^.*@/, '')}\n${dataset}`;
