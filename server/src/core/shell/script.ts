import type { Span } from '../text/span';
import type { PlacedText } from './placed-text';

/**
 * Our own tree of a shell script: plain readonly data, every span in the document that the script stands in,
 * however deeply it is nested there. It keeps what an analysis of commands needs and drops the rest
 * (arithmetic, test operators, comments).
 */
export interface Script {
  readonly statements: List;
  readonly problems: readonly ShellProblem[];
}

/** What the parser could not read; the tree around it is still there. */
export interface ShellProblem {
  readonly message: string;
  readonly span: Span;
}

export type List = readonly Statement[];

export interface Statement {
  readonly span: Span;
  readonly node: ShellNode;
  readonly background: boolean;
}

export type ShellNode = (
  | SimpleCommand
  | Pipeline
  | AndOr
  | Group
  | If
  | Loop
  | For
  | Case
  | FunctionDefinition
  | Words
  | Redirected
) & {
  /** Behind `!`: its status is turned round. */
  readonly negated?: true;
};

/** Assignments, a program with its arguments, redirects: each may be missing. */
export interface SimpleCommand {
  readonly kind: 'command';
  readonly span: Span;
  /** Before the program, or after a declaration command such as `export`. */
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

/** Two stages or more. `span` runs from the first stage to the last, without `!` and `time`. */
export interface Pipeline {
  readonly kind: 'pipeline';
  readonly span: Span;
  readonly stages: readonly ShellNode[];
}

/** `a && b || c`: parts in order, with the operator before each but the first. */
export interface AndOr {
  readonly kind: 'and-or';
  readonly span: Span;
  readonly parts: readonly ShellNode[];
  readonly operators: readonly ('&&' | '||')[];
}

export interface Group {
  readonly kind: 'group';
  readonly span: Span;
  readonly subshell: boolean;
  readonly body: List;
}

/** `if`, `elif` …, `else`. */
export interface If {
  readonly kind: 'if';
  readonly span: Span;
  readonly branches: readonly { readonly condition: List; readonly body: List }[];
  readonly otherwise?: List;
}

/** `while` and `until`; the arithmetic `for` has no condition here. */
export interface Loop {
  readonly kind: 'loop';
  readonly span: Span;
  /** Goes on while the condition fails. */
  readonly until?: true;
  readonly condition: List;
  readonly body: List;
}

/** `for` and `select`. Without `items` it goes over the positional parameters. */
export interface For {
  readonly kind: 'for';
  readonly span: Span;
  readonly name: string;
  readonly items?: readonly Word[];
  readonly body: List;
}

export interface Case {
  readonly kind: 'case';
  readonly span: Span;
  readonly word: Word;
  readonly branches: readonly List[];
}

export interface FunctionDefinition {
  readonly kind: 'function';
  readonly span: Span;
  readonly name: string;
  readonly body: ShellNode;
}

/** Words that are expanded and not run: `[[ … ]]`. */
export interface Words {
  readonly kind: 'words';
  readonly span: Span;
  readonly words: readonly Word[];
}

export interface Redirected {
  readonly kind: 'redirected';
  readonly span: Span;
  readonly node: ShellNode;
  readonly redirects: readonly Redirect[];
}

export interface Assignment {
  readonly span: Span;
  readonly name: string;
  /** Absent for one element of an array, which the analysis does not follow. */
  readonly value?: Word | readonly Word[];
  readonly append: boolean;
}

export type Redirect =
  | { readonly kind: 'file'; readonly span: Span; readonly operator: string; readonly target?: Word }
  | { readonly kind: 'here-string'; readonly span: Span; readonly target?: Word }
  | { readonly kind: 'here-document'; readonly span: Span; readonly body: Word };

export interface Word {
  readonly span: Span;
  readonly parts: readonly WordPart[];
}

/** `quoted` parts are not split into fields. */
export type WordPart =
  | { readonly kind: 'literal'; readonly quoted: boolean; readonly text: PlacedText }
  | ParameterPart
  | { readonly kind: 'command'; readonly quoted: boolean; readonly span: Span; readonly script: Script }
  | { readonly kind: 'process'; readonly quoted: false; readonly span: Span; readonly script: Script }
  /** Arithmetic, brace expansion, extended patterns: a value that is not followed. */
  | { readonly kind: 'opaque'; readonly quoted: boolean; readonly span: Span; readonly source: string };

export interface ParameterPart {
  readonly kind: 'parameter';
  readonly quoted: boolean;
  readonly span: Span;
  /** `OPTS`, `1`, `@`, `?` … */
  readonly name: string;
  /** As written, e.g. `${OPTS:-x}`. */
  readonly source: string;
  /** `@`, `*` or a number, for an array. */
  readonly index?: string;
  /** `-`, `:-`, `+`, `##` …; `other` for what is not followed. */
  readonly operator?: DefaultOperator | EditOperator | 'other';
  readonly operand?: Word;
  /** What `/` and `//` put in the place of the operand. */
  readonly replacement?: Word;
}

/** They take a part off the value or put another in its place. */
export type EditOperator = '#' | '##' | '%' | '%%' | '/' | '//';

export type DefaultOperator = '-' | ':-' | '=' | ':=' | '+' | ':+' | '?' | ':?';
