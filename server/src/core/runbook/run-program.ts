import { derived, describe, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { FunctionDefinition } from '../shell/script';
import type { Span } from '../text/span';
import { findSubcommand } from '../zfs/tables';
import { MAX_DEPTH, MAX_VISITS, freshIdentity, within } from './analysis';
import type { Analysis, Scope } from './analysis';
import { BUILTINS } from './builtins';
import { childEnvironment, forgetAll, newEnvironment } from './environment';
import { printedText } from './printed-text';
import { readInvocation } from './read-invocation';
import { readRepeater } from './repeaters';
import type { Field, Site, Streams } from './runbook';
import { readShellArguments } from './shell-arguments';
import { joinFields, readSshArguments } from './ssh-arguments';
import { programName, stripWrappers } from './wrappers';

/** A command after expansion, without what only runs it. */
export interface ProgramCall {
  readonly fields: readonly Field[];
  /** The whole command in the document. */
  readonly span: Span;
  readonly streams: Streams;
}

interface NamedCall extends ProgramCall {
  readonly name: string;
}

/** Does whatever the program does that matters here. */
export function runFields(analysis: Analysis, call: ProgramCall, scope: Scope): void {
  const name = programName(call.fields[0]);
  if (name !== undefined) return runProgram(analysis, { ...call, name }, scope);
  const guess = guessProgram(call.fields);
  if (!guess) {
    analysis.opaque += 1;
    return undefined;
  }
  return runFields(analysis, { ...call, fields: stripWrappers(guess) }, scope);
}

/** `$ZFS send`, `$SUDO zfs send` and `$SSH host`, where the document does not say what the variable holds. */
function guessProgram(fields: readonly Field[]): readonly Field[] | undefined {
  const [first, second] = fields;
  if (!first || !second || first.text.length !== 1 || first.arity === 'list') return undefined;
  const [name, next] = [describe(first.text), textOf(second.text)];
  const called = (program: string): Field => ({ ...first, text: [derived(program, first.span)] });
  if (/zfs/i.test(name) && findSubcommand('zfs', next)) return [called('zfs'), ...fields.slice(1)];
  const isProgram = /^(?:.*\/)?(?:zfs|zpool|sudo|doas|ssh)$/.test(next);
  if (!/ssh|remote|rsh/i.test(name)) return isProgram ? fields.slice(1) : undefined;
  // What follows is the command when the variable holds the host as well.
  const holdsHost = isProgram || /\s/.test(next);
  if (holdsHost) return [called('ssh'), { ...first, arity: 'one' }, ...fields.slice(1)];
  return /ssh(?:_?(?:cmd|command|bin|prog(?:ram)?))?\}?$/i.test(name) ? [called('ssh'), ...fields.slice(1)] : undefined;
}

function runProgram(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const { name, fields } = call;
  const definition = scope.environment.functions.get(name);
  if (definition) return callFunction(analysis, definition, call, scope);
  if (name === 'zfs' || name === 'zpool') return invoke(analysis, name, call, scope);
  recordCall(analysis, call, scope);
  const args = fields.slice(1);
  const program = PROGRAMS.get(name);
  if (program) return program(analysis, call, scope);
  const shell = readShellArguments(name, args);
  if (shell) {
    const text = shell.command ?? (shell.readsInput ? call.streams.input?.text : undefined);
    const environment = newEnvironment(shell.pipefail, shell.positional);
    const site = { ...scope.site, dialect: shell.dialect };
    return runText(analysis, text, {
      ...scope,
      environment,
      site,
      streams: streamsOf(call, shell.command !== undefined),
    });
  }
  const repeated = readRepeater(analysis, name, args);
  if (repeated) {
    const inner = within(scope, { kind: 'each', span: call.span, part: 'body', leaves: false });
    return runFields(analysis, { ...call, fields: stripWrappers(repeated), streams: outputOf(call) }, inner);
  }
  return BUILTINS.get(name)?.({ analysis, args, scope });
}

function invoke(analysis: Analysis, name: 'zfs' | 'zpool', call: NamedCall, scope: Scope): void {
  const invocation = readInvocation(name, call.fields, { home: call.span, site: scope.site, streams: call.streams });
  if (invocation) analysis.invocations.push(invocation);
  else analysis.opaque += 1;
}

function recordCall(analysis: Analysis, { name, fields, span, streams }: NamedCall, scope: Scope): void {
  const programSpan = fields[0]?.span ?? span;
  analysis.calls.push({ name, args: fields.slice(1), span, programSpan, site: scope.site, ...streams });
}

type Program = (analysis: Analysis, call: NamedCall, scope: Scope) => void;

const PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['ssh', runSsh],
  ['autossh', runSsh],
  ['rsh', runSsh],
  ['eval', (analysis, { fields }, scope) => runText(analysis, joinFields(fields.slice(1)), scope)],
  ['trap', (analysis, { fields }, scope) => runText(analysis, fields[1]?.text, branchOf(scope))],
  ['watch', (analysis, { fields }, scope) => runText(analysis, commandOfWatch(fields), branchOf(scope))],
  ['echo', print],
  ['printf', print],
  ['cat', print],
  ['tee', print],
]);

/** What it prints goes to the next stage, to a variable, or to a file that is a document of its own. */
function print(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const { name, fields, streams, span } = call;
  const args = fields.slice(1);
  if (name === 'printf') BUILTINS.get(name)?.({ analysis, args, scope });
  const text = printedText(name, args, streams.input);
  if (!text) return;
  const file = name === 'tee' ? args.find((field) => !textOf(field.text).startsWith('-')) : streams.writes;
  if (file) writeFile(analysis, { file, text }, scope);
  if (streams.writes || !analysis.output) return;
  for (const run of text) analysis.output.push(run);
  // So that what is printed next begins a line.
  if (name !== 'printf' || !textOf(text).endsWith('\n')) analysis.output.push(derived('\n', span));
}

/** What a script writes for people to read is no document to us. */
const PROSE = /\.(?:md|markdown|mdx|rst|rest|txt|text|adoc|asciidoc|log)$|^\/dev\/(?:null|tty|std\w+)$/i;

function writeFile(
  analysis: Analysis,
  { file, text }: { readonly file: Field; readonly text: PlacedText },
  scope: Scope,
): void {
  const path = textOf(file.text);
  if (PROSE.test(path)) return;
  analysis.files.push({ path: describe(file.text), text, site: scope.site });
  analysis.walkDocument(path, text, scope);
}

const commandOfWatch = (fields: readonly Field[]): PlacedText =>
  joinFields(fields.slice(fields.findIndex((field, index) => index > 0 && !/^-|^\d/.test(textOf(field.text)))));

/** A remote login shell knows nothing of this one's variables. */
function runSsh(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const ssh = readSshArguments(call.fields.slice(1));
  if (!ssh) return;
  const site: Site = { ...scope.site, route: [...scope.site.route, ssh.destination], dialect: 'unknown' };
  const remote: Scope = { ...scope, site, environment: newEnvironment() };
  if (!ssh.command) return runText(analysis, call.streams.input?.text, { ...remote, streams: outputOf(call) });
  analysis.walkText(ssh.command, { ...remote, streams: call.streams, depth: scope.depth + 1 });
}

/** What a program that is fed something else passes on to those that it runs. */
const outputOf = ({ streams: { writes } }: ProgramCall): Streams => (writes ? { writes } : {});

const streamsOf = (call: ProgramCall, passesInput: boolean): Streams => (passesInput ? call.streams : outputOf(call));

function runText(analysis: Analysis, text: PlacedText | undefined, scope: Scope): void {
  if (text) analysis.walkText(text, { ...scope, depth: scope.depth + 1 });
}

const branchOf = (scope: Scope): Scope => ({ ...scope, environment: childEnvironment(scope.environment) });

/** The body is followed at each call, with the call's arguments, a few times at most. */
function callFunction(analysis: Analysis, definition: FunctionDefinition, call: NamedCall, scope: Scope): void {
  const visits = analysis.visits.get(definition) ?? 0;
  analysis.visits.set(definition, visits + 1);
  if (visits >= MAX_VISITS || scope.depth >= MAX_DEPTH) {
    forgetAll(scope.environment, freshIdentity(analysis));
    return;
  }
  const { environment } = scope;
  const { positional } = environment;
  environment.positional = call.fields.slice(1);
  analysis.walkNode(definition.body, {
    ...scope,
    site: { ...scope.site, functions: [...scope.site.functions, call.name] },
    streams: call.streams,
    depth: scope.depth + 1,
  });
  environment.positional = positional;
}
