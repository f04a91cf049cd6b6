import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LintedFile } from '../../../server/src/cli/reporters/lint-result';
import { lintDocument } from '../../../server/src/core/lint/lint-document';

const FIXTURES = path.join(__dirname, '..', '..', 'fixtures');

/** Every fixture, linted at the letter. */
export function lintFixtures(): readonly LintedFile[] {
  const entries = readdirSync(FIXTURES, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry): LintedFile[] => {
    const name = path.relative(FIXTURES, path.join(entry.parentPath, entry.name));
    if (!entry.isFile() || name.endsWith('.out')) return [];
    const text = readFileSync(path.join(FIXTURES, name), 'utf8');
    // Policies have names here that would not make them policies.
    const shown = name.startsWith('policy') ? name.replace(/\.yaml$/, '.rawsend.yaml') : name;
    const findings = lintDocument({ path: shown, text }, { profile: 'strict' });
    return [{ kind: 'linted', path: shown, text, original: text, findings }];
  });
}
