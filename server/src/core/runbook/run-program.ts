import { textOf } from '../shell/placed-text';
import type { FunctionDefinition } from '../shell/script';
import type { Span } from '../text/span';
import { CHEAP, MAX_DEPTH, MAX_VISITS, freshIdentity, within } from './analysis';
import type { Analysis, Scope } from './analysis';
import { BUILTINS } from './builtins';
import { forgetAll } from './environment';
import { forkFields, walkWays } from './fork-choices';
import { guessProgram } from './guess-program';
import { readInvocation } from './read-invocation';
import { readRepeater } from './repeaters';
import type { Field, Streams } from './runbook';
import { outputOf, runText, textProgram } from './run-text';
import { programName, stripWrappers } from './wrappers';

/** A command after expansion, without what only runs it. */
export interface ProgramCall {
  readonly fields: readonly Field[];
  /** The whole command in the document. */
  readonly span: Span;
  readonly streams: Streams;
  /** Something runs it, so it is a program and no function of the document: `sudo zfs`, `command zfs`; a path is one too. */
  readonly wrapped: boolean;
}

export interface NamedCall extends ProgramCall {
  readonly name: string;
  /** The fields without the program. */
  readonly args: readonly Field[];
}

/** Does whatever the program does that matters here. */
export function runFields(analysis: Analysis, call: ProgramCall, scope: Scope): void {
  const { fields, span, streams, wrapped } = call;
  const ways = forkFields(fields);
  if (ways) return walkWays(analysis, scope, { ways, walk: (way, inner) => runStripped(analysis, call, way, inner) });
  const name = programName(fields[0]);
  // Spelled out, for this is the innermost of all: objects of one shape are far cheaper than copies.
  if (name !== undefined)
    return runProgram(analysis, { name, args: fields.slice(1), fields, span, streams, wrapped }, scope);
  const guess = guessProgram(fields);
  if (guess) return runStripped(analysis, call, guess, scope);
  analysis.opaque += fields.length === 0 ? 0 : 1;
  return undefined;
}

const runStripped = (analysis: Analysis, call: ProgramCall, fields: readonly Field[], scope: Scope): void =>
  runFields(analysis, { ...call, fields: stripWrappers(fields) }, scope);

function runProgram(analysis: Analysis, call: NamedCall, scope: Scope): void {
  const { name, fields, args } = call;
  const isProgram = call.wrapped || textOf(fields[0]?.text ?? []) !== name;
  const definition = isProgram ? undefined : scope.environment.functions.get(name);
  if (definition) return callFunction(analysis, definition, call, scope);
  if (name === 'zfs' || name === 'zpool') return invoke(analysis, name, call, scope);
  recordCall(analysis, call, scope);
  const program = textProgram(name);
  if (program) return program(analysis, call, scope);
  const repeated = readRepeater(analysis, name, args);
  if (repeated.length === 0) return BUILTINS.get(name)?.({ analysis, args, scope });
  const inner = within(scope, { kind: 'each', span: call.span, part: 'body', leaves: false });
  for (const command of repeated) {
    if (command.kind === 'text') runText(analysis, command.text, { ...inner, streams: outputOf(call) });
    else runFields(analysis, { ...call, fields: stripWrappers(command.fields), streams: outputOf(call) }, inner);
  }
  return undefined;
}

function invoke(analysis: Analysis, name: 'zfs' | 'zpool', call: NamedCall, scope: Scope): void {
  const invocation = readInvocation(name, call.fields, { home: call.span, site: scope.site, streams: call.streams });
  if (invocation) analysis.invocations.push(invocation);
  else analysis.opaque += 1;
}

function recordCall(analysis: Analysis, { name, fields, args, span, streams }: NamedCall, scope: Scope): void {
  const programSpan = fields[0]?.span ?? span;
  analysis.calls.push({ name, args, span, programSpan, site: scope.site, ...streams });
}

/** The body is followed at each call, with the call's arguments; a long one a few times at most. */
function callFunction(analysis: Analysis, definition: FunctionDefinition, call: NamedCall, scope: Scope): void {
  const visits = analysis.visits.get(definition) ?? { count: 0, steps: 0 };
  if (scope.depth >= MAX_DEPTH || (visits.count >= MAX_VISITS && visits.steps > CHEAP)) {
    forgetAll(scope.environment, freshIdentity(analysis));
    return;
  }
  const before = analysis.steps;
  // Counted before it ends, for it may call itself.
  analysis.visits.set(definition, { count: visits.count + 1, steps: Infinity });
  const { environment } = scope;
  const { positional } = environment;
  environment.positional = call.args;
  analysis.walkNode(definition.body, {
    ...scope,
    site: { ...scope.site, functions: [...scope.site.functions, call.name] },
    streams: call.streams,
    depth: scope.depth + 1,
  });
  environment.positional = positional;
  analysis.visits.set(definition, { count: visits.count + 1, steps: analysis.steps - before });
}
