import { textOf } from '../shell/placed-text';
import type { Redirect, SimpleCommand, Word } from '../shell/script';
import { markOf, ranSince } from './analysis';
import type { Analysis, Scope } from './analysis';
import { expandText, expandWord, expandWords } from './expand-word';
import { joinStreams } from './join-streams';
import { readValue } from './read-value';
import { runFields } from './run-program';
import type { Field, Input } from './runbook';
import { programName, stripWrappers } from './wrappers';

/** One simple command: its assignments, and then whatever its program does that matters here. */
export function runCommand(analysis: Analysis, node: SimpleCommand, scope: Scope): void {
  const start = markOf(analysis);
  const written = expandWords(analysis, node.words, scope);
  const values = node.assignments.map((assignment) => [assignment, readValue(analysis, assignment, scope)] as const);
  const redirects = readRedirects(analysis, node.redirects, scope);
  const fields = stripWrappers(written);
  // `X=1 command` sets X for that command only, `X=1` and `export X=1` from here on.
  const lasting = written.length === 0 || DECLARATIONS.has(programName(fields[0]) ?? '');
  if (lasting) for (const [assignment, value] of values) scope.environment.own.set(assignment.name, value);
  if (fields.length === 0) return;
  const own = markOf(analysis);
  runFields(analysis, { fields, span: node.span, ...redirects }, scope);
  if (!node.words.some(substitutesProcess) && !node.redirects.some(readsProcess)) return;
  const before = analysis.invocations.slice(start.invocations, own.invocations);
  joinStreams(analysis, [{ invocations: before }, ranSince(analysis, own, node.span)]);
}

const DECLARATIONS = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);

const substitutesProcess = (word: Word): boolean => word.parts.some((part) => part.kind === 'process');

const readsProcess = (redirect: Redirect): boolean =>
  redirect.kind === 'file' && redirect.target !== undefined && substitutesProcess(redirect.target);

interface Redirected {
  readonly input: Input | undefined;
  /** The file that standard output goes to. */
  readonly output: Field | undefined;
}

function readRedirects(analysis: Analysis, redirects: readonly Redirect[], scope: Scope): Redirected {
  let { input } = scope;
  let output: Field | undefined;
  for (const redirect of redirects) {
    if (redirect.kind === 'here-document') {
      input = { kind: redirect.kind, text: expandText(analysis, redirect.body, scope), span: redirect.span };
    } else if (redirect.target) {
      const [field] = expandWord(analysis, redirect.target, scope);
      if (redirect.kind === 'here-string') input = field && { kind: redirect.kind, text: field.text, span: field.span };
      else if (redirect.operator === '<') input = undefined;
      else if (/^1?>[>|]?$/.test(redirect.operator) && field && textOf(field.text) !== '') output = field;
    }
  }
  return { input, output };
}
