/** Writes a page for each rule and their index into `docs/rules/`. `--check` only says whether they are fresh. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatRuleIndex, formatRulePage } from '../server/src/core/lint/format-rule-page';
import { RULES } from '../server/src/core/lint/rules/index';

const FOLDER = join(__dirname, '..', 'docs', 'rules');

function main(check: boolean): number {
  const pages = new Map(RULES.map((rule) => [`${rule.id}.md`, formatRulePage(rule)]));
  pages.set('README.md', formatRuleIndex(RULES));
  const present = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const orphans = present.filter((name) => !pages.has(name));
  const stale = [...pages].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(FOLDER, name), 'utf8') !== text,
  );
  if (check) {
    for (const name of [...stale.map(([stalePage]) => stalePage), ...orphans])
      console.error(`docs/rules/${name} is stale: run \`npm run docs\``);
    return stale.length + orphans.length === 0 ? 0 : 1;
  }
  mkdirSync(FOLDER, { recursive: true });
  for (const name of orphans) rmSync(join(FOLDER, name));
  for (const [name, text] of stale) writeFileSync(join(FOLDER, name), text);
  console.log(`docs/rules: ${stale.length} written, ${orphans.length} removed, ${pages.size} in all`);
  return 0;
}

process.exitCode = main(process.argv.includes('--check'));
