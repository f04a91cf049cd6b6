import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from '../../server/src/core/lint/document';
import { RULES } from '../../server/src/core/lint/rules/index';

/** What documents are made from: every fixture, whatever its kind, and every example of a rule. */
export function readCorpus(root: string): readonly Document[] {
  const folder = join(root, 'test', 'fixtures');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.out'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const fixtures = files.map((file) => document(file.slice(folder.length + 1), readFileSync(file, 'utf8')));
  return [...fixtures, ...examples()];
}

/** Policies among the fixtures have names of their own, so their folder says what they are. */
const document = (path: string, text: string): Document =>
  path.startsWith('policy') ? { path, text, languageId: 'rawsend' } : { path, text };

function examples(): readonly Document[] {
  return RULES.flatMap(({ id, kind, examples: { bad, good } }) => {
    const path = kind === 'policy' ? `${id}.rawsend.yaml` : `${id}.sh`;
    return [...bad.map(({ text }) => text), ...good].map((text) => ({ path, text }));
  });
}
