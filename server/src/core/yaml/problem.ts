import type { Span, TextEdit } from '../text/span';

/** A mistake in a YAML file. All of them are errors. */
export interface Problem {
  readonly span: Span;
  /** What is wrong, what will happen, what to do; no trailing full stop. */
  readonly message: string;
  readonly fixes: readonly ProblemFix[];
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

/**
 * A file with a problem is never used, so no fix can change a run that works today. `unsafe` marks the fixes that
 * choose for the author: a value, a host, what is destroyed. Renaming a misspelt key is `safe`, because the author wrote
 * the value beside it.
 */
export interface ProblemFix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly TextEdit[];
}

/** The parts of a problem that most of them leave out. */
export type Extras = Partial<Pick<Problem, 'fixes' | 'related'>>;

export const problem = (span: Span, message: string, extras: Extras = {}): Problem => ({
  span,
  message,
  fixes: [],
  related: [],
  ...extras,
});

/** A fix that replaces one span. */
export const replacement = (title: string, safety: ProblemFix['safety'], span: Span, newText: string): ProblemFix => ({
  title,
  safety,
  edits: [{ span, newText }],
});

/** Whether YAML reads a text as it stands, in quotes or without: a fix that writes any other could break the file. */
export const isPlain = (text: string): boolean => /^[A-Za-z0-9_][\w./-]*$/.test(text);

/** Shows any value in a message, short and on one line, whatever it holds. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd').replaceAll('`', "'");
  return line.length > 60 ? `\`${line.slice(0, 59)}…\`` : `\`${line}\``;
}
