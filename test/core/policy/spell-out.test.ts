import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { spellOut } from '../../../server/src/core/policy/spell-out';
import { toYamlLines, yamlText } from '../../../server/src/core/policy/spelled-yaml';

const OK = path.join(__dirname, '../../fixtures/policy/ok');

const SHARED = `version: 1
hosts: { a: { ssh: a }, b: { ssh: b } }
defaults:
  transport: { limit: 200MiB/s }
  receive: { set: { compression: zstd } }
policies:
  p:
    intent: vault
    source: a:tank/x
    target: b:cold/x
    receive: { ignore: [atime], mount: false }
`;

const linesOf = (text: string, name: string): readonly string[] => toYamlLines(spellOut(parsePolicy(text), name).keys);

describe('spellOut', () => {
  const texts = readdirSync(OK).map((name) => readFileSync(path.join(OK, name), 'utf8'));
  for (const text of [...texts, SHARED]) {
    const { file } = parsePolicy(text);
    for (const name of Object.keys(file?.policies ?? {}))
      it(`says the same as the file, when it is written out: ${name}`, () => {
        assert.ok(file);
        const written = linesOf(text, name).map((line) => `    ${line}\n`);
        const others = Object.entries(file.hosts).map(([host, { ssh }]) => [
          host,
          ssh === undefined ? { local: true } : { ssh },
        ]);
        const entry = file.policies[name]?.entry;
        const head = `version: 1\nhosts: ${JSON.stringify(Object.fromEntries(others))}\npolicies:\n  ${JSON.stringify(entry)}:\n`;
        const again = parsePolicy(head + written.join(''));
        assert.deepEqual(again.problems, []);
        assert.deepEqual(again.file?.policies[name], file.policies[name]);
      });
  }

  it('marks what the policy does not say itself, and from where it comes', () => {
    const lines = linesOf(SHARED, 'p');
    for (const line of [
      'intent: vault',
      'recursive: true # default',
      'send: # default',
      '  raw: true # default',
      'receive:',
      '  mount: false',
      '  force: never # default',
      '    compression: zstd # from defaults',
      '    mountpoint: none # default',
      '    - atime',
      '    - sharenfs # default',
      'transport: # from defaults',
      '  limit: 200MiB/s # from defaults',
      '  route: direct # default',
    ])
      assert.ok(lines.includes(line), `${line}\n${lines.join('\n')}`);
  });

  it('names what has no default and is not written', () => {
    const { absent } = spellOut(parsePolicy(SHARED), 'p');
    assert.ok(absent.includes('guard.maxEstimate'));
    assert.ok(!absent.includes('transport.limit'));
  });
});

describe('yamlText', () => {
  it('quotes what would be read otherwise', () => {
    const cases: readonly (readonly [unknown, string])[] = [
      ['tank/prod', 'tank/prod'],
      ['a:tank/x y', 'a:tank/x y'],
      ['on', '"on"'],
      ['1', '"1"'],
      ['', '""'],
      ['[fd00::2]:22', '"[fd00::2]:22"'],
      ['a # b', '"a # b"'],
      ['a: b', '"a: b"'],
      ['02:00', '02:00'],
      [48, '48'],
      [true, 'true'],
    ];
    for (const [value, text] of cases) assert.equal(yamlText(value), text);
  });
});
