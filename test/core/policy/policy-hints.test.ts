import assert from 'node:assert/strict';
import { defaultText } from '../../../server/src/core/policy/default-texts';
import { DEFAULTS_THAT_MATTER, policyHints } from '../../../server/src/core/policy/policy-hints';

const ALL = DEFAULTS_THAT_MATTER.map(({ words }) => words).join(', ');

/** The text with its hints in it, each as `«…»`. */
function check(text: string, expected: string): void {
  const shown = policyHints(text)
    .toReversed()
    .reduce((before, { offset, label }) => `${before.slice(0, offset)}«${label}»${before.slice(offset)}`, text);
  assert.equal(shown, expected);
}

describe('policyHints', () => {
  it('knows the defaults of the schema', () => {
    for (const { path, value } of DEFAULTS_THAT_MATTER)
      assert.equal(defaultText(path), `${path.at(-1) ?? ''}: ${String(value)}`);
  });

  it('stands behind the name of a policy that says nothing', () => {
    check('policies:\n  a:\n    intent: vault\n', `policies:\n  a:«${ALL}»\n    intent: vault\n`);
    check('policies:\n  a: { intent: vault }\n', `policies:\n  a: { intent: vault }«${ALL}»\n`);
  });

  it('stands behind a section that leaves something out', () => {
    check(
      'policies:\n  a:\n    recursive: false\n    send:\n      raw: true\n    receive: { mount: false }\n    keys:\n      location: prompt\n',
      'policies:\n  a:\n    recursive: false\n    send:\n      raw: true\n    receive: { mount: false }«never forced, resumable»\n    keys:«no keys loaded»\n      location: prompt\n',
    );
  });

  it('shows what the defaults of the file decide otherwise', () => {
    check(
      'defaults: { send: { raw: false }, receive: { mount: false } }\npolicies:\n  a: { recursive: true, keys: { load: never } }\n',
      'defaults: { send: { raw: false }, receive: { mount: false } }\npolicies:\n  a: { recursive: true, keys: { load: never } }«send.raw: false, never mounted, never forced, resumable»\n',
    );
  });

  it('says nothing of what an alias or a merge key says', () => {
    check(
      'policies:\n  a: &x { recursive: true, send: { raw: true }, receive: &r { mount: false, force: never, resumable: true } }\n  b: { <<: *x, keys: { load: never } }\n',
      'policies:\n  a: &x { recursive: true, send: { raw: true }, receive: &r { mount: false, force: never, resumable: true } }«no keys loaded»\n  b: { <<: *x, keys: { load: never } }\n',
    );
  });

  it('says nothing of a policy that is no more than a name', () => {
    for (const text of ['policies:\n  a:\n', 'policies:\n  a: [', 'policies: x', '']) check(text, text);
  });
});
