import assert from 'node:assert/strict';
import { renameIn, renameableAt } from '../../../server/src/core/policy/rename-policy';
import { applyEdits } from '../../../server/src/core/text/span';

const TEXT = `# the tag is rawsend:one:vault
version: 1
hosts:
  prod: { ssh: a@b }
  'vault': { ssh: c@d }
policies:
  one: { intent: vault, source: prod:tank, target: "vault:cold" }
`;
const SECOND = 'policies:\n  two: { intent: vault, source: vault:cold, target: vault:colder }\n';

function rename(at: string, newName: string) {
  const use = renameableAt(TEXT, TEXT.indexOf(at));
  assert.ok(use, at);
  const files = [
    { uri: 'a', text: TEXT },
    { uri: 'b', text: SECOND },
  ];
  return renameIn(files, { uri: 'a', use }, newName);
}

/** `changes` are pairs of what stands in the files and what stands there afterwards. */
function check(at: string, newName: string, ...changes: readonly (readonly [string, string])[]): string | undefined {
  const renamed = rename(at, newName);
  assert.ok(renamed.ok, newName);
  const after = (uri: string, text: string): string =>
    applyEdits(
      text,
      renamed.value.edits.filter((edit) => edit.uri === uri).map(({ span }) => ({ span, newText: newName })),
    );
  const expected = (text: string): string => changes.reduce((changed, [from, to]) => changed.replace(from, to), text);
  assert.equal(after('a', TEXT), expected(TEXT));
  assert.equal(after('b', SECOND), expected(SECOND));
  return renamed.value.warning?.description;
}

function checkRefused(at: string, newName: string, why: RegExp): void {
  const renamed = rename(at, newName);
  assert.ok(!renamed.ok, newName);
  assert.match(renamed.error, why);
}

describe('renameIn', () => {
  it('renames a host and its endpoints, in quotes or without, and leaves the tag of a comment', () => {
    assert.equal(check('prod:tank', 'web', ['prod: {', 'web: {'], ['prod:tank', 'web:tank']), undefined);
  });

  it('warns that holds keep the name of a target, in every file', () => {
    const warning = check(
      "vault'",
      'safe',
      ["'vault'", "'safe'"],
      ['"vault:cold"', '"safe:cold"'],
      ['source: vault:', 'source: safe:'],
      ['target: vault:', 'target: safe:'],
    );
    assert.match(warning ?? '', /rawsend:POLICY:vault stay on the hosts.*zfs|release/);
  });

  it('warns that holds keep the name of a policy', () => {
    assert.match(check('one: {', 'nightly', ['one: {', 'nightly: {']) ?? '', /rawsend:one:HOST stay on the hosts/);
  });

  it('changes nothing for the same name', () => {
    assert.equal(check('one: {', 'one'), undefined);
  });

  it('refuses what the schema refuses, what YAML reads otherwise, and what is taken', () => {
    checkRefused('prod:', '', /^`` cannot be a name: .*begin with a letter or digit/);
    checkRefused('prod:', '-o', /begin with a letter or digit/);
    checkRefused('prod:', 'a b', /begin with a letter or digit/);
    checkRefused('prod:', 'null', /YAML reads another value/);
    checkRefused('prod:', '1.0', /YAML reads another value/);
    checkRefused('prod:', 'vault', /the host `vault` is there already/);
    checkRefused("vault'", 'prod', /the host `prod` is there already/);
    const policy = rename('one: {', 'prod');
    assert.ok(policy.ok, 'a policy may be called as a host');
  });
});

describe('renameableAt', () => {
  it('is neither a dataset, nor a tag, nor anything else', () => {
    for (const at of ['tank', 'one:vault', 'vault\nversion', 'intent', 'version', 'ssh'])
      assert.equal(renameableAt(TEXT, TEXT.indexOf(at)), undefined, at);
  });
});
