import type { IncludedFiles } from '../policy/include-graph';
import { ok } from '../result';
import { createLineIndex } from '../text/line-index';
import { readExample } from './annotated-example';
import type { BadExample, Rule } from './define-rule';
import type { LintContext } from './document';
import { lintDocument } from './lint-document';

/** A rule's page, in Markdown: all of it comes from the rule, the findings from running its examples. */
export function formatRulePage(rule: Rule): string {
  const fence = rule.kind === 'policy' ? 'yaml' : 'sh';
  const strict = rule.strictOnly ? ', in the strict profile only' : '';
  const bad = rule.examples.bad.flatMap((example) => [
    ...(example.zfsVersion === undefined ? [] : [`With \`zfsVersion: "${example.zfsVersion}"\`:`]),
    ...(example.live === undefined ? [] : ['With inventories of both hosts that show it:']),
    ...Object.entries(example.files ?? {}).flatMap(([name, text]) => [`\`${name}\`:`, code(fence, text)]),
    ...(example.files === undefined ? [] : [`\`${examplePath(rule)}\`:`]),
    code(fence, readExample(example.text).text),
    findings(rule, example),
  ]);
  const sections = [
    `# ${rule.id}`,
    `${rule.summary}.`,
    `Severity: ${rule.severity}${strict}.`,
    rule.docs.trim(),
    '## Found',
    ...bad,
    '## Not found',
    ...rule.examples.good.map((text) => code(fence, text)),
    '## To suppress it',
    `Say why, on the line above:\n\n${code(fence, `# rawsend-disable-next-line ${rule.id} -- the reason`)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The list of all rules, for `docs/rules/README.md`. */
export function formatRuleIndex(rules: readonly Rule[]): string {
  const sections = KINDS.map(([kind, title]) => {
    const rows = rules
      .filter((rule) => rule.kind === kind)
      .map((rule) => `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.summary} |`);
    return [`## ${title}`, '', '| rule | severity | finds |', '|---|---|---|', ...rows].join('\n');
  });
  return `# Rules\n\n${INTRODUCTION}\n\n${sections.join('\n\n')}\n`;
}

const KINDS = [
  ['runbook', 'Runbooks'],
  ['policy', 'Policy files'],
] as const;

const INTRODUCTION =
  'What `rawsend lint` and the editor report. A safe fix cannot change the outcome of a run that works today; ' +
  '`--fix` applies those only. Where something is unknown, a rule says so and reports a warning at most.';

const code = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

export const examplePath = (rule: Rule): string => (rule.kind === 'policy' ? 'rawsend.yaml' : 'example.sh');

/** What an example is linted by, beside its text. */
export type ExampleFacts = Pick<BadExample, 'zfsVersion' | 'live' | 'files'>;

export const exampleContext = ({ zfsVersion, live, files }: ExampleFacts): LintContext => ({
  profile: 'strict',
  ...(files && { included: includedOf(files) }),
  ...(zfsVersion !== undefined && { zfsVersion }),
  ...(live && { live }),
});

const includedOf = (files: NonNullable<BadExample['files']>): IncludedFiles => ({
  path: '/rawsend.yaml',
  files: new Map(Object.entries(files).map(([name, text]) => [`/${name}`, ok(text)])),
});

function findings(rule: Rule, example: BadExample): string {
  const { text } = readExample(example.text);
  const lines = createLineIndex(text);
  const all = lintDocument({ path: examplePath(rule), text }, exampleContext(example));
  const own = all.filter((finding) => finding.rule === rule.id);
  const rendered = own.map(({ span, severity, message, fixes }) => {
    const { line, column } = lines.at(span.start);
    const titles = fixes.map((fix) => `  fix (${fix.safety}): ${fix.title}`);
    return [`${line}:${column} ${severity}: ${message}`, ...titles].join('\n');
  });
  return code('text', rendered.join('\n'));
}
