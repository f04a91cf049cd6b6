import assert from 'node:assert/strict';
import { nameUses, tagUses } from '../../../server/src/core/policy/name-uses';

/** Each use as `ROLE KIND NAME`; the text at its span is the name. */
function check(text: string, ...expected: readonly string[]): void {
  const uses = nameUses(text);
  assert.deepEqual(
    uses.map(({ role, kind, name }) => `${role} ${kind} ${name}`),
    expected,
    text,
  );
  for (const { kind, name, span } of uses) {
    const shown = kind === 'replica' ? name.slice(name.indexOf(':') + 1) : name;
    assert.equal(text.slice(span.start, span.end), shown, text);
  }
}

const tags = (text: string): readonly string[] => tagUses(text).map(({ kind, name }) => `${kind} ${name}`);

describe('nameUses', () => {
  it('finds the names of entries and endpoints, in any form', () => {
    check(
      'hosts:\n  prod: { ssh: a@b }\n  "vault": { local: true }\npolicies:\n  nightly:\n    source: prod:tank/x\n    target: "vault:cold/x"\n',
      'entry host prod',
      'entry host vault',
      'entry policy nightly',
      'reference host prod',
      'reference replica prod:tank/x',
      'reference host vault',
      'entry replica vault:cold/x',
    );
    check('policies: { a: { target: h:t } }', 'entry policy a', 'reference host h', 'entry replica h:t');
    check('hosts: { 7: { ssh: x } }', 'entry host 7');
  });

  it('finds what is typed so far', () => {
    check('hosts:\n  pr');
    check(
      'hosts:\n  prod:\npolicies:\n  a:\n    source: pro',
      'entry host prod',
      'entry policy a',
      'reference host pro',
    );
    // To YAML this is a key, as long as nothing follows.
    check('policies:\n  a:\n    source: prod:', 'entry policy a');
    check('policies:\n  a:\n    source: prod:t', 'entry policy a', 'reference host prod', 'reference replica prod:t');
    check('hosts: [\npolicies:\n  a:\n    intent: {\n', 'entry policy a');
  });

  it('finds a shared endpoint once, where it is written', () => {
    check(
      'policies:\n  a: &base\n    target: h:t\n  b:\n    <<: *base\n  c: { target: *nowhere }\n',
      'entry policy a',
      'reference host h',
      'entry replica h:t',
      'entry policy b',
      'entry policy c',
    );
  });

  it('leaves out what is not written as it is read', () => {
    check('policies:\n  "a\\x62": { source: "h\\x3at" }\n');
  });

  it('finds hold tags in comments, and takes no dataset for one', () => {
    check('# hold tag: rawsend:nightly:vault.\n', 'tag policy nightly', 'tag host vault');
    check(
      'policies:\n  a: { source: rawsend:x:y }\n',
      'entry policy a',
      'reference host rawsend',
      'reference replica rawsend:x:y',
    );
  });
});

describe('tagUses', () => {
  it('reads the tags of a script', () => {
    assert.deepEqual(tags('zfs release -r rawsend:a-b:v.1 tank@x'), ['policy a-b', 'host v.1']);
    assert.deepEqual(tags('"rawsend:a:b"'), ['policy a', 'host b']);
  });

  it('reads none where there is none', () => {
    for (const text of ['rawsend:a', 'rawsend::b', 'rawsend:$P:b', 'myrawsend:a:b', 'x:rawsend:a:b'])
      assert.deepEqual(tags(text), [], text);
  });
});
