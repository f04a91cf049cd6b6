import assert from 'node:assert/strict';
import { makeVault } from '../../../server/src/core/policy/make-vault';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';

const HEAD = 'version: 1\nhosts: { h: { local: true } }\npolicies:\n';
const ENDS = '    source: h:t/a\n    target: h:u/a\n';

/** The policy `a` before and after; undefined where nothing is offered. */
function check(before: string, after: string | undefined, head = HEAD): void {
  const text = head + before;
  const found = makeVault(text, text.indexOf('a:', head.length));
  assert.equal(found?.text, after === undefined ? undefined : head + after);
  if (found !== undefined) assert.deepEqual(parsePolicy(found.text).problems, []);
}

describe('makeVault', () => {
  it('changes the intent', () => {
    check(`  a:\n    intent: standby # for now\n${ENDS}`, `  a:\n    intent: vault # for now\n${ENDS}`);
    check(
      '  a: { intent: "standby", source: h:t, target: h:u }\n',
      '  a: { intent: vault, source: h:t, target: h:u }\n',
    );
  });

  it('removes what a vault cannot have, and no more', () => {
    check(
      `  a:\n    intent: standby\n${ENDS}    send:\n      raw: false\n      intermediates: false\n    receive: { mount: true, set: { mountpoint: /x, compression: zstd } }\n    keys:\n      load: manual\n    replica: false\n`,
      `  a:\n    intent: vault\n${ENDS}    send:\n      intermediates: false\n    receive: { set: { compression: zstd } }\n    replica: false\n`,
    );
    check(
      `  a: { intent: standby, source: h:t/a, target: h:u/a, keys: { location: "file:///k" }, receive: { ignore: [atime, mountpoint] } }\n`,
      `  a: { intent: vault, source: h:t/a, target: h:u/a, receive: { ignore: [atime] } }\n`,
    );
    check(
      `  a:\n    intent: standby\n${ENDS}    standby:\n      keyHolders: [me]\n      procedure: wiki\n      rehearsed: 2026-09-30\n    receive:\n      ignore:\n        - mountpoint\n`,
      `  a:\n    intent: vault\n${ENDS}`,
    );
  });

  it('is not offered where the reason stands elsewhere', () => {
    check(`  a:\n    intent: standby\n${ENDS}`, undefined, `defaults: { send: { raw: false } }\n${HEAD}`);
    check(
      `  b: &b { intent: standby, source: h:t/b, target: h:u/b, send: { raw: false } }\n  a: { <<: *b, intent: standby, source: h:t/a, target: h:u/a }\n`,
      undefined,
    );
  });

  it('is not offered for a vault, nor outside of policies', () => {
    check(`  a:\n    intent: vault\n${ENDS}`, undefined);
    assert.equal(makeVault(HEAD, 0), undefined);
    assert.equal(makeVault('policies:\n  a:\n    intent: ', 20), undefined);
  });
});
