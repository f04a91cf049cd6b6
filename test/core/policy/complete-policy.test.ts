import assert from 'node:assert/strict';
import { completePolicy } from '../../../server/src/core/policy/complete-policy';
import { applyEdits } from '../../../server/src/core/text/span';

const HEAD = 'version: 1\nhosts: { prod: { ssh: a@b }, vault: { local: true } }\npolicies:\n';

/** `|` in the text is the cursor; `expected` are the labels. */
function check(marked: string, ...expected: readonly string[]): void {
  assert.deepEqual(
    complete(marked).entries.map(({ label }) => label),
    expected,
    marked,
  );
}

/** Checks the text after accepting the entry of that label. */
function checkAccepted(marked: string, label: string, expected: string): void {
  const { text, entries } = complete(marked);
  const entry = entries.find((candidate) => candidate.label === label);
  assert.ok(entry, `${label} in ${marked}`);
  assert.notEqual(entry.documentation, '');
  assert.equal(applyEdits(text, [entry.edit]), expected);
}

function complete(marked: string) {
  const offset = marked.indexOf('|');
  assert.ok(offset >= 0, 'no cursor');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, entries: completePolicy(text, offset) };
}

const SECTIONS = [
  'recursive',
  'exclude',
  'snapshots',
  'send',
  'receive',
  'keys',
  'transport',
  'guard',
  'retention',
  'schedule',
  'window',
  'standby',
  'escrow',
  'replica',
];

describe('completion of keys', () => {
  it('offers those that are not there yet', () => {
    check('|', 'version', 'include', 'hosts', 'defaults', 'policies');
    check('version: 1\n|', 'include', 'hosts', 'defaults', 'policies');
    check('|\nhosts: {}\n', 'version', 'include', 'defaults', 'policies');
    check('hosts:\n  a:\n    |\n', 'ssh', 'hostKey', 'local', 'elevate');
    check(`${HEAD}  a:\n    |`, 'intent', 'source', 'target', ...SECTIONS);
    check(`${HEAD}  a:\n    intent: vault\n    |\n    source: prod:x\n    target: vault:y\n`, ...SECTIONS);
    check(
      `${HEAD}  a:\n    retention:\n      target:\n        keep:\n          daily: 1\n          |`,
      'within',
      'hourly',
      'weekly',
      'monthly',
      'yearly',
    );
  });

  it('works in the middle of a word and of a line', () => {
    check('ver|', 'version', 'include', 'hosts', 'defaults', 'policies');
    check('pol|icies:\n', 'version', 'include', 'hosts', 'defaults', 'policies');
    check(`${HEAD}  a:\n    send: { | }\n`, 'raw', 'intermediates');
    check(`${HEAD}  a:\n    send: { raw: true, in|\n`, 'intermediates');
    check(`${HEAD}  a:\n    receive: { mount: false,\n               fo|`, 'force', 'resumable', 'set', 'ignore');
    check(`${HEAD}  a: { send: { r|`, 'raw', 'intermediates');
  });

  it('works with any indentation and line end', () => {
    check('hosts:\n\n         a:\n             |', 'ssh', 'hostKey', 'local', 'elevate');
    check('hosts:\r\n  a:\r\n    ssh: x\r\n    |\r\n', 'hostKey', 'local', 'elevate');
    check('\ufeffhosts:\n  a:\n    |', 'ssh', 'hostKey', 'local', 'elevate');
  });

  it('works in a file that is broken elsewhere', () => {
    check(`${HEAD}  a:\n    intent: "vault\n    source: prod:x\n    send:\n      r|\n`, 'raw', 'intermediates');
    check(`${HEAD}  b: [\n  a:\n    send:\n      |`, 'raw', 'intermediates');
    check(`hosts:\n  a:\n    |\npolicies:\n\ta: *x\n  @`, 'ssh', 'hostKey', 'local', 'elevate');
  });

  it('offers nothing where there are no keys', () => {
    check(`${HEAD}  |`);
    check(`${HEAD}  a:\n    intent: vault\n      x|`);
    check(`${HEAD}  a:\n    keys:|\n`);
    check('# |');
    check('hosts: { a: { ssh: x } } # |');
    check('other:\n  |');
    check('[|]');
  });

  it('writes what goes on with the key', () => {
    checkAccepted('ver|', 'version', 'version: ');
    checkAccepted('ver|: 1', 'version', 'version: 1');
    checkAccepted(`${HEAD}  a:\n    se|`, 'send', `${HEAD}  a:\n    send:\n      `);
    checkAccepted('hos|\r\n', 'hosts', 'hosts:\r\n  \r\n');
    checkAccepted(`${HEAD}  a: { se|`, 'send', `${HEAD}  a: { send: `);
    checkAccepted(`${HEAD}  a:\n    ke|ys: {}\n`, 'keys', `${HEAD}  a:\n    keys: {}\n`);
  });
});

describe('completion of values', () => {
  it('offers what can be listed', () => {
    check('version: |', '1');
    check(`${HEAD}  a:\n    intent: |`, 'vault', 'standby');
    check(`${HEAD}  a:\n    intent: va|ult\n    source: prod:x\n`, 'vault', 'standby');
    check(`${HEAD}  a: { intent: "|" }`, 'vault', 'standby');
    check(`${HEAD}  a: { intent: 'v| }`, 'vault', 'standby');
    check(`${HEAD}  a:\n    send: { raw: | }\n`, 'true', 'false');
    check('hosts:\n  a:\n    elevate: s|', 'none', 'sudo', 'doas');
  });

  it('offers hosts before the colon', () => {
    check(`${HEAD}  a:\n    source: |`, 'prod', 'vault');
    check(`${HEAD}  a: { target: v| }`, 'prod', 'vault');
    check(`${HEAD}  a:\n    source: prod:|`);
    check(`${HEAD}  a:\n    source: prod:ta|nk`);
    checkAccepted(`${HEAD}  a:\n    source: p|`, 'prod', `${HEAD}  a:\n    source: prod:`);
    checkAccepted(`${HEAD}  a:\n    source: p|:tank\n`, 'vault', `${HEAD}  a:\n    source: vault:tank\n`);
  });

  it('offers nothing for free text', () => {
    check('hosts:\n  a:\n    ssh: |');
    check(`${HEAD}  a:\n    send: |`);
    check(`${HEAD}  a:\n    guard: { maxEstimate: | }`);
  });

  it('never fails, wherever the cursor is', () => {
    const text = `${HEAD}  a: &a\n    intent: "vault"\n    receive: { set: { x: 'y' }, ignore: [a, b] }\n  b: { <<: *a }\n`;
    for (let offset = 0; offset <= text.length; offset++) {
      for (const { edit } of completePolicy(text, offset)) {
        assert.ok(
          0 <= edit.span.start && edit.span.start <= offset && offset <= edit.span.end && edit.span.end <= text.length,
        );
      }
    }
  });
});
