import assert from 'node:assert/strict';
import { policyTokens } from '../../../server/src/core/policy/policy-tokens';

/** Each token as `KIND TEXT`, with `!` for one that declares a name. */
function check(text: string, ...expected: readonly string[]): void {
  const found = policyTokens(text).map(
    ({ kind, span, declares }) => `${kind}${declares ? '!' : ''} ${text.slice(span.start, span.end)}`,
  );
  assert.deepEqual(found, expected, text);
}

describe('policyTokens', () => {
  it('finds names, datasets and prefixes, without their quotes', () => {
    check(
      'hosts: { prod: { ssh: x } }\npolicies:\n  a:\n    source: "prod:tank/x"\n    exclude: [tmp, "b/c"]\n    snapshots: { prefix: rep- }\n',
      'host! prod',
      'policy! a',
      'host prod',
      'dataset tank/x',
      'dataset tmp',
      'dataset b/c',
      'prefix rep-',
    );
  });

  it('finds what a reviewer has to see, also in the defaults of the file', () => {
    const unsafe =
      '{ send: { raw: false }, receive: { mount: true, force: rollback, resumable: false }, keys: { location: "file:///k", load: manual }, replica: true }';
    const values = ['false', 'true', 'rollback', 'false', 'file:///k', 'manual', 'true'].map(
      (value) => `unsafe ${value}`,
    );
    check(`policies:\n  a: ${unsafe}\n`, 'policy! a', ...values);
    check(`defaults: ${unsafe}\n`, ...values);
  });

  it('says nothing of values that are the default, or not there yet', () => {
    check(
      'policies:\n  a: { send: { raw: true }, receive: { mount: false, force: never, resumable: true }, keys: { location: prompt, load: never }, replica: false }\n',
      'policy! a',
    );
    check('policies:\n  a:\n    send: { raw: }\n    receive:\n    keys: [', 'policy! a');
  });

  it('leaves comments to the grammar, and a shared value where it is written', () => {
    check('# rawsend:a:b\n');
    check('policies:\n  a: &x { replica: true }\n  b: { <<: *x }\n', 'policy! a', 'unsafe true', 'policy! b');
  });
});
