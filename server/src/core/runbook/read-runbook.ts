import { parseShell } from '../shell/parse-shell';
import { textOf } from '../shell/placed-text';
import { MAX_DEPTH } from './analysis';
import type { Analysis, Scope } from './analysis';
import { readDeclarations } from './declarations';
import { readEncryption } from './encryption-evidence';
import { childEnvironment, newEnvironment } from './environment';
import type { Extractor, RunbookSource, ShellRegion } from './extractor';
import { shellExtractor } from './extract-shell';
import type { Runbook } from './runbook';
import { mayMatter } from './text-gate';
import { walkList, walkNode } from './walk-script';

/** One a kind of document; the first that accepts it reads it. */
const EXTRACTORS: readonly Extractor[] = [shellExtractor];

export const isRunbook = (source: RunbookSource): boolean => EXTRACTORS.some((extractor) => extractor.accepts(source));

/**
 * Analyses a document. Never throws on what a user can write; a text without any word of ours gives an empty runbook
 * before anything is parsed. The caller keeps texts beyond `tooLarge` away.
 */
export function readRunbook(source: RunbookSource): Runbook {
  const { invocations, pipelines, receivers, senders } = analyse(source);
  return {
    path: source.path,
    text: source.text,
    invocations,
    pipelines,
    receivers,
    senders,
    declarations: readDeclarations(source.text),
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
  const extractor = EXTRACTORS.find((candidate) => candidate.accepts(source));
  for (const region of extractor?.extract(source) ?? []) walkRegion(analysis, region);
  return analysis;
}

/** Work is bounded by these factors of the document's length. */
const STEPS_PER_CHARACTER = 8;
const NESTED_PER_CHARACTER = 8;

function createAnalysis(text: string): Analysis {
  const analysis: Analysis = {
    invocations: [],
    pipelines: [],
    receivers: new Map(),
    senders: new Map(),
    opaque: 0,
    steps: 0,
    maxSteps: 1000 + text.length * STEPS_PER_CHARACTER,
    nested: 0,
    maxNested: 1000 + text.length * NESTED_PER_CHARACTER,
    calls: new Map(),
    functions: new Set(),
    loops: new Set(),
    assigned: new Map(),
    lastStatusCheck: Math.max(text.lastIndexOf('PIPESTATUS'), text.lastIndexOf('pipestatus')),
    walkList: (list, scope) => walkList(analysis, list, scope),
    walkNode: (node, scope) => walkNode(analysis, node, scope),
    walkText(placed, scope) {
      const nested = analysis.nested + textOf(placed).length;
      if (scope.depth > MAX_DEPTH || nested > analysis.maxNested) {
        analysis.opaque += 1;
        return;
      }
      analysis.nested = nested;
      walkList(analysis, parseShell(placed).statements, scope);
    },
  };
  return analysis;
}

function walkRegion(analysis: Analysis, region: ShellRegion): void {
  const scope: Scope = {
    environment: newEnvironment(region.pipefail),
    dialect: region.dialect,
    route: [],
    positional: undefined,
    functions: [],
    depth: 0,
  };
  walkList(analysis, parseShell(region.text).statements, scope);
  walkUncalled(analysis, scope);
}

/** Functions that nothing here calls run at a time that is not known, with arguments that are not known. */
function walkUncalled(analysis: Analysis, scope: Scope): void {
  for (const definition of analysis.functions) {
    if (analysis.calls.has(definition)) continue;
    analysis.calls.set(definition, 1);
    const environment = childEnvironment(scope.environment);
    walkNode(analysis, definition.body, { ...scope, environment, functions: [definition.name], depth: 1 });
  }
}
