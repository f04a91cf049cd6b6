import assert from 'node:assert/strict';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { configJsonSchema } from '../../../server/src/core/config/config-json-schema';
import type { Config } from '../../../server/src/core/config/parse-config';
import { parseConfig } from '../../../server/src/core/config/parse-config';
import { configSchema } from '../../../server/src/core/config/schema';
import { RULES } from '../../../server/src/core/lint/rules/index';
import { placeIn } from '../../../server/src/core/yaml/schema-place';

const COMPLETE = `profile: strict
rules: { no-pipefail: error, send-not-raw: "off" }
assumeEncrypted: true
zfsVersion: "2.1"
ignore: [vendor/, "!vendor/ours.sh"]
baseline: rawsend-baseline.json
noSuppress: [key-autoload]
`;

/** The problems as `"marked text" message`, and the fixes behind it. */
const problems = (text: string): readonly string[] =>
  parseConfig(text).problems.map(({ span, message, fixes }) =>
    [`${JSON.stringify(text.slice(span.start, span.end))} ${message}`, ...fixes.map(({ title }) => title)].join(' | '),
  );

describe('parseConfig', () => {
  it('reads every key', () =>
    assert.deepEqual(parseConfig(COMPLETE), {
      problems: [],
      config: {
        profile: 'strict',
        rules: { 'no-pipefail': 'error', 'send-not-raw': 'off' },
        assumeEncrypted: true,
        zfsVersion: '2.1',
        ignore: ['vendor/', '!vendor/ours.sh'],
        baseline: 'rawsend-baseline.json',
        noSuppress: ['key-autoload'],
      } satisfies Config,
    }));

  for (const text of ['', '# nothing yet\n', '---\n', '{}\n', '\uFEFF# with a byte order mark\r\n'])
    it(`takes ${JSON.stringify(text)} for a configuration that changes nothing`, () =>
      assert.deepEqual(parseConfig(text), { config: {}, problems: [] }));

  const wrong: readonly (readonly [text: string, problem: RegExp])[] = [
    ['profil: strict', /^"profil" the configuration has no key `profil`.*did you mean `profile` \| Rename to profile$/],
    ['colour: red', /^"colour" .*the keys here are `profile`, `rules`/],
    ['profile: strct', /^"strct" `profile` must be .* \| Change to strict$/],
    ['profile: 3', /^"3" .*write for instance `profile: strict`$/],
    ['profile:', /^"profile" `profile` has no value/],
    ['rules: { send-not-rw: off }', /^"send-not-rw" `rules` has no key .*did you mean `send-not-raw`/],
    ['rules: { no-pipefail: warn }', /^"warn" .* \| Write warning$/],
    ['rules: { no-pipefail: false }', /^"false" .* \| Write off$/],
    ['rules: [no-pipefail]', /^"\[no-pipefail\]" `rules` must be a section of rules/],
    ['zfsVersion: 2.1', /^"2.1" `zfsVersion` must be an OpenZFS version in quotes/],
    ['zfsVersion: latest', /^"latest" `zfsVersion` must be an OpenZFS version/],
    ['ignore: vendor/', /^"vendor\/" `ignore` must be a list/],
    ['ignore: [1]', /^"1" an item of `ignore` must be a pattern/],
    ['baseline: ""', /^"\\"\\"" `baseline` must be the name of a file/],
    ['noSuppress: [send-not-rw]', /^"send-not-rw" an item of `noSuppress` .* \| Change to send-not-raw$/],
    ['assumeEncrypted: yes', /^"yes" .* \| Write true$/],
    ['- profile', /^"- profile" this is no configuration/],
    ['profile: strict\nprofile: minimal', /^"profile" `profile` stands here twice/],
    ['rules: { no-pipefail: "off }', /^".*this quote is never closed/],
  ];
  for (const [text, problem] of wrong)
    it(`says what is wrong with ${JSON.stringify(text)}`, () => {
      const [told = '', ...others] = problems(text);
      assert.match(told, problem);
      assert.deepEqual(others, []);
      assert.equal(parseConfig(text).config, undefined);
    });

  it('tells every mistake, in the order of the text', () =>
    assert.deepEqual(
      problems('zfsVersion: 2\nprofile: 3\nx: 1\n').map((problem) => problem.split(' ')[0]),
      ['"2"', '"3"', '"x"'],
    ));

  it('never throws, and never has a configuration beside a problem', () => {
    const pieces = [
      'profile',
      'rules',
      ': ',
      '\n',
      '  ',
      '{',
      '[',
      ']',
      '}',
      'off',
      '"',
      '&a ',
      '*a',
      '- ',
      '2.1',
      '\t',
      '#',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces)), (words) => {
        const text = words.join('');
        const { config, problems: found } = parseConfig(text);
        assert.equal(config !== undefined, found.length === 0);
        for (const { span } of found) assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
      }),
    );
  });
});

describe('the texts of the configuration', () => {
  const keys = [...(placeIn(configSchema, [])?.keys ?? [])];

  it('stand at every key, with an example that is accepted', () => {
    assert.ok(keys.length >= 7);
    for (const [key, text] of keys) {
      assert.ok(text, key);
      for (const written of [text.example, text.default ?? '']) assert.deepEqual(problems(written), [], written);
    }
  });

  it('stand at every rule', () =>
    assert.deepEqual(
      [...(placeIn(configSchema, ['rules'])?.keys ?? [])].map(([id, text]) => [id, text?.default]),
      RULES.map(({ id, severity }) => [id, `${id}: ${severity}`]),
    ));
});

describe('configJsonSchema', () => {
  const validate = new Ajv({ strict: true }).compile(configJsonSchema());

  it('takes what parseConfig takes', () => assert.ok(validate(parse(COMPLETE)), JSON.stringify(validate.errors)));

  for (const text of ['profil: strict', 'profile: strct', 'rules: { x: off }', 'zfsVersion: "2"', 'noSuppress: [x]'])
    it(`refuses ${text}`, () => assert.equal(validate(parse(text)), false));
});
