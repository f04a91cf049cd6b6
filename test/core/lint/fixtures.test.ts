import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../../../server/src/core/lint/document';
import type { Finding } from '../../../server/src/core/lint/finding';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { createLineIndex } from '../../../server/src/core/text/line-index';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'shell');

/**
 * Scripts in many styles. `ok` has no finding at all; in `err` the findings stand beside each script, one a line:
 * range, severity, rule, and the marked text; in `strict` those of the strict profile. UPDATE=1 rewrites them.
 */
describe('shell fixtures', () => {
  for (const name of scripts('ok')) {
    it(`ok/${name} is silent`, () => assert.equal(found(join(FIXTURES, 'ok', name)), ''));
  }
  for (const kind of ['err', 'strict'] as const) {
    for (const name of scripts(kind)) {
      it(`${kind}/${name} has its findings`, () => {
        const expected = join(FIXTURES, kind, `${name}.out`);
        const actual = found(join(FIXTURES, kind, name), kind === 'strict' ? 'strict' : 'recommended');
        if (process.env['UPDATE'] === '1') writeFileSync(expected, actual);
        assert.equal(actual, readFileSync(expected, 'utf8'));
        assert.notEqual(actual, '');
      });
    }
  }
});

function scripts(kind: 'ok' | 'err' | 'strict'): readonly string[] {
  return readdirSync(join(FIXTURES, kind)).filter((name) => !name.endsWith('.out'));
}

function found(path: string, profile: Profile = 'recommended'): string {
  const text = readFileSync(path, 'utf8');
  return lintDocument({ path, text }, { profile })
    .map((finding) => `${show(text, finding)}\n`)
    .join('');
}

function show(text: string, { span, severity, rule }: Finding): string {
  const lines = createLineIndex(text);
  const [from, to] = [lines.at(span.start), lines.at(span.end)];
  const marked = JSON.stringify(text.slice(span.start, span.end));
  return `${from.line}:${from.column}-${to.line}:${to.column} ${severity} ${rule} ${marked}`;
}
