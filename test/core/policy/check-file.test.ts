import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkFile } from '../../../server/src/core/policy/check-file';
import { readDrafts } from '../../../server/src/core/policy/read-drafts';
import { fileSchema } from '../../../server/src/core/policy/schema';
import { createPathSpans } from '../../../server/src/core/yaml/path-spans';
import type { YamlNode } from '../../../server/src/core/yaml/yaml-tree';
import { readYaml } from '../../../server/src/core/yaml/read-yaml';

const FIXTURES = path.join(__dirname, '../../fixtures/policy');

const rootOf = (text: string): YamlNode => {
  const { root } = readYaml(text);
  assert(root !== undefined);
  return root;
};

const inOrder = (issues: readonly unknown[]): readonly string[] =>
  issues.map((issue) => JSON.stringify(issue)).toSorted();

const HOSTS = 'version: 1\nhosts: { a: { ssh: a }, b: { ssh: b } }\n';
const RIGHT = '{ intent: vault, source: a:tank/x, target: b:tank/x }';

describe('checkFile', () => {
  for (const folder of ['ok', 'err']) {
    for (const name of readdirSync(path.join(FIXTURES, folder)).filter((file) => file.endsWith('.yaml'))) {
      it(`says what the schema of the whole file says of ${folder}/${name}`, () => {
        const { root } = readYaml(readFileSync(path.join(FIXTURES, folder, name), 'utf8'));
        if (root === undefined) return;
        const [checked, whole] = [checkFile(root), fileSchema.safeParse(root.value)];
        assert.deepEqual(inOrder(checked.issues), inOrder(whole.error?.issues ?? []));
        assert.deepEqual(checked.data, whole.data);
      });
    }
  }

  it('keeps what is right beside a mistake', () => {
    const root = rootOf(`${HOSTS}policies:\n  one: ${RIGHT}\n  two: { intent: vualt }\n  '-': ${RIGHT}\nmore: 1\n`);
    const { data, sound } = checkFile(root);
    assert.equal(data, undefined);
    assert.deepEqual([...sound.keys()], ['one']);
  });
});

describe('readDrafts', () => {
  it('takes a policy without a mistake as it was checked, and checks it no second time', () => {
    const text = `${HOSTS}policies:\n  one: ${RIGHT}\n`;
    const { sound } = checkFile(rootOf(text));
    const [draft] = readDrafts(createPathSpans(text, readYaml(text)), [], sound);
    assert(draft !== undefined);
    assert.equal(draft.policy.receive, sound.get('one')?.receive);
  });
});
