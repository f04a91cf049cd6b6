/**
 * Writes what is generated from the sources: a page for each rule and their index into `docs/rules/`, the
 * reference of the policy file, and the JSON Schemas of our files into `resources/`. `--check` only says whether they are fresh.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configJsonSchema } from '../server/src/core/config/config-json-schema';
import { formatRuleIndex, formatRulePage } from '../server/src/core/lint/format-rule-page';
import { RULES } from '../server/src/core/lint/rules/index';
import { formatPolicyPage } from '../server/src/core/policy/format-policy-page';
import { policyJsonSchema } from '../server/src/core/policy/policy-json-schema';

const ROOT = join(__dirname, '..');
const RULE_PAGES = 'docs/rules';

/** Every generated file, by its path in the repository. */
const FILES: ReadonlyMap<string, string> = new Map([
  ...RULES.map((rule): [string, string] => [`${RULE_PAGES}/${rule.id}.md`, formatRulePage(rule)]),
  [`${RULE_PAGES}/README.md`, formatRuleIndex(RULES)],
  ['docs/policy.md', formatPolicyPage()],
  ['resources/rawsend.schema.json', formatJson(policyJsonSchema())],
  ['resources/rawsend.config.schema.json', formatJson(configJsonSchema())],
]);

function main(check: boolean): number {
  const stale = [...FILES].filter(([file, text]) => !isFresh(join(ROOT, file), text)).map(([file]) => file);
  // A rule that is gone leaves its page behind.
  const orphans = listPages().filter((file) => !FILES.has(file));
  if (check) {
    for (const file of [...stale, ...orphans]) console.error(`${file} is stale: run \`npm run docs\``);
    return stale.length + orphans.length === 0 ? 0 : 1;
  }
  mkdirSync(join(ROOT, RULE_PAGES), { recursive: true });
  for (const file of orphans) rmSync(join(ROOT, file));
  for (const file of stale) writeFileSync(join(ROOT, file), FILES.get(file) ?? '');
  console.log(`${stale.length} written, ${orphans.length} removed, ${FILES.size} in all`);
  return 0;
}

function formatJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function isFresh(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

function listPages(): readonly string[] {
  const folder = join(ROOT, RULE_PAGES);
  return existsSync(folder) ? readdirSync(folder).map((name) => `${RULE_PAGES}/${name}`) : [];
}

process.exitCode = main(process.argv.includes('--check'));
