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
import { isOfDefaults, mergeDefaults } from './merge-defaults';
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
import { readYaml } from '../yaml/yaml-tree';

export interface ParsedPolicy {
  /** Present only when there is no problem at all: nothing is planned or run from a file with a mistake in it. */
  readonly file?: PolicyFile;
  /** By position. */
  readonly problems: readonly PolicyProblem[];
  readonly spans: PathSpans;
}

export function parsePolicy(text: string): ParsedPolicy {
  const tree = mergeDefaults(readYaml(text));
  const spans = createPathSpans(text, tree);
  const syntax = tree.problems.map(ofRule('policy-syntax'));
  if (tree.root === undefined || !isPolicyFile(tree.root)) {
    return {
      problems: sortProblems(syntax.length > 0 ? syntax : [noPolicyFile(tree.root, spans)]),
      spans,
    };
  }
  const { data, issues, sound } = checkFile(tree.root);
  const schema = undamaged(tree, schemaProblems(spans, POLICY_FORM, issues));
  const drafts = readDrafts(spans, schema, sound);
  const problems = sortProblems([
    ...syntax,
    ...schema
      .filter((found) => isToldHere(tree, found))
      .map((found) => ofRule(found.rule === 'policy-names' ? found.rule : 'policy-schema')(found)),
    ...checkReferences(spans, tree.damage),
    ...drafts.flatMap((draft) => [
      ...checkValues(spans, draft),
      ...checkNames(spans, draft),
      ...checkVault(spans, draft),
      ...checkForce(text, spans, draft),
    ]),
  ]);
  return problems.length === 0 && data !== undefined ? { file: toFile(data), problems, spans } : { problems, spans };
}

/** What is wrong in the defaults is told there, and not once more for each policy. */
const isToldHere = (tree: YamlTree, { path: [section], span }: SchemaProblem): boolean =>
  section !== 'policies' || !isOfDefaults(tree, span);

const ofRule =
  (rule: PolicyRuleId) =>
  (found: Problem): PolicyProblem => ({ ...found, rule });

function toFile(data: FileData): PolicyFile {
  const hosts = Object.entries(data.hosts).map(([name, host]): [string, HostEntry] => [name, { name, ...host }]);
  const policies = Object.entries(data.policies)
    .flatMap(([entry, policy]) => expandTargets(entry, policy))
    .map((policy): [string, Policy] => [policy.name, policy]);
  return { version: data.version, hosts: Object.fromEntries(hosts), policies: Object.fromEntries(policies) };
}

/** One mistake is told of a text that has nothing of a policy file, not one for each thing that it lacks. */
const isPolicyFile = (root: YamlNode): boolean => Object.keys(fileSchema.shape).some((key) => root.entries.has(key));

function noPolicyFile(root: YamlNode | undefined, spans: PathSpans): PolicyProblem {
  const found = root === undefined ? 'the file is empty' : 'this is no policy file';
  const message = `${found}: it begins with \`version: 1\` and has the sections \`hosts\` and \`policies\``;
  return problem('policy-schema', spans.nearest([]), message);
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
