import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `strict` documents have findings in the strict profile. */
export type FixtureKind = 'ok' | 'err' | 'strict';

export interface RunbookFixture {
  readonly kind: FixtureKind;
  /** Within the folder of fixtures: the name decides what kind of document it is. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const FIXTURES = join(__dirname, '..', '..', 'fixtures');

/** Policies are no runbooks. */
export const DOCUMENT_KINDS: readonly string[] = readdirSync(FIXTURES).filter((name) => name !== 'policy');

/** Every document of one kind; some names are paths, because the folder says what the document is. */
export function runbookFixtures(document: string, kind: FixtureKind): readonly RunbookFixture[] {
  const folder = join(FIXTURES, document, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.out'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({ kind, name: path.slice(FIXTURES.length + 1), path, text: readFileSync(path, 'utf8') }));
}
