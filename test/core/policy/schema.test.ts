import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { KeyText } from '../../../server/src/core/yaml/key-text';
import { policyJsonSchema } from '../../../server/src/core/policy/policy-json-schema';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import { schemaPlace } from '../../../server/src/core/policy/schema-places';

/** Every key of the file below `path`, with a stand-in for the names of hosts and policies. */
function keysBelow(path: readonly string[]): readonly { path: readonly string[]; text: KeyText | undefined }[] {
  const place = schemaPlace(path);
  const keys = [...(place?.keys ?? [])];
  const names = place?.isSection === true && keys.length === 0 ? ['name'] : keys.map(([key]) => key);
  return names.flatMap((key) => {
    const here = [...path, key];
    return [{ path: here, text: schemaPlace(here)?.text }, ...keysBelow(here)];
  });
}

const KEYS = keysBelow([]);

/** A file with one policy that has `line` at the place of `path`, e.g. `send: { raw: true }`. */
function fileWith([, , ...sections]: readonly string[], line: string): string {
  const value = sections.slice(0, -1).reduceRight((inner, section) => `${section}: { ${inner} }`, line);
  const minimal = { intent: 'vault', source: 'prod:tank/prod', target: 'vault:backup/prod' };
  const rest = Object.entries(minimal).filter(([key]) => key !== sections[0]);
  const lines = [...rest.map((entry) => entry.join(': ')), value];
  return `version: 1\nhosts: { prod: { ssh: a }, vault: { ssh: b } }\npolicies: { nightly: { ${lines.join(', ')} } }\n`;
}

const policyKeys = KEYS.filter(({ path }) => path[0] === 'policies' && path.length > 2 && path.at(-1) !== 'name');

describe('texts of the schema', () => {
  it('stand at every key', () => {
    assert.ok(KEYS.length > 40);
    for (const { path, text } of KEYS) assert.ok(text, path.join('.'));
  });

  it('give examples that are accepted', () => {
    for (const { path, text } of policyKeys) {
      assert.deepEqual(parsePolicy(fileWith(path, text?.example ?? '')).problems, [], path.join('.'));
    }
  });

  it('name the defaults that are in force', () => {
    const bare = parsePolicy(fileWith(['', '', 'intent'], 'intent: vault')).file;
    assert.ok(bare);
    const stated = policyKeys.filter(({ text }) => text?.default !== undefined);
    assert.ok(stated.length > 10);
    for (const { path, text } of stated) {
      assert.deepEqual(parsePolicy(fileWith(path, text?.default ?? '')).file, bare, path.join('.'));
    }
  });

  it('explain every value of an enum', () => {
    for (const { path, text } of KEYS) {
      const values = schemaPlace(path)?.values ?? [];
      if (values.length > 1 && !values.includes('true'))
        assert.deepEqual(Object.keys(text?.values ?? {}), values, path.join('.'));
    }
  });
});

describe('policyJsonSchema', () => {
  it('is plain data that describes what is written', () => {
    const schema = policyJsonSchema();
    assert.deepEqual(JSON.parse(JSON.stringify(schema)), schema);
    assert.deepEqual(schema.required, ['version', 'hosts', 'policies']);
    assert.equal(schema.additionalProperties, false);
    const policy = schema.properties?.['policies'];
    assert.ok(typeof policy === 'object' && typeof policy.additionalProperties === 'object');
    assert.deepEqual(policy.additionalProperties.required, ['intent', 'source', 'target']);
    assert.deepEqual(Object.keys(policy.additionalProperties.properties ?? {}), [
      ...(schemaPlace(['policies', 'x'])?.keys.keys() ?? []),
    ]);
  });

  it('has the examples as YAML that can be read', () => {
    for (const { text } of KEYS) assert.notEqual(parse(text?.example ?? ''), null);
  });
});
