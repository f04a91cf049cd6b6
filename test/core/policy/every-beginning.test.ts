/** A file is broken most of the time while it is typed, and everything that the editor asks has to be answered then too. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completePolicy } from '../../../server/src/core/policy/complete-policy';
import { foldPolicy } from '../../../server/src/core/policy/fold-policy';
import { hoverPolicy } from '../../../server/src/core/policy/hover-policy';
import { includesOf } from '../../../server/src/core/policy/include-graph';
import { makeVault } from '../../../server/src/core/policy/make-vault';
import { nameUses } from '../../../server/src/core/policy/name-uses';
import { findEntries, findUses } from '../../../server/src/core/policy/navigate-policy';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { policyHints } from '../../../server/src/core/policy/policy-hints';
import { aliasPlaces } from '../../../server/src/core/policy/policy-links';
import type { PolicySymbol } from '../../../server/src/core/policy/policy-symbols';
import { policySymbols } from '../../../server/src/core/policy/policy-symbols';
import { policyTokens } from '../../../server/src/core/policy/policy-tokens';
import { renameIn, renameableAt } from '../../../server/src/core/policy/rename-policy';
import { selectPolicy } from '../../../server/src/core/policy/select-policy';
import { spellOutDefaults } from '../../../server/src/core/policy/spell-out-defaults';
import type { Span } from '../../../server/src/core/text/span';
import { span } from '../../../server/src/core/text/span';
import { HOSTS, includedFrom, including } from './include-text';
import { KNOWN } from './inventories';

const FIXTURES = join(__dirname, '../../fixtures/policy');

const fixtures = (): readonly string[] =>
  ['ok', 'err'].flatMap((folder) =>
    readdirSync(join(FIXTURES, folder))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(FIXTURES, folder, name)),
  );

/** What the fixtures may include; the paths of the last are completed. */
const INCLUDED = includedFrom({
  'hosts.yaml': HOSTS,
  'common/defaults.yaml': including('../hosts.yaml', 'defaults: { receive: { mount: true }, recursive: false }\n'),
  'broken.yaml': HOSTS.slice(0, -9),
});
const ALL_KNOWN = { ...KNOWN, included: INCLUDED, paths: ['more.yaml', 'common/more hosts.yaml'] };

/** What is asked of a text as a whole; every answer is the places that it names. */
const OF_TEXT: Readonly<Record<string, (text: string) => readonly Span[]>> = {
  names: (text) => nameUses(text).map((use) => use.span),
  symbols: (text) => policySymbols(text).flatMap(symbolSpans),
  folds: (text) => foldPolicy(text).map((fold) => fold.span),
  links: (text) => aliasPlaces(text, ['vault', 'prod', 'a', 'b']),
  tokens: (text) => inOrder(policyTokens(text).map((token) => token.span)),
  problems: (text) =>
    parsePolicy(text, INCLUDED).problems.flatMap(({ span: place, fixes, related }) => [
      place,
      ...related.map((other) => other.span),
      ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span)),
    ]),
  includes: (text) => includesOf(text).map((item) => item.span),
  hints: (text) => policyHints(text, INCLUDED).map(({ offset }) => span(offset, offset)),
};

/** What is asked of an offset. */
const OF_OFFSET: Readonly<Record<string, (text: string, offset: number) => readonly Span[]>> = {
  completion: (text, offset) =>
    completePolicy(text, offset, ALL_KNOWN).flatMap(({ edit, also }) => [edit.span, ...(also ? [also.span] : [])]),
  hover: (text, offset) => [hoverPolicy(text, offset, ALL_KNOWN)?.span ?? span(0, 0)],
  selection: (text, offset) => growing(selectPolicy(text, offset), offset),
  names: namesAt,
  rewrites: (text, offset) =>
    [spellOutDefaults, makeVault].flatMap((rewrite) => changed(text, rewrite(text, offset, INCLUDED)?.text)),
};

/** A section holds its entries, and each its name: editors refuse symbols that do not. */
function symbolSpans({ span: whole, nameSpan, children }: PolicySymbol): readonly Span[] {
  const within = [nameSpan, ...children.map((child) => child.span)];
  for (const inner of within) assert.ok(whole.start <= inner.start && inner.end <= whole.end);
  return [whole, ...within, ...children.flatMap(symbolSpans)];
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  for (const [index, { start, end }] of spans.entries())
    assert.ok(start < end && (spans[index - 1]?.end ?? 0) <= start, 'tokens overlap');
  return spans;
}

function growing(spans: readonly Span[], offset: number): readonly Span[] {
  for (const [index, { start, end }] of spans.entries()) {
    const inner = spans[index - 1] ?? span(offset, offset);
    assert.ok(start <= inner.start && inner.end <= end);
  }
  assert.ok(spans.length > 0);
  return spans;
}

function namesAt(text: string, offset: number): readonly Span[] {
  const use = renameableAt(text, offset);
  if (use === undefined) return [];
  const files = [{ uri: 'a', text }];
  const query = { uri: 'a', use };
  const renamed = renameIn(files, query, 'another');
  assert.ok(renamed.ok);
  return [...findEntries(files, query), ...findUses(files, query), ...renamed.value.edits].map((place) => place.span);
}

function changed(text: string, rewritten: string | undefined): readonly Span[] {
  assert.notEqual(rewritten, text);
  return [];
}

function check(text: string, what: string, spans: readonly Span[]): void {
  for (const { start, end } of spans)
    assert.ok(0 <= start && start <= end && end <= text.length, `${what}: ${start}–${end} of ${JSON.stringify(text)}`);
}

/** Everything is asked of every beginning where nothing may be left out; elsewhere each question of every sixteenth. */
const STEP = process.env['RAWSEND_REQUIRE'] === 'all' ? 1 : 16;

const QUESTIONS: readonly (readonly [string, (text: string, offset: number) => readonly Span[]])[] = [
  ...Object.entries(OF_TEXT),
  ...Object.entries(OF_OFFSET),
];

/** The fixtures are read without what they would include. */
const WITH_INCLUDES = including(
  "hosts.yaml, 'common/defaults.yaml', ./broken.yaml, gone.yaml",
  'defaults: { transport: { limit: 1MiB/s } }\npolicies:\n  x: { intent: vault, source: prod:tank/x, target: vault:backup/x }\n',
);

const texts: readonly (readonly [string, string])[] = [
  ...fixtures().map((path) => [path.slice(FIXTURES.length + 1), readFileSync(path, 'utf8')] as const),
  ['a file that includes others', WITH_INCLUDES],
];

describe('what an editor asks of a policy', () => {
  for (const [name, text] of texts) {
    it(`is answered within the text for every beginning of ${name}`, () => {
      for (let length = 0; length <= text.length; length++) {
        const beginning = text.slice(0, length);
        for (const [index, [what, ask]] of QUESTIONS.entries())
          if ((length + index) % STEP === 0) check(beginning, what, ask(beginning, length));
      }
    }).timeout(120_000);

    it(`is answered within the text all over ${name}`, () => {
      for (const [index, [what, ask]] of Object.entries(OF_OFFSET).entries())
        for (let offset = index; offset <= text.length; offset += 2 * STEP) check(text, what, ask(text, offset));
    }).timeout(120_000);
  }
});
