import { derived, textOf } from '../shell/placed-text';
import type { PlacedText } from '../shell/placed-text';
import type { Assignment, FunctionDefinition, SimpleCommand } from '../shell/script';
import { MAX_DEPTH, MAX_VISITS, freshIdentity } from './analysis';
import type { Analysis, Field, Scope } from './analysis';
import { BUILTINS } from './builtins';
import { childEnvironment, forgetAll, lookUp, newEnvironment } from './environment';
import type { Value } from './environment';
import { expandText, expandWord, expandWords, flatten } from './expand-word';
import { readInvocation } from './read-invocation';
import { readShellArguments } from './shell-arguments';
import { joinFields, readSshArguments } from './ssh-arguments';
import { programName, stripWrappers } from './wrappers';

/** One simple command: its assignments, and then whatever its program does that matters here. */
export function runCommand(analysis: Analysis, node: SimpleCommand, scope: Scope): void {
  const fields = expandWords(analysis, node.words, scope);
  const values = node.assignments.map((assignment) => [assignment, readValue(analysis, assignment, scope)] as const);
  const input = readInput(analysis, node, scope);
  const command = stripWrappers(fields);
  const name = programName(command[0]);
  // `X=1 command` sets X for that command only, `X=1` and `export X=1` from here on.
  const lasting = fields.length === 0 || DECLARATIONS.has(name ?? '');
  if (lasting) for (const [assignment, value] of values) scope.environment.own.set(assignment.name, value);
  if (command.length === 0) return;
  if (name === undefined) {
    analysis.opaque += 1;
    return;
  }
  runProgram(analysis, { name, fields: command, input, node }, scope);
}

const DECLARATIONS = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);

/** A command whose wrappers are stripped and whose program is known. */
interface ProgramCall {
  readonly name: string;
  readonly fields: readonly Field[];
  /** The here-document or here-string on standard input. */
  readonly input: PlacedText | undefined;
  readonly node: SimpleCommand;
}

function runProgram(analysis: Analysis, call: ProgramCall, scope: Scope): void {
  const definition = scope.environment.functions.get(call.name);
  if (definition) return callFunction(analysis, definition, call, scope);
  const args = call.fields.slice(1);
  if (call.name === 'zfs' || call.name === 'zpool') {
    const invocation = readInvocation(call.name, call.fields, { home: call.node.span, scope });
    if (invocation) analysis.invocations.push(invocation);
    else analysis.opaque += 1;
    return undefined;
  }
  if (call.name === 'ssh') return runSsh(analysis, call, scope);
  if (call.name === 'eval') return runText(analysis, joinFields(args), scope);
  if (call.name === 'trap') return runText(analysis, args[0]?.text, branchOf(scope));
  const shell = readShellArguments(call.name, args);
  if (shell) {
    const text = shell.command ?? (shell.readsInput ? call.input : undefined);
    const environment = newEnvironment(shell.pipefail);
    return runText(analysis, text, { ...scope, environment, dialect: shell.dialect, positional: shell.positional });
  }
  return BUILTINS.get(call.name)?.({ analysis, args, scope });
}

/** A remote login shell knows nothing of this one's variables. */
function runSsh(analysis: Analysis, call: ProgramCall, scope: Scope): void {
  const ssh = readSshArguments(call.fields.slice(1));
  if (!ssh) return;
  const route = [...scope.route, ssh.destination];
  const remote: Scope = {
    ...scope,
    route,
    environment: newEnvironment(),
    dialect: 'unknown',
    positional: undefined,
  };
  if (!ssh.command) return runText(analysis, call.input, remote);
  analysis.walkText(ssh.command, { ...remote, input: call.input, depth: scope.depth + 1 });
}

function runText(analysis: Analysis, text: PlacedText | undefined, scope: Scope): void {
  if (text) analysis.walkText(text, { ...scope, depth: scope.depth + 1 });
}

const branchOf = (scope: Scope): Scope => ({ ...scope, environment: childEnvironment(scope.environment) });

/** The body is followed at each call, with the call's arguments, a few times at most. */
function callFunction(analysis: Analysis, definition: FunctionDefinition, call: ProgramCall, scope: Scope): void {
  const calls = analysis.calls.get(definition) ?? 0;
  analysis.calls.set(definition, calls + 1);
  if (calls >= MAX_VISITS || scope.depth >= MAX_DEPTH) {
    forgetAll(scope.environment, freshIdentity(analysis));
    return;
  }
  analysis.walkNode(definition.body, {
    ...scope,
    positional: call.fields.slice(1),
    functions: [...scope.functions, call.name],
    depth: scope.depth + 1,
  });
}

function readInput(analysis: Analysis, node: SimpleCommand, scope: Scope): PlacedText | undefined {
  let input = scope.input;
  for (const redirect of node.redirects) {
    if (redirect.kind === 'here-document') input = expandText(analysis, redirect.body, scope);
    else if (redirect.target) {
      const fields = expandWord(analysis, redirect.target, scope);
      if (redirect.kind === 'here-string') input = fields[0]?.text;
    }
  }
  return input;
}

function readValue(analysis: Analysis, assignment: Assignment, scope: Scope): Value {
  const { value, append, name } = assignment;
  const before = append ? lookUp(scope.environment, name) : undefined;
  if (value === undefined) return { kind: 'unknown', identity: freshIdentity(analysis) };
  if ('parts' in value) return readText(analysis, { assignment, before, text: expandText(analysis, value, scope) });
  const fields = expandWords(analysis, value, scope);
  const wasList = !append || before?.kind === 'list';
  if (!wasList || fields.some((field) => field.arity === 'list')) {
    return { kind: 'unknown', identity: freshIdentity(analysis) };
  }
  return {
    kind: 'list',
    items: [...(before?.kind === 'list' ? before.items : []), ...fields.map((field) => field.text)],
  };
}

interface TextAssignment {
  readonly assignment: Assignment;
  readonly before: Value | undefined;
  readonly text: PlacedText;
}

/** A value that is put together of others may double at every turn, so it is followed up to this length only. */
const MAX_COMPOSED = 1024;

function readText(analysis: Analysis, { assignment, before, text }: TextAssignment): Value {
  const composed = text.some((run) => run.kind === 'derived' && run.value) || assignment.append;
  const length = (before?.kind === 'text' ? textOf(before.text).length : 0) + textOf(text).length;
  const lost = composed && length > MAX_COMPOSED;
  if (!assignment.append && !lost) return onlyUnknown(text) ?? { kind: 'text', text };
  if (before?.kind !== 'text' || lost) return { kind: 'unknown', identity: freshIdentity(analysis) };
  // The old value stands at the `+=`, so that places stay in order.
  const at = { start: assignment.span.start, end: assignment.span.start + assignment.name.length };
  const old = before.text.map((run) =>
    run.kind === 'unknown' ? { ...run, span: at } : derived(run.text, at, flatten([run])),
  );
  return { kind: 'text', text: [...old, ...text] };
}

/** A variable that only repeats an unknown value has its identity. */
function onlyUnknown(text: PlacedText): Value | undefined {
  const [only] = text;
  if (text.length !== 1 || only?.kind !== 'unknown') return undefined;
  return { kind: 'unknown', identity: only.identity };
}
