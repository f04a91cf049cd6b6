import assert from 'node:assert/strict';
import { createPartsReader } from '../../../server/src/core/yaml/read-parts';
import { yamlParts } from '../../../server/src/core/yaml/yaml-parts';
import type { YamlTree } from '../../../server/src/core/yaml/yaml-tree';
import { readTree } from '../../../server/src/core/yaml/yaml-tree';
import { createRandom } from '../../../scripts/fuzz/random';

const policy = (name: string): string =>
  `  ${name}:\n    intent: vault # for ${name}\n    source: nas:tank/${name}\n    exclude: [a, 'b']\n    receive:\n      set: { compression: zstd }\n\n`;

const names = Array.from({ length: 6 }, (_, index) => `data-${index}`);
const FILE = `# A file as long as one that is worth keeping
version: 1
hosts:
  # the two
  nas: { ssh: root@nas.example }
  vault: {}
policies:
${names.map(policy).join('')}  # the end
`;

const sliced = (text: string): readonly string[] => yamlParts(text)?.map(({ text: part }) => part.trim()) ?? [];

describe('the parts of a YAML text', () => {
  it('are the entries of its sections', () => {
    const parts = yamlParts(FILE) ?? [];
    assert.equal(parts.map(({ text }) => text).join(''), FILE);
    assert.deepEqual(
      parts.slice(0, 6).map(({ text, isNested }) => [
        text
          .split('\n')
          .find((line) => line.includes(':'))
          ?.trim(),
        isNested,
      ]),
      [
        ['version: 1', false],
        ['hosts:', false],
        ['nas: { ssh: root@nas.example }', true],
        ['vault: {}', true],
        ['policies:', false],
        ['data-0:', true],
      ],
    );
  });

  it('are not cut within a value', () => {
    assert.deepEqual(sliced('a: |\n  b: x\n  c: y\nd: 1\n'), ['a: |\n  b: x\n  c: y', 'd: 1']);
    assert.deepEqual(sliced('a:\n  - b: x\n  - c: y\nd: 1\n'), ['a:\n  - b: x\n  - c: y', 'd: 1']);
    assert.deepEqual(sliced('a:\n  b:\n    c: 1\n    d: 2\n'), ['a:', 'b:\n    c: 1\n    d: 2']);
  });

  it('do not exist in a text that means something only as a whole', () => {
    for (const text of [
      'a: &x 1\nb: *x\n',
      'a:\n  <<: { b: 1 }\n',
      'a: 1\n---\nb: 1\n',
      'a:\n    b: 1\n  c: 1\n',
      '- a\n',
      's:\r\r\n h:\n',
      '\tb: 1\n',
    ])
      assert.equal(yamlParts(text), undefined, text);
    assert.ok(yamlParts('cron: "*/5 * * * *"\n'));
    assert.equal(yamlParts('a:\u2028\n  b: 1\n'), undefined);
  });
});

describe('a text that is read by its parts', () => {
  it('is what it is as a whole where there is no mistake, and has mistakes where there are, whatever is typed', () => {
    const read = createPartsReader();
    const random = createRandom(3);
    let text = FILE;
    for (let run = 0; run < 1500; run++) {
      const at = random.between(0, text.length);
      const typed = random.pick([
        '',
        '',
        'x',
        ':',
        ': ',
        ' ',
        '  ',
        '\n',
        '"',
        "'",
        '{',
        '}',
        '[',
        ']',
        ',',
        '#',
        '- ',
        '? ',
        '| ',
        '\t',
        '&a ',
        '*a',
        '!t ',
        '\r\n',
        '\u00E4',
        '%',
        '---\n',
        FILE.slice(200, 260),
      ]);
      const edited = text.slice(0, at) + typed + text.slice(at + random.between(0, typed === '' ? 40 : 1));
      assertSame(read(edited), readTree(edited), edited);
      // Most edits are taken back, so that one mistake is the usual case, and some stay, so that the file goes on.
      if (random.chance(0.1)) text = edited;
      if (random.chance(0.05)) text = FILE;
    }
  });

  it('is what it is as a whole at each of its beginnings', () => {
    const read = createPartsReader();
    for (let end = 0; end <= FILE.length; end++) {
      const beginning = FILE.slice(0, end);
      assertSame(read(beginning), readTree(beginning), beginning);
    }
  });

  it('keeps what is around a mistake, and tells of the mistake once', () => {
    const read = createPartsReader();
    for (const [written, typed] of [
      ['  data-3:', '  data-3:x'],
      ['intent: vault # for data-3', 'intent: "vault # for data-3'],
      ['source: nas:tank/data-3', 'source: {'],
      ['source: nas:tank/data-3', 'source: { a: b }}'],
      ['source: nas:tank/data-3', 'source: nas:tank/data-3\n  ]'],
      ['  data-3:\n', '  data-3:\n  data-9:\n    half\n'],
    ] as const) {
      const { root, problems } = read(FILE.replace(written, typed));
      const policies = root?.entries.get('policies')?.node;
      const unharmed = ['data-0', 'data-1', 'data-2', 'data-4', 'data-5'];
      const source = (name: string): unknown => policies?.entries.get(name)?.node.entries.get('source')?.node.value;
      assert.deepEqual(
        unharmed.filter((name) => source(name) !== `nas:tank/${name}`),
        [],
        typed,
      );
      assert.equal(problems.length, 1, typed);
    }
  });

  it('tells where a name stands that is there already', () => {
    const text = FILE.replace('data-4:', 'data-1:').replace('vault: {}', 'nas: {}');
    assert.deepEqual(createPartsReader()(text), readTree(text));
  });

  it('costs the part that was edited', () => {
    let characters = 0;
    const read = createPartsReader((text) => {
      characters += text.length;
      return readTree(text);
    });
    const costOf = (text: string): number => {
      characters = 0;
      read(text);
      return characters;
    };
    const length = policy('data-3').length + 'x:\n'.length;
    assert.ok(costOf(FILE) >= FILE.length);
    assert.equal(costOf(FILE), 0);
    assert.equal(costOf(FILE.replace('for data-3', 'for data-3!')), length + 1);
    assert.equal(costOf(FILE), 0);
    assert.equal(costOf(FILE.replace('intent: vault # for data-3', 'intent: "vault # for data-3')), length + 1);
    assert.equal(costOf(FILE.replace('data-4:', 'data-1:')), length);
    assert.ok(costOf(FILE.replace('  data-3:', '  data-3:x')) <= 2 * length);
  });
});

function assertSame(byParts: YamlTree, whole: YamlTree, text: string): void {
  if (whole.problems.length === 0) assert.deepEqual(byParts, whole, text);
  else assert.ok(byParts.problems.length > 0 && byParts.damage.length > 0 === whole.damage.length > 0, text);
  for (const { span } of byParts.problems)
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, text);
}
