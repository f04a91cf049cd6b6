import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { policyPlaces } from '../../../server/src/core/policy/policy-places';
import { spellOutDefaults } from '../../../server/src/core/policy/spell-out-defaults';

const FOLDER = join(__dirname, '../../fixtures/policy/ok');
const HEAD = 'version: 1\nhosts: { h: { local: true } }\npolicies:\n';
const ENDS = 'intent: vault\n    source: h:t/a\n    target: h:u/a\n';

/** Everything that is written for a policy that says nothing. */
const ALL = [
  'recursive: true',
  'exclude: []',
  'snapshots: { prefix: rep- }',
  'send: { raw: true, intermediates: true }',
  'receive:',
  '  mount: false',
  '  force: never',
  '  resumable: true',
  '  set: { mountpoint: none, readonly: "on" }',
  '  ignore: [sharenfs, sharesmb, quota, refquota, reservation, refreservation]',
  'keys: { location: prompt, load: never }',
  'transport: { route: direct }',
  'replica: false',
];
const block = (lines: readonly string[]): string => lines.map((line) => `    ${line}\n`).join('');
const without = (...starts: readonly string[]): readonly string[] =>
  ALL.filter((line) => !starts.some((start) => line.startsWith(start)));

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

/** The policy `a` before and after; undefined where nothing is offered. */
function check(before: string, after: string | undefined, head = HEAD): void {
  const text = head + before;
  const found = spellOutDefaults(text, text.indexOf('a:', head.length));
  assert.equal(found?.text, after === undefined ? undefined : head + after);
}

describe('spellOutDefaults', () => {
  it('writes what a policy leaves out', () => {
    check(`  a:\n    ${ENDS}`, `  a:\n    ${ENDS}${block(ALL)}`);
    check(`  a:\n    ${ENDS.trimEnd()}`, `  a:\n    ${ENDS}${block(ALL).trimEnd()}`);
    check(crlf(`  a:\n    ${ENDS}`), crlf(`  a:\n    ${ENDS}${block(ALL)}`), crlf(HEAD));
  });

  it('keeps what is there, with its comments', () => {
    const most = without('send', 'keys', 'replica');
    check(
      `  a:\n    ${ENDS}    send: { raw: true, # why\n    }\n    keys:\n      # as ever\n      load: never # so\n    replica: false # yes\n  b: {}\n`,
      `  a:\n    ${ENDS}    send: { raw: true, intermediates: true, # why\n    }\n    keys:\n      # as ever\n      load: never # so\n      location: prompt\n    replica: false # yes\n${block(most)}  b: {}\n`,
    );
  });

  it('adds to the last section before what comes behind it', () => {
    check(
      `  a:\n    ${ENDS}    keys:\n      load: never\n`,
      `  a:\n    ${ENDS}    keys:\n      load: never\n      location: prompt\n${block(without('keys'))}`,
    );
  });

  it('writes in braces where the policy does', () => {
    const rest =
      'recursive: true, exclude: [], snapshots: { prefix: rep- }, receive: { mount: false, force: never, resumable: true, set: { mountpoint: none, readonly: "on" }, ignore: [sharenfs, sharesmb, quota, refquota, reservation, refreservation] }, keys: { location: prompt, load: never }, transport: { route: direct }, replica: false';
    check(
      `  a: { intent: vault, source: h:t, target: h:u, send: {} }\n`,
      `  a: { intent: vault, source: h:t, target: h:u, send: { raw: true, intermediates: true }, ${rest} }\n`,
    );
  });

  it('writes no properties beside those that are set or ignored', () => {
    const set = without('receive', '  ');
    check(
      `  a:\n    ${ENDS}    receive: { mount: false, force: never, resumable: true, ignore: [mountpoint] }\n`,
      `  a:\n    ${ENDS}    receive: { mount: false, force: never, resumable: true, ignore: [mountpoint] }\n${block(set)}`,
    );
  });

  it('leaves to the defaults of the file what they say', () => {
    const head = `defaults: { send: { raw: false }, recursive: false, schedule: { every: 1h } }\n${HEAD}`;
    const rest = without('recursive', 'send').toSpliced(2, 0, 'send: { intermediates: true }');
    const schedule = ['schedule: { zone: UTC }'];
    const text = `${head}  a:\n    ${ENDS}`;
    const found = spellOutDefaults(text, text.indexOf('  a:') + 2)?.text ?? '';
    assert.ok(!found.includes(schedule[0] ?? ''), 'a schedule means something only as a whole');
    assert.equal(found, text + block(rest));
  });

  it('offers nothing where nothing is left, outside of policies, and for an alias', () => {
    check(`  a:\n    ${ENDS}${block(ALL)}`, undefined);
    assert.equal(spellOutDefaults(HEAD, 3), undefined);
    assert.equal(spellOutDefaults('x: &x { replica: true }\npolicies: { a: *x }', 38), undefined);
    assert.equal(spellOutDefaults('policies:\n  a:\n', 13), undefined);
  });

  it('changes no meaning, and leaves nothing to spell out, in any fixture', () => {
    let rewritten = 0;
    for (const name of readdirSync(FOLDER)) {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      const { file } = parsePolicy(text);
      assert.ok(file, name);
      for (const { name: policy, span } of policyPlaces(text)) {
        const found = spellOutDefaults(text, span.start);
        if (found === undefined) continue;
        rewritten++;
        const after = parsePolicy(found.text);
        assert.deepEqual(after.problems, [], found.text);
        assert.deepEqual(after.file?.policies[policy], file.policies[policy], found.text);
      }
    }
    assert.ok(rewritten > 4);
  });
});
