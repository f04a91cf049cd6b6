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

/** A file with one policy that has `line` at the place of `path`, e.g. `send: { raw: true }`, beside what it cannot do without. */
function fileWith(path: readonly string[], line: string): string {
  const [, , ...sections] = path;
  const lines = [...companions(path), ...(line === '' ? [] : [line])].join(', ');
  const value = sections.slice(0, -1).reduceRight((inner, section) => `${section}: { ${inner} }`, lines);
  const intent = sections[0] === 'standby' ? 'standby' : 'vault';
  const minimal = { intent, source: 'prod:tank/prod', target: 'vault:backup/prod' };
  const rest = Object.entries(minimal).filter(([key]) => key !== sections[0]);
  const keys = [...rest.map((entry) => entry.join(': ')), value].filter((text) => text !== '');
  return `version: 1\nhosts: { prod: { ssh: a }, vault: { ssh: b } }\npolicies: { nightly: { ${keys.join(', ')} } }\n`;
}

/** The examples of what must stand beside a key in its section. */
function companions(path: readonly string[]): readonly string[] {
  const section = path.slice(0, -1);
  if (section.length < 3) return [];
  // Of two keys one is required, which no schema of one key says.
  if (path.at(-1) === 'zone' && section.at(-1) === 'schedule') return ['every: 1h'];
  const others = [...(schemaPlace(section)?.keys ?? [])].filter(([key]) => key !== path.at(-1));
  return others.flatMap(([key, text]) => (schemaPlace([...section, key])?.isRequired ? [text?.example ?? ''] : []));
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
    const stated = policyKeys.filter(({ text }) => text?.default !== undefined);
    assert.ok(stated.length > 10);
    for (const { path, text } of stated) {
      const bare = parsePolicy(fileWith(path, '')).file;
      assert.ok(bare, path.join('.'));
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
    assert.deepEqual(schema.required, ['version']);
    assert.equal(schema.additionalProperties, false);
    const policy = schema.properties?.['policies'];
    assert.ok(typeof policy === 'object' && typeof policy.additionalProperties === 'object');
    assert.deepEqual(policy.additionalProperties.required, ['intent', 'source', 'target']);
    assert.deepEqual(Object.keys(policy.additionalProperties.properties ?? {}), [
      ...(schemaPlace(['policies', 'x'])?.keys.keys() ?? []),
    ]);
  });

  it('takes one target or a list of them', () => {
    const policies = policyJsonSchema().properties?.['policies'];
    assert.ok(typeof policies === 'object' && typeof policies.additionalProperties === 'object');
    const target = policies.additionalProperties.properties?.['target'];
    assert.ok(typeof target === 'object');
    const forms = (target.anyOf ?? []).map((form) => typeof form === 'object' && [form.type, form.minItems]);
    assert.deepEqual(forms, [
      ['string', undefined],
      ['array', 1],
    ]);
  });

  it('has the examples as YAML that can be read', () => {
    for (const { text } of KEYS) assert.notEqual(parse(text?.example ?? ''), null);
  });
});
