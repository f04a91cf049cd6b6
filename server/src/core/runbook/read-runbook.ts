import { shellStatements } from '../shell/parse-shell';
import { createPlacement, textOf, verbatim } from '../shell/placed-text';
import { MAX_DEPTH } from './analysis';
import type { Analysis, Scope } from './analysis';
import { indexDeclarations, readDeclarations } from './declarations';
import { readEncryption } from './encryption-evidence';
import { childEnvironment, newEnvironment } from './environment';
import type { Environment } from './environment';
import { forkText, walkWays } from './fork-choices';
import type { PlacedDocument, RunbookSource, ShellRegion } from './extractor';
import { extractorFor } from './extractors';
import type { Runbook, Site } from './runbook';
import { readRawReceives, readTransfers } from './transfers';
import { markChecked } from './status-checks';
import { mayMatter } from './text-gate';
import { walkList, walkNode } from './walk-script';

/**
 * Analyses a document. Never throws on what a user can write; a text without any word of ours gives an empty runbook
 * before anything is parsed. The caller keeps texts beyond `tooLarge` away.
 */
export function readRunbook(source: RunbookSource): Runbook {
  const { invocations, pipelines, rigid, calls, fallbacks, files, assignments, origins, receivers, senders } =
    analyse(source);
  const transfers = readTransfers(invocations, receivers);
  const declarations = readDeclarations(source.text);
  return {
    path: source.path,
    text: source.text,
    invocations,
    pipelines: markChecked(source.text, pipelines),
    calls,
    fallbacks,
    files,
    assignments,
    origins,
    receivers,
    senders,
    transfers,
    rawReceives: readRawReceives(transfers),
    rigid: rigid.toSorted((a, b) => a.start - b.start),
    declarations,
    declared: indexDeclarations(declarations),
    encryption: readEncryption(invocations),
  };
}

/** The work that an analysis takes: for the test that it grows no faster than the document. */
export function countSteps(source: RunbookSource): { readonly steps: number; readonly nested: number } {
  const { steps, nested } = analyse(source);
  return { steps, nested };
}

function analyse(source: RunbookSource): Analysis {
  const analysis = createAnalysis(source.text);
  if (!mayMatter(source.text)) return analysis;
  walkRegions(analysis, { ...source, placement: createPlacement([verbatim(source.text, 0)]) }, TOP);
  return analysis;
}

/** Work is bounded by these factors of the document's length. */
const STEPS_PER_CHARACTER = 8;
const NESTED_PER_CHARACTER = 8;

function createAnalysis(text: string): Analysis {
  const analysis: Analysis = {
    invocations: [],
    pipelines: [],
    rigid: [],
    receivers: new Map(),
    senders: new Map(),
    calls: [],
    fallbacks: [],
    files: [],
    assignments: [],
    origins: new Map(),
    output: undefined,
    opaque: 0,
    steps: 0,
    maxSteps: 1000 + text.length * STEPS_PER_CHARACTER,
    nested: 0,
    maxNested: 1000 + text.length * NESTED_PER_CHARACTER,
    visits: new Map(),
    functions: [],
    loops: new Set(),
    assigned: new Map(),
    leaving: new Map(),
    walkList: (list, scope) => walkList(analysis, list, scope),
    walkNode: (node, scope) => walkNode(analysis, node, scope),
    walkText(placed, scope) {
      const nested = analysis.nested + textOf(placed).length;
      if (scope.depth > MAX_DEPTH || nested > analysis.maxNested) {
        analysis.opaque += 1;
        return;
      }
      analysis.nested = nested;
      const ways = forkText(placed);
      if (ways) walkWays(analysis, scope, { ways, walk: (way, inner) => analysis.walkText(way, inner) });
      else walkList(analysis, shellStatements(placed), scope);
    },
    walkDocument(path, placed, scope) {
      const placement = createPlacement(placed);
      const nested = analysis.nested + placement.text.length;
      if (scope.depth > MAX_DEPTH || nested > analysis.maxNested) return;
      analysis.nested = nested;
      walkRegions(analysis, { path, text: placement.text, placement }, { ...scope, depth: scope.depth + 1 });
    },
  };
  return analysis;
}

const TOP: Pick<Scope, 'site' | 'depth'> = {
  site: { route: [], functions: [], loops: [], setting: { medium: 'script' }, dialect: 'unknown' },
  depth: 0,
};

/** Each region in a shell of its own, unless it goes on in that of an earlier one. */
function walkRegions(analysis: Analysis, document: PlacedDocument, outer: Pick<Scope, 'site' | 'depth'>): void {
  const sessions = new Map<string, Environment>();
  for (const region of extractorFor(document)?.extract(document) ?? []) {
    if (region.kind === 'file') {
      analysis.walkDocument(region.path, region.text, outer);
      continue;
    }
    analysis.rigid.push(...(region.rigid ?? []));
    const environment = environmentOf(region, sessions);
    const route = [...outer.site.route, ...region.route];
    const site: Site = { route, functions: [], loops: [], setting: region.setting, dialect: region.dialect };
    const scope: Scope = { environment, site, streams: {}, depth: outer.depth };
    const known = analysis.functions.length;
    walkList(analysis, shellStatements(region.text), scope);
    walkUncalled(analysis, scope, known);
  }
}

function environmentOf({ session, pipefail }: ShellRegion, sessions: Map<string, Environment>): Environment {
  const before = session === undefined ? undefined : sessions.get(session);
  const environment = before ?? newEnvironment(pipefail);
  if (session !== undefined) sessions.set(session, environment);
  return environment;
}

/** Functions that nothing here calls run at a time that is not known, with arguments that are not known. */
function walkUncalled(analysis: Analysis, scope: Scope, from: number): void {
  // Functions within functions are met on the way.
  for (let index = from; index < analysis.functions.length; index++) {
    const definition = analysis.functions[index];
    if (!definition || analysis.visits.has(definition)) continue;
    analysis.visits.set(definition, { count: 1, steps: Infinity });
    const environment = { ...childEnvironment(scope.environment), positional: undefined };
    const site = { ...scope.site, functions: [definition.name] };
    walkNode(analysis, definition.body, { ...scope, environment, site, depth: scope.depth + 1 });
  }
}
