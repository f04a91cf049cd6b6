import type { PlacedText, Run } from '../shell/placed-text';
import type { For, FunctionDefinition, List, Script, ShellNode } from '../shell/script';
import type { Span } from '../text/span';
import type { Environment } from './environment';
import type {
  Assigned,
  Call,
  Fallback,
  Invocation,
  LoopUse,
  PipelineUse,
  Ran,
  Site,
  Streams,
  WrittenFile,
} from './runbook';

/** What one walk over a document gathers, and the budget that keeps it linear in the document's size. */
export interface Analysis {
  readonly invocations: Invocation[];
  readonly pipelines: PipelineUse[];
  readonly rigid: Span[];
  readonly calls: Call[];
  readonly fallbacks: Fallback[];
  readonly files: WrittenFile[];
  readonly assignments: Assigned[];
  readonly origins: Map<string, Ran>;
  /** What is printed, as far as the document says it, while somebody listens: the next stage, or a command substitution. */
  output: Run[] | undefined;
  readonly receivers: Map<Invocation, Invocation[]>;
  readonly senders: Map<Invocation, readonly Invocation[]>;
  /** Commands seen so far that the analysis could not name. */
  opaque: number;
  /** Nodes and expansions worked on so far. */
  steps: number;
  readonly maxSteps: number;
  /** Characters of nested text parsed so far. */
  nested: number;
  readonly maxNested: number;
  /** How often each function was followed, and the work of the last time. */
  readonly visits: Map<FunctionDefinition, { readonly count: number; readonly steps: number }>;
  /** In the order in which they are met; one that is met again stands here again. */
  readonly functions: FunctionDefinition[];
  /** Loops over a known list that were followed item by item; once each. */
  readonly loops: Set<For>;
  /** The variables that each loop's body assigns, once looked for. */
  readonly assigned: Map<List, readonly string[]>;
  /** Whether each loop's body may leave it, once looked for. */
  readonly leaving: Map<List, boolean>;
  /** The walk itself, for what nests: command substitutions, functions, text that is run. */
  readonly walkList: (list: List, scope: Scope) => void;
  readonly walkNode: (node: ShellNode, scope: Scope) => void;
  readonly walkText: (text: PlacedText, scope: Scope) => void;
  /** A document that this one writes. */
  readonly walkDocument: (path: string, text: PlacedText, scope: Pick<Scope, 'site' | 'depth'>) => void;
}

/** Where the walk is. */
export interface Scope {
  readonly environment: Environment;
  readonly site: Site;
  /** Of what is run, unless it has others of its own. */
  readonly streams: Streams;
  /** What writes to standard input, so that a name that is `read` comes from it. */
  readonly feed?: Ran | undefined;
  /** Levels of functions and nested texts. */
  readonly depth: number;
}

/** Deeper nesting of functions and of text that is run is not followed. */
export const MAX_DEPTH = 8;

/** Loops and functions are followed this often each; after that their values are unknown. */
export const MAX_VISITS = 4;

/** What takes no more steps than these may be followed again and again: the calls are longer than that themselves. */
export const CHEAP = 48;

export const withinBudget = (analysis: Analysis): boolean => analysis.steps < analysis.maxSteps;

/** A name for a value that is met here and nowhere else. */
export const freshIdentity = (analysis: Analysis): string => `#${(analysis.steps += 1)}`;

/** The scope inside of a loop. */
export const within = (scope: Scope, loop: LoopUse): Scope => ({
  ...scope,
  site: { ...scope.site, loops: [...scope.site.loops, loop] },
});

/** What `walk` prints. */
export function listen(analysis: Analysis, walk: () => void): PlacedText {
  const outer = analysis.output;
  const printed: Run[] = [];
  analysis.output = printed;
  walk();
  analysis.output = outer;
  return printed;
}

/** What has run since `mark`. */
export const ranSince = (analysis: Analysis, from: Mark, span: Span): Ran =>
  ranBetween(analysis, { from, to: markOf(analysis), span });

/** Deep nesting counts again what is inside, so it is work. */
export function ranBetween(
  analysis: Analysis,
  { from, to, span }: { readonly from: Mark; readonly to: Mark; readonly span: Span },
): Ran {
  const invocations = analysis.invocations.slice(from.invocations, to.invocations);
  const calls = analysis.calls.slice(from.calls, to.calls);
  analysis.steps += (invocations.length + calls.length) >> 2;
  return { span, invocations, calls };
}

/** A moment of the walk. */
export interface Mark {
  readonly invocations: number;
  readonly calls: number;
}

export const markOf = ({ invocations, calls }: Analysis): Mark => ({
  invocations: invocations.length,
  calls: calls.length,
});

export const runScript = (analysis: Analysis, script: Script, scope: Scope): void =>
  analysis.walkList(script.statements, scope);
