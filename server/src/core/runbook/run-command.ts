import { derived, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Redirect, SimpleCommand, Word } from '../shell/script';
import { markOf, ranBetween, ranSince } from './analysis';
import type { Analysis, Scope } from './analysis';
import { expandText, expandWord, expandWords } from './expand-word';
import { joinStreams } from './join-streams';
import { readValue } from './read-value';
import { runFields } from './run-program';
import type { Value } from './environment';
import type { Field, Input, Streams } from './runbook';
import { programName, stripWrappers } from './wrappers';

/** One simple command: its assignments, and then whatever its program does that matters here. */
export function runCommand(analysis: Analysis, node: SimpleCommand, scope: Scope): void {
  const start = markOf(analysis);
  const written = expandWords(analysis, node.words, scope);
  const values = node.assignments.map((assignment) => [assignment, readValue(analysis, assignment, scope)] as const);
  const streams = readRedirects(analysis, node.redirects, scope);
  const fields = stripWrappers(written);
  // `X=1 command` sets X for that command only, `X=1` and `export X=1` from here on.
  const lasting = written.length === 0 || DECLARATIONS.has(programName(fields[0]) ?? '');
  for (const [{ name }, value] of values) {
    analysis.assignments.push({ name, items: itemsOf(value) });
    if (lasting) scope.environment.own.set(name, value);
  }
  if (fields.length === 0) return;
  const own = markOf(analysis);
  // `mapfile -t LIST < <(…)` and `read X <<< "$(…)"`.
  const ran = node.redirects.some(readsOutput)
    ? ranBetween(analysis, { from: start, to: own, span: node.span })
    : undefined;
  const inner = ran && ran.invocations.length > 0 ? { ...scope, feed: ran } : scope;
  runFields(analysis, { fields, span: node.span, streams, wrapped: fields.length < written.length }, inner);
  if (!node.words.some(substitutesProcess) && !node.redirects.some(readsProcess)) return;
  const before = analysis.invocations.slice(start.invocations, own.invocations);
  joinStreams(analysis, [{ invocations: before }, ranSince(analysis, own, node.span)]);
}

const readsOutput = (redirect: Redirect): boolean => redirect.kind === 'here-string' || readsProcess(redirect);

function itemsOf(value: Value): readonly PlacedText[] {
  if (value.kind === 'text') return [value.text];
  return value.kind === 'list' ? value.items : [];
}

const DECLARATIONS = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);

const substitutesProcess = (word: Word): boolean => word.parts.some((part) => part.kind === 'process');

const readsProcess = (redirect: Redirect): boolean =>
  redirect.kind === 'file' && redirect.target !== undefined && substitutesProcess(redirect.target);

/** What standard input and output are behind these redirects; the scripts in what they name are walked. */
export function readRedirects(analysis: Analysis, redirects: readonly Redirect[], scope: Scope): Streams {
  let { streams } = scope;
  for (const redirect of redirects) {
    if (redirect.kind === 'here-document') {
      const text = expandText(analysis, redirect.body, scope);
      streams = withInput(streams, { kind: redirect.kind, text, span: redirect.span });
    } else if (redirect.target) {
      const [field] = expandWord(analysis, redirect.target, scope);
      if (redirect.kind === 'file') streams = toFile(streams, redirect.operator, field);
      else streams = withInput(streams, field && { kind: redirect.kind, text: field.text, span: field.span });
    }
  }
  return streams;
}

const withInput = ({ writes }: Streams, input: Input | undefined): Streams => ({
  ...(input && { input }),
  ...(writes && { writes }),
});

function toFile(streams: Streams, operator: string, file: Field | undefined): Streams {
  if (operator === '<') return { ...withInput(streams, undefined), ...(file && { reads: file }) };
  if (!file || textOf(file.text) === '') return streams;
  if (operator === '>&' && textOf(file.text) === '2') {
    return { ...streams, writes: { ...file, text: [derived('/dev/stderr', file.span)] } };
  }
  return /^(?:>[>|]?|&>>?)$/.test(operator) ? { ...streams, writes: file } : streams;
}
