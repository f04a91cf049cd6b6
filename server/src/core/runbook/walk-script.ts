import { unreachable } from '../result';
import type { PlacedText } from '../shell/placed-text';
import type { AndOr, Case, For, If, List, Loop, Pipeline, ShellNode, Statement } from '../shell/script';
import {
  CHEAP,
  MAX_VISITS,
  freshIdentity,
  listen,
  markOf,
  ranBetween,
  ranSince,
  within,
  withinBudget,
} from './analysis';
import type { Analysis, Mark, Scope } from './analysis';
import { POSITIONAL, assignedNames } from './assigned-names';
import { childEnvironment, mergeBranches } from './environment';
import type { Environment } from './environment';
import { expandWord, expandWords } from './expand-word';
import { joinStreams } from './join-streams';
import { leavesLoop } from './leaves-loop';
import { readRedirects, runCommand } from './run-command';
import type { Field, Input, LoopUse, Stage, Streams } from './runbook';
import { looksAtStatus } from './status-checks';
import type { Span } from '../text/span';

/**
 * Follows a script in the order in which a shell would run it. Both branches of a condition are followed and
 * merged; a loop's body is followed with the variables that it assigns unknown.
 */
export function walkList(analysis: Analysis, list: Iterable<Statement>, scope: Scope): void {
  for (const statement of list) {
    // What runs in the background is a subshell.
    walkNode(analysis, statement.node, statement.background ? branch(scope) : scope);
  }
}

export function walkNode(analysis: Analysis, node: ShellNode, scope: Scope): void {
  analysis.steps += 1;
  if (!withinBudget(analysis)) return;
  switch (node.kind) {
    case 'command':
      return runCommand(analysis, node, scope);
    case 'pipeline':
      return walkPipeline(analysis, node, scope);
    case 'and-or':
      return walkAndOr(analysis, node, scope);
    case 'group':
      return walkList(analysis, node.body, node.subshell ? branch(scope) : scope);
    case 'if':
      return walkIf(analysis, node, scope);
    case 'loop':
      return walkLoop(analysis, node, scope);
    case 'for':
      return walkFor(analysis, node, scope);
    case 'case':
      return walkCase(analysis, node, scope);
    case 'function':
      scope.environment.functions.set(node.name, node);
      analysis.functions.push(node);
      return undefined;
    case 'words':
      expandWords(analysis, node.words, scope);
      return undefined;
    case 'redirected': {
      const mark = markOf(analysis);
      const streams = readRedirects(analysis, node.redirects, scope);
      const ran = ranSince(analysis, mark, node.span);
      return walkNode(analysis, node.node, { ...scope, streams, ...(ran.invocations.length > 0 && { feed: ran }) });
    }
    default:
      return unreachable(node);
  }
}

const branch = (scope: Scope): Scope => ({ ...scope, environment: childEnvironment(scope.environment) });

/** What more stages than these filter is no longer what went in. */
const MAX_FILTERS = 6;

/** Each stage is a subshell of its own. */
function walkPipeline(analysis: Analysis, node: Pipeline, scope: Scope): void {
  const { pipefail } = scope.environment;
  const marks: Mark[] = [];
  let { feed } = scope;
  let printed: PlacedText = [];
  const stages = node.stages.map((stage, index): Stage => {
    const [mark, opaqueBefore] = [markOf(analysis), analysis.opaque];
    const output: Input | undefined =
      printed.length === 0 ? undefined : { kind: 'pipe', text: printed, span: stage.span };
    const streams = streamsOf(scope.streams, { output, index, of: node.stages.length });
    printed = listen(analysis, () =>
      walkNode(analysis, stage, { ...scope, environment: childEnvironment(scope.environment), streams, feed }),
    );
    const ran = ranSince(analysis, mark, stage.span);
    marks.push(mark);
    // A list that goes through `tail` is still that list.
    feed = ranSince(analysis, marks[Math.max(0, index - MAX_FILTERS)] ?? mark, node.span);
    const { invocations, calls, span } = ran;
    return { span, invocations, calls, opaque: analysis.opaque > opaqueBefore, checked: looksAtStatus(stage) };
  });
  analysis.steps += printed.length >> 2;
  for (const run of analysis.output ? printed : []) analysis.output?.push(run);
  analysis.pipelines.push({
    span: node.span,
    stages,
    pipefail,
    site: scope.site,
    checked: false,
  });
  joinStreams(analysis, stages);
}

interface Position {
  /** What the stage before printed. */
  readonly output: Input | undefined;
  readonly index: number;
  readonly of: number;
}

/** The first stage reads what the pipeline reads, and the last one writes where it writes. */
function streamsOf({ writes, ...source }: Streams, { output, index, of }: Position): Streams {
  const read = output ? { input: output } : {};
  return { ...(index === 0 ? source : read), ...(index === of - 1 && writes && { writes }) };
}

/** The first part runs; each that follows may or may not. */
function walkAndOr(analysis: Analysis, { parts, operators, span }: AndOr, scope: Scope): void {
  const start = markOf(analysis);
  parts.forEach((part, index) => {
    const mark = markOf(analysis);
    if (index === 0) return walkNode(analysis, part, scope);
    walkMaybe(analysis, scope, (inner) => walkNode(analysis, part, inner));
    if (operators[index - 1] === '||') addFallback(analysis, { from: start, to: mark, span });
    return undefined;
  });
}

/** Beyond this a fallback is no repetition of a command but a program of its own. */
const MAX_FALLBACK = 16;

/** What runs since `to` runs because something between `from` and `to` did not end well. */
function addFallback(analysis: Analysis, at: { readonly from: Mark; readonly to: Mark; readonly span: Span }): void {
  const [before, after] = [at.to.invocations - at.from.invocations, analysis.invocations.length - at.to.invocations];
  if (before === 0 || after === 0 || before > MAX_FALLBACK || after > MAX_FALLBACK) return;
  analysis.fallbacks.push({ first: ranBetween(analysis, at), second: ranSince(analysis, at.to, at.span) });
}

function walkMaybe(analysis: Analysis, scope: Scope, walk: (scope: Scope) => void): void {
  const taken = branch(scope);
  walk(taken);
  merge(analysis, scope.environment, [taken, scope]);
}

function merge(analysis: Analysis, into: Environment, branches: readonly Scope[]): void {
  mergeBranches(
    into,
    branches.map((scope) => scope.environment),
    freshIdentity(analysis),
  );
}

function walkIf(analysis: Analysis, node: If, scope: Scope): void {
  const taken: Scope[] = [];
  const start = markOf(analysis);
  let tried = start;
  for (const { condition, body } of node.branches) {
    walkList(analysis, condition, scope);
    tried = markOf(analysis);
    const inner = branch(scope);
    walkList(analysis, body, inner);
    taken.push(inner);
  }
  const otherwise = node.otherwise ? branch(scope) : scope;
  if (node.otherwise) walkList(analysis, node.otherwise, otherwise);
  // Of several branches only the last condition is compared: enough for `if ! send; then send; fi`.
  addFallback(analysis, { from: start, to: tried, span: node.span });
  merge(analysis, scope.environment, [...taken, otherwise]);
}

function walkCase(analysis: Analysis, node: Case, scope: Scope): void {
  expandWord(analysis, node.word, scope);
  const branches = node.branches.map((body) => {
    const inner = branch(scope);
    walkList(analysis, body, inner);
    return inner;
  });
  merge(analysis, scope.environment, [...branches, scope]);
}

function walkLoop(analysis: Analysis, node: Loop, scope: Scope): void {
  forgetAssigned(analysis, [node.condition, node.body], scope);
  const use: LoopUse = { kind: 'while', span: node.span, part: 'body', leaves: mayLeave(analysis, node.body) };
  walkList(analysis, node.condition, within(scope, { ...use, part: 'condition' }));
  walkMaybe(analysis, scope, (inner) => walkList(analysis, node.body, within(inner, use)));
}

function mayLeave(analysis: Analysis, list: List): boolean {
  const known = analysis.leaving.get(list);
  if (known !== undefined) return known;
  const leaves = leavesLoop(list);
  analysis.leaving.set(list, leaves);
  return leaves;
}

/** More items than these are not followed one by one. */
const MAX_ITEMS = 64;

/** A list that is known is followed item by item, any other with an unknown variable. */
function walkFor(analysis: Analysis, node: For, scope: Scope): void {
  const items = node.items ? expandWords(analysis, node.items, scope) : scope.environment.positional;
  forgetAssigned(analysis, [node.body], scope);
  const known = items && items.length > 0 && items.length <= MAX_ITEMS && items.every((item) => item.arity === 'one');
  const isFirst = !analysis.loops.has(node);
  analysis.loops.add(node);
  const turns: readonly (Field | undefined)[] = known && isFirst ? items : [undefined];
  const use: LoopUse = { kind: 'for', span: node.span, part: 'body', leaves: mayLeave(analysis, node.body) };
  walkMaybe(analysis, within(scope, use), (inner) => {
    const before = analysis.steps;
    for (let turn = 0; turn < turns.length; turn++) {
      // A long body is not followed for each of many.
      const isMany = turns.length > MAX_VISITS && turn > 0 && analysis.steps - before > CHEAP * turn;
      const item = isMany ? undefined : turns[turn];
      const identity = freshIdentity(analysis);
      if (!item) inheritOrigin(analysis, items, identity);
      inner.environment.own.set(node.name, item ? { kind: 'text', text: item.text } : { kind: 'unknown', identity });
      walkList(analysis, node.body, inner);
      if (isMany) break;
    }
  });
}

/** A name that goes over what a command printed comes from that command. */
function inheritOrigin(analysis: Analysis, items: readonly Field[] | undefined, identity: string): void {
  for (const run of items?.flatMap((item) => item.text) ?? []) {
    const origin = run.kind === 'unknown' ? analysis.origins.get(run.identity) : undefined;
    if (origin) analysis.origins.set(identity, origin);
  }
}

/** Before a loop's first turn its variables may be those of an earlier turn. */
function forgetAssigned(analysis: Analysis, lists: readonly List[], scope: Scope): void {
  const identity = freshIdentity(analysis);
  for (const name of lists.flatMap((list) => namesOf(analysis, list))) {
    if (name === POSITIONAL) scope.environment.positional = undefined;
    else scope.environment.own.set(name, { kind: 'unknown', identity: `${identity}:${name}` });
  }
}

function namesOf(analysis: Analysis, list: List): readonly string[] {
  const known = analysis.assigned.get(list);
  if (known) return known;
  const names = [...new Set(assignedNames(list))];
  analysis.assigned.set(list, names);
  return names;
}
