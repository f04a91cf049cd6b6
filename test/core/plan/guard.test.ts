import assert from 'node:assert/strict';
import { guardConflicts } from '../../../server/src/core/plan/guard';
import { planPolicies } from '../../../server/src/core/plan/plan-policies';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { isAllowed, parseAllowedVersions } from '../../../server/src/core/zfs/allowed-versions';
import { inventories, policyFile } from './notation';

const GIB = 2 ** 30;

function guarded(guard: string, bytes: number, free?: number): readonly string[] {
  const policy = policyFile(`    guard: { ${guard} }\n`).policies['p'];
  const { vault } = inventories({ src: '@a1*', dst: '@a1' });
  assert.ok(policy && vault);
  const pools = free === undefined ? [] : [{ name: 'backup', guid: '1', health: 'ONLINE', size: 100 * GIB, free }];
  return guardConflicts(policy, bytes, { ...vault, pools }).map(({ message }) => message);
}

const conflictsWith = (versions: string, kernel: string): readonly string[] => {
  const file = policyFile(`    guard: { versions: ${versions} }\n`);
  const { prod, vault } = inventories({ src: '@a1*', dst: '@a1' });
  assert.ok(prod && vault);
  const other: Inventory = { ...vault, zfsVersion: { userland: '2.3.2', kernel } };
  const [job] = planPolicies(file, ['p'], { prod, vault: other }, '2026-11-23T02:00:00.000Z').jobs;
  return job?.conflicts.map(({ code, subject, message }) => `${code} ${subject}: ${message}`) ?? [];
};

const problemsOf = (versions: string): readonly string[] => {
  const text = `version: 1\nhosts: { a: { ssh: a } }\npolicies: { p: { intent: vault, source: a:x, target: a:y, guard: { versions: ${versions} } } }`;
  return parsePolicy(text).problems.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`);
};

const allows = (text: string, version: string): boolean => {
  const parsed = parseAllowedVersions(text);
  assert.ok(parsed.ok, text);
  return isAllowed(version, parsed.value);
};

describe('guard', () => {
  it('stops a run that sends too much', () => {
    assert.deepEqual(guarded('maxEstimate: 5GiB', 5 * GIB), []);
    assert.match(guarded('maxEstimate: 5GiB', 6 * GIB)[0] ?? '', /would send about 6.+allows 5/);
  });

  it('stops a run that leaves too little at the target', () => {
    assert.deepEqual(guarded('minFree: 5GiB', 5 * GIB, 10 * GIB), []);
    assert.match(guarded('minFree: 5GiB', 6 * GIB, 10 * GIB)[0] ?? '', /10.0 GiB free and would have about 4.0 GiB/);
    assert.match(guarded('minFree: 5GiB', 60 * GIB, 10 * GIB)[0] ?? '', /about 0/);
    assert.match(guarded('minFree: 5GiB', 0)[0] ?? '', /could not be read/);
  });

  it('stops where a host has another OpenZFS, whichever part of it', () => {
    assert.deepEqual(conflictsWith('">=2.2"', '2.3.2'), []);
    assert.deepEqual(conflictsWith('["2.1", "2.3"]', '2.3.2'), []);
    assert.equal(conflictsWith('">=2.4"', '2.3.2').length, 2);
    assert.match(
      conflictsWith('">=2.2"', '2.1.11').join(),
      /^guard vault: .+program of OpenZFS 2.3.2.+module of 2.1.11/,
    );
    assert.match(conflictsWith('">=2.2"', '').join(), /could not be read/);
  });
});

describe('guard.versions', () => {
  it('says at the text what is wrong with it', () => {
    assert.match(problemsOf('">=x"').join('|'), /^">=x": `versions`: write a release such as/);
    assert.match(problemsOf('["2.3", latest]').join('|'), /^latest: `versions`: write a release/);
    // YAML reads 2.10 as 2.1.
    assert.match(problemsOf('2.10').join('|'), /^2.10: `versions` must be .+each in quotes/);
    assert.equal(problemsOf('[]').length, 1);
  });
});

describe('parseAllowedVersions', () => {
  it('compares number by number', () => {
    assert.ok(allows('2.3', '2.3.2') && allows('2.3.2', '2.3.2') && allows('>=2.2 <2.4', '2.3.99'));
    assert.ok(allows('>=2.2', '2.10.0') && allows('<=2.3.2', '2.3.2') && allows('>2.3.1', '2.3.2'));
    assert.ok(!allows('2.3', '2.31.0') && !allows('>=2.2 <2.4', '2.4.0') && !allows('<2.3.2', '2.3.2'));
  });

  it('takes nothing else', () => {
    for (const text of ['', 'latest', '2', '=>2.2', '>= 2.2', '2.3.x', 'zfs-2.3.2'])
      assert.equal(parseAllowedVersions(text).ok, false, text);
  });
});
