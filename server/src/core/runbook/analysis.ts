import type { PlacedText } from '../shell/placed-text';
import type { For, FunctionDefinition, List, Script, ShellNode } from '../shell/script';
import type { Span } from '../text/span';
import type { Environment } from './environment';
import type { Dialect, HostRoute, Invocation, PipelineUse } from './runbook';

/** What one walk over a document gathers, and the budget that keeps it linear in the document's size. */
export interface Analysis {
  readonly invocations: Invocation[];
  readonly pipelines: PipelineUse[];
  readonly receivers: Map<Invocation, Invocation[]>;
  readonly senders: Map<Invocation, Invocation[]>;
  /** Commands seen so far that the analysis could not name. */
  opaque: number;
  /** Nodes and expansions worked on so far. */
  steps: number;
  readonly maxSteps: number;
  /** Characters of nested text parsed so far. */
  nested: number;
  readonly maxNested: number;
  readonly calls: Map<FunctionDefinition, number>;
  readonly functions: Set<FunctionDefinition>;
  /** Loops over a known list that were followed item by item; once each. */
  readonly loops: Set<For>;
  /** The variables that each loop's body assigns, once looked for. */
  readonly assigned: Map<List, readonly string[]>;
  /** Offset of the last look at PIPESTATUS; pipelines before it are checked. */
  readonly lastStatusCheck: number;
  /** The walk itself, for what nests: command substitutions, functions, text that is run. */
  readonly walkList: (list: List, scope: Scope) => void;
  readonly walkNode: (node: ShellNode, scope: Scope) => void;
  readonly walkText: (text: PlacedText, scope: Scope) => void;
}

/** Where the walk is. */
export interface Scope {
  readonly environment: Environment;
  readonly dialect: Dialect;
  readonly route: HostRoute;
  /** Undefined when nothing is known about `$1`, `$@` … */
  readonly positional: readonly Field[] | undefined;
  /** Text on standard input of what is run, where the document holds it. */
  readonly input?: PlacedText | undefined;
  /** Functions entered, outermost first. */
  readonly functions: readonly string[];
  /** Levels of functions and nested texts. */
  readonly depth: number;
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

/** Deeper nesting of functions and of text that is run is not followed. */
export const MAX_DEPTH = 8;

/** Loops and functions are followed this often each; after that their values are unknown. */
export const MAX_VISITS = 4;

export const withinBudget = (analysis: Analysis): boolean => analysis.steps < analysis.maxSteps;

/** A name for a value that is met here and nowhere else. */
export const freshIdentity = (analysis: Analysis): string => `#${(analysis.steps += 1)}`;

export const runScript = (analysis: Analysis, script: Script, scope: Scope): void =>
  analysis.walkList(script.statements, scope);
