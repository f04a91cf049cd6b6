import assert from 'node:assert/strict';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { Policy } from '../../../server/src/core/policy/policy';

const HOSTS = 'version: 1\nhosts: { prod: { ssh: a }, vault: { ssh: b } }\n';
const policyText = (name: string, more = '', intent = 'vault'): string =>
  `  ${name}:\n    intent: ${intent}\n    source: prod:tank/${name}\n    target: vault:backup/${name}\n${more}`;

function policies(text: string): Readonly<Record<string, Policy>> {
  const { file, problems } = parsePolicy(HOSTS + text);
  assert.ok(file, JSON.stringify(problems));
  return file.policies;
}

/** Each problem as the text that it stands at. */
const problemsOf = (text: string): readonly string[] =>
  parsePolicy(HOSTS + text).problems.map(({ rule, span }) => `${rule} ${(HOSTS + text).slice(span.start, span.end)}`);

describe('defaults', () => {
  it('are what all policies get unless they say otherwise, key by key', () => {
    const { a, b } = policies(
      `defaults:\n  recursive: false\n  transport: { route: relay, limit: 1MiB/s }\n  receive: { set: { compression: zstd } }\npolicies:\n${policyText('a')}${policyText('b', '    transport: { limit: 2MiB/s }\n    receive: { set: { atime: "off" } }\n')}`,
    );
    assert.deepEqual(a?.transport, { route: 'relay', limit: 2 ** 20 });
    assert.deepEqual(b?.transport, { route: 'relay', limit: 2 ** 21 });
    assert.equal(a?.recursive, false);
    assert.deepEqual(b?.receive.set, { mountpoint: 'none', readonly: 'on', atime: 'off', compression: 'zstd' });
  });

  it('give way as a whole where keys mean something only together, and as lists', () => {
    const { b } = policies(
      `defaults:\n  schedule: { every: 1h }\n  exclude: [x]\n  retention: { source: { keep: { daily: 7 } }, target: { keep: { daily: 9 } } }\npolicies:\n${policyText('b', '    schedule: { cron: "0 2 * * *" }\n    exclude: [y]\n    retention: { source: { keep: { hourly: 5 } } }\n')}`,
    );
    assert.equal(b?.schedule?.every, undefined);
    assert.deepEqual(b?.exclude, ['y']);
    assert.deepEqual(b?.retention, { source: { keep: { hourly: 5 } }, target: { keep: { daily: 9 } } });
  });

  it('of a standby are for standbys only', () => {
    const standby = 'defaults:\n  standby: { keyHolders: [ann], procedure: wiki, rehearsed: 2026-09-01 }\n';
    const { a, b } = policies(`${standby}policies:\n${policyText('a')}${policyText('b', '', 'standby')}`);
    assert.equal(a?.standby, undefined);
    assert.deepEqual(b?.standby?.keyHolders, ['ann']);
  });

  it('have no intent, source and target', () => {
    assert.deepEqual(problemsOf(`defaults: { intent: vault }\npolicies:\n${policyText('a')}`), [
      'policy-schema intent',
    ]);
  });

  it('have their mistakes told once, where they were written', () => {
    const two = `policies:\n${policyText('a')}${policyText('b')}`;
    assert.deepEqual(problemsOf(`defaults: { guard: { maxEstimate: 500G } }\n${two}`), ['policy-schema 500G']);
    assert.deepEqual(problemsOf(`defaults: { gard: {} }\n${two}`), ['policy-schema gard']);
    assert.deepEqual(problemsOf(`defaults: { window: { from: "22:00" } }\n${two}`), ['policy-schema window']);
    assert.deepEqual(problemsOf(`defaults: { send: { raw: false } }\n${two}`), ['policy-vault false']);
    assert.deepEqual(problemsOf(`defaults: 7\n${two}`), ['policy-schema 7']);
  });

  it('leave the mistakes of a policy where they are', () => {
    assert.deepEqual(
      problemsOf(
        `defaults: { guard: { maxEstimate: 5GiB } }\npolicies:\n${policyText('a', '    guard: { minFree: 5 }\n')}`,
      ),
      ['policy-schema 5'],
    );
  });
});

describe('anchors and merge keys', () => {
  it('work in hosts and policies, and a problem stands at the text that was written', () => {
    const text = `version: 1
hosts:
  prod: &host { ssh: a, elevate: sudo }
  vault: { <<: *host, ssh: b }
x: &limits { maxEstimate: 500G }
policies:
  a: &base { intent: vault, source: prod:tank/a, target: vault:backup/a, guard: &guard { maxEstimate: 5GiB } }
  b:
    <<: *base
    source: prod:tank/b
    target: vault:backup/b
    guard: { <<: *guard, minFree: 1G }
`;
    const { problems } = parsePolicy(text);
    assert.deepEqual(
      problems.map(({ span }) => text.slice(span.start, span.end)),
      ['x', '1G'],
    );
    const right = parsePolicy(text.replace(/^x: .+\n/m, '').replace('1G', '1GiB'));
    assert.deepEqual(right.file?.hosts['vault'], { name: 'vault', ssh: 'b', elevate: 'sudo', local: false });
    assert.deepEqual(right.file?.policies['b']?.guard, { maxEstimate: 5 * 2 ** 30, minFree: 2 ** 30 });
  });
});
