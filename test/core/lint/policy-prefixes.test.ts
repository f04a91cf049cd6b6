import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { liveFacts } from '../../../server/src/core/live/live-facts';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { runbookFixtures } from './runbook-fixtures';

const FIXTURES = path.join(__dirname, '../../fixtures/policy');

/** Those that hold a policy to the schema, and those that hold one to the rules. */
const texts: readonly (readonly [name: string, text: string])[] = [
  ...(['ok', 'err'] as const).flatMap((kind) =>
    readdirSync(path.join(FIXTURES, kind))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => [`${kind}/${name}`, readFileSync(path.join(FIXTURES, kind, name), 'utf8')] as const),
  ),
  ...(['ok', 'err', 'strict'] as const).flatMap((kind) =>
    runbookFixtures('policy-files', kind).map(({ name, text }) => [name, text] as const),
  ),
];

/** Hosts that hold nothing at all: of every policy something is told, also of one that the text has lost since. */
function factsOf(text: string) {
  const { file } = parsePolicy(text);
  if (file === undefined) return [];
  const hosts = Object.keys(file.hosts).map((host) => ({
    schema: 1 as const,
    host,
    takenAt: '2026-11-23T02:00:00Z',
    zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
    pools: [],
    datasets: [],
  }));
  return liveFacts(file, hosts);
}

describe('every beginning of every policy', function () {
  this.timeout(120_000);
  for (const [name, text] of texts) {
    it(`is linted within itself: ${name}`, () => {
      const live = factsOf(text);
      for (let end = 0; end <= text.length; end++) checkWithin(text.slice(0, end), live);
    });
  }
});

function checkWithin(text: string, live: ReturnType<typeof factsOf>): void {
  for (const { message, span, related, fixes } of lintDocument(
    { path: 'rawsend.yaml', text },
    { profile: 'strict', live },
  )) {
    const edits = fixes.flatMap((fix) => fix.edits);
    for (const { start, end } of [span, ...[...related, ...edits].map((place) => place.span)])
      assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}: ${message}`);
    assert.ok(!message.includes('this rule failed'), message);
  }
}
