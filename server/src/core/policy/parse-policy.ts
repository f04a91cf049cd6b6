/**
 * Reads a policy file: text in, a file and problems out, and never an exception. What a host says about the names in it
 * is not asked here.
 */
import type { FileData } from './check-file';
import { checkFile } from './check-file';
import { checkForce } from './check-force';
import { checkNames } from './check-names';
import { checkReferences } from './check-references';
import { checkValues } from './check-values';
import { checkVault } from './check-vault';
import { expandTargets } from './expand-targets';
import { graft, includedDefaults } from './graft';
import type { GraphFile, IncludedFiles } from './include-graph';
import { NOT_INCLUDED, readIncludeGraph } from './include-graph';
import type { IncludedParts, Inclusion } from './inclusion';
import { clashProblems, readInclusions } from './inclusion';
import { defaultsOf, isOfDefaults, mergeDefaults } from './merge-defaults';
import { mayBringMore, toldAtItem, withUnknown } from './open-file';
import type { PathSpans } from '../yaml/path-spans';
import { createPathSpans } from '../yaml/path-spans';
import type { HostEntry, Policy, PolicyFile } from './policy';
import type { PolicyProblem, PolicyRuleId } from './problem';
import { problem } from './problem';
import { readDrafts } from './read-drafts';
import { fileSchema } from './schema';
import { POLICY_FORM } from './schema-places';
import type { Problem } from '../yaml/problem';
import type { SchemaProblem } from '../yaml/schema-problems';
import { schemaProblems } from '../yaml/schema-problems';
import type { YamlNode, YamlTree } from '../yaml/yaml-tree';

export interface ParsedPolicy {
  /** As in `IncludedFiles`. */
  readonly path: string;
  /** Present only when there is no problem at all: nothing is planned or run from a file with a mistake in it. */
  readonly file?: PolicyFile;
  /** By position. */
  readonly problems: readonly PolicyProblem[];
  /** Of everything that the file means, included files too. What they bring has the place of its item. */
  readonly spans: PathSpans;
  /** What `spans` finds its places in. */
  readonly root?: YamlNode;
  /** With those of included files behind them. */
  readonly defaults?: YamlNode;
  readonly inclusions: readonly Inclusion[];
  /** The files, by their paths, whose mistakes keep this one from being used: itself, and what it includes. */
  readonly faults: readonly string[];
}

/** `included` has the files that the text includes, with all that those include; see `gatherIncluded`. */
export function parsePolicy(text: string, included: IncludedFiles = NOT_INCLUDED): ParsedPolicy {
  const graph = readIncludeGraph(text, included);
  const known = new Map<string, ParsedPolicy>();
  const parse = (path: string): ParsedPolicy => {
    const parsed =
      known.get(path) ?? parseFile(graph.files.get(path) ?? EMPTY, path, { graph, given: included, parse });
    known.set(path, parsed);
    return parsed;
  };
  return parse(included.path);
}

const EMPTY: GraphFile = { text: '', tree: { problems: [], damage: [] }, edges: [] };

function parseFile(read: GraphFile, path: string, parts: IncludedParts): ParsedPolicy {
  const { text } = read;
  const { inclusions, problems: refused, faults } = readInclusions(read, path, parts);
  const behind = includedDefaults(inclusions);
  const tree = mergeDefaults(read.tree, behind);
  const spans = createPathSpans(text, tree);
  const syntax = tree.problems.map(ofRule('policy-syntax'));
  if (tree.root === undefined || !isPolicyFile(tree.root)) {
    const problems = sortProblems(syntax.length > 0 ? syntax : [noPolicyFile(tree.root, spans)]);
    return { path, problems, spans, inclusions, faults: [path] };
  }
  const grafted = graft(tree, path, inclusions);
  const all = createPathSpans(text, grafted.tree);
  const { data, issues, sound } = checkFile(tree.root);
  const schema = undamaged(tree, schemaProblems(spans, POLICY_FORM, issues));
  const isOpen = mayBringMore(tree, inclusions);
  const drafts = readDrafts(spans, schema, sound).map((draft) => (isOpen ? withUnknown(spans, draft) : draft));
  const areHostsOpen = isOpen || schema.some(({ meant }) => meant?.join() === 'hosts');
  const problems = sortProblems([
    ...syntax,
    ...refused,
    ...clashProblems(grafted.clashes, path),
    ...schema
      .filter((found) => isToldHere(tree, found))
      .map((found) => toldAtItem(found, found.path[1] ?? '', inclusions))
      .map((found) => ofRule(found.rule === 'policy-names' ? found.rule : 'policy-schema')(found)),
    ...(schema.length === 0 && tree.damage.length === 0 ? nothingIn(tree.root, spans) : []),
    ...drafts.flatMap((draft) =>
      [
        ...checkValues(spans, draft),
        ...checkNames(spans, draft),
        ...checkVault(spans, draft),
        ...checkForce(text, spans, draft),
      ].map((found) => toldAtItem(found, draft.policy.entry, inclusions)),
    ),
    ...checkReferences(all, tree.damage, areHostsOpen),
  ]);
  const defaults = defaultsOf(tree, behind);
  const { root } = grafted.tree;
  const places = {
    path,
    problems,
    spans: all,
    inclusions,
    faults: problems.length > refused.length ? [...faults, path] : faults,
    ...(root && { root }),
    ...(defaults && { defaults }),
  };
  return problems.length === 0 && data !== undefined
    ? { ...places, file: withIncluded(toFile(data), inclusions) }
    : places;
}

/** What is wrong in the defaults is told there, and not once more for each policy. */
const isToldHere = (tree: YamlTree, { path: [section], span }: SchemaProblem): boolean =>
  section !== 'policies' || !isOfDefaults(tree, span);

const ofRule =
  (rule: PolicyRuleId) =>
  (found: Problem): PolicyProblem => ({ ...found, rule });

function toFile(data: FileData): PolicyFile {
  const hosts = Object.entries(data.hosts ?? {}).map(([name, host]): [string, HostEntry] => [name, { name, ...host }]);
  const policies = Object.entries(data.policies ?? {})
    .flatMap(([entry, policy]) => expandTargets(entry, policy))
    .map((policy): [string, Policy] => [policy.name, policy]);
  return { version: data.version, hosts: Object.fromEntries(hosts), policies: Object.fromEntries(policies) };
}

/** What the file says itself comes first. No name is in two files. */
function withIncluded(file: PolicyFile, inclusions: readonly Inclusion[]): PolicyFile {
  const files = [file, ...inclusions.flatMap(({ brought }) => brought?.file ?? [])];
  return {
    ...file,
    hosts: Object.fromEntries(files.flatMap(({ hosts }) => Object.entries(hosts))),
    policies: Object.fromEntries(files.flatMap(({ policies }) => Object.entries(policies))),
  };
}

/** One mistake is told of a text that has nothing of a policy file, not one for each thing that it lacks. */
const isPolicyFile = (root: YamlNode): boolean => Object.keys(fileSchema.shape).some((key) => root.entries.has(key));

function noPolicyFile(root: YamlNode | undefined, spans: PathSpans): PolicyProblem {
  const found = root === undefined ? 'the file is empty' : 'this is no policy file';
  const message = `${found}: it begins with \`version: 1\` and has the sections \`hosts\` and \`policies\``;
  return problem('policy-schema', spans.nearest([]), message);
}

/** A file may lack any section, but not all of them. */
function nothingIn({ entries }: YamlNode, spans: PathSpans): readonly PolicyProblem[] {
  if (Object.keys(fileSchema.shape).some((key) => key !== 'version' && entries.has(key))) return [];
  const message =
    'the file has no `hosts`, no `policies`, no `defaults` and no `include`, so it means nothing: write one of them';
  return [problem('policy-schema', spans.nearest([]), message)];
}

/**
 * Leaves out what may be a consequence of broken syntax: everything in the host or policy that holds the damage, and
 * what the file as a whole seems to lack.
 */
function undamaged({ root, damage }: YamlTree, problems: readonly SchemaProblem[]): readonly SchemaProblem[] {
  if (damage.length === 0) return problems;
  return problems.filter(({ path: [section, name] }) => {
    if (section === undefined || name === undefined) return false;
    const entry = root?.entries.get(section)?.node.entries.get(name);
    return (
      entry !== undefined && !damage.some(({ start, end }) => start <= entry.node.span.end && end >= entry.key.start)
    );
  });
}

/** By position, and each once: an alias makes two policies share one mistake. */
function sortProblems(problems: readonly PolicyProblem[]): readonly PolicyProblem[] {
  const unique = new Map(
    problems.map((found) => [`${found.rule} ${found.span.start} ${found.span.end} ${found.message}`, found]),
  );
  return [...unique.values()].toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
