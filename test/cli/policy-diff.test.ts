import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import { inventories } from '../core/plan/notation';
import type { Circumstances, Ended } from './io-double';
import { NOW, runCli } from './io-double';
import { temporaryFolder } from './temporary-folder';

const OLD = `version: 1
hosts: { prod: { ssh: root@source }, vault: { ssh: root@dest } }
policies:
  p: { intent: vault, source: "prod:tank/src", target: "vault:backup/dst" }
  q: { intent: vault, source: "prod:tank/q", target: "vault:backup/q" }
`;
/** `p` is called otherwise and loses its readonly; `q` stays. */
const NEW = OLD.replace('p: {', 'r: { receive: { ignore: [readonly] },');
const WRONG = OLD.replace('intent: vault', 'intent: vualt');

function diff(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  rest: Circumstances = {},
): Promise<Ended> {
  const cwd = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(cwd, name), text);
  return runCli(['policy', 'diff', ...args], { cwd, ...rest });
}

describe('rawsend policy diff', () => {
  it('says what matters in words, then the plan as a diff', async () => {
    const { code, stdout, stderr } = await diff({ a: OLD, b: NEW }, ['a', 'b']);
    assert.deepEqual([code, stderr], [EXIT.findings, '']);
    assert.match(stdout, /^r: renamed, was p\n {2}Planned for a source with one encrypted dataset/);
    assert.match(stdout, /^ {2}! readonly=on is no longer set/m);
    assert.match(stdout, /^ {2}! the tag of the holds changes from rawsend:p:vault to rawsend:r:vault/m);
    assert.match(stdout, /^--- a\/r\n\+\+\+ b\/r\n@@ /m);
    assert.match(stdout, /^- {2}prod: zfs hold rawsend:p:vault tank\/src@rep-2025-11-23T040506Z$/m);
    assert.match(stdout, /^\+ {2}prod: zfs hold rawsend:r:vault tank\/src@rep-2025-11-23T040506Z$/m);
    assert.match(stdout, /\nPolicies: 1 renamed, 1 unchanged\n$/);
  });

  it('is silent about another text that does the same', async () => {
    const spelled = `# nightly\n${OLD.replace('p: {', 'p: { recursive: true,')}`;
    const { code, stdout } = await diff({ a: OLD, b: spelled }, ['a', 'b']);
    assert.deepEqual([code, stdout], [EXIT.done, 'Policies: 2 unchanged\n']);
  });

  it('takes one of both from standard input, as git gives it', async () => {
    assert.equal((await diff({ b: OLD }, ['-', 'b'], { stdin: OLD })).code, EXIT.done);
    assert.match((await diff({ a: OLD }, ['a', '-'], { stdin: NEW })).stdout, /^r: renamed, was p$/m);
    assert.match((await diff({ b: OLD }, ['-', 'b'], { stdin: '' })).stdout, /Policies: 2 added\n$/);
    assert.match((await diff({ a: OLD }, ['a', '/dev/null'])).stdout, /Policies: 2 removed\n$/);
  });

  it('tells the findings of a file with errors, and not by the code of a difference', async () => {
    for (const args of [['a', 'b'] as const, ['b', 'a'] as const]) {
      const { code, stdout, stderr } = await diff({ a: OLD, b: WRONG }, args);
      assert.deepEqual([code, stdout], [EXIT.failed, '']);
      assert.match(stderr, /^b:4:\d+: error [^]*b has errors, so nothing was done\n$/);
    }
  });

  it('compares the next run where the inventories of both hosts are given', async () => {
    const known = inventories({ src: '@rep-a1 @rep-b2*', dst: '@rep-a1 @rep-b2' });
    const files = { a: OLD, b: NEW, prod: JSON.stringify(known['prod']), vault: JSON.stringify(known['vault']) };
    const given = ['--inventory', 'prod', '--inventory', 'vault'];
    const { stdout } = await diff(files, ['a', 'b', ...given], { now: () => new Date('2026-11-23T05:00:00Z') });
    assert.match(stdout, /Planned for what the hosts held: prod as read 3 h ago, vault as read 3 h ago/);
    assert.match(
      stdout,
      /prod keeps 1 snapshot held, and nothing releases that: `zfs release rawsend:p:vault tank\/src@rep-b`/,
    );
    assert.match((await diff(files, ['a', 'b', ...given.slice(2)])).stdout, /because prod was not read/);
  });

  it('has a form for programs', async () => {
    const { code, stdout } = await diff({ a: OLD, b: NEW }, ['a', 'b', '--format', 'json']);
    const report = JSON.parse(stdout);
    assert.deepEqual([code, report.schema, report.unchanged, report.changes.length], [EXIT.findings, 1, ['q'], 1]);
    const [change] = report.changes;
    assert.deepEqual([change.policy, change.formerName, change.kind], ['r', 'p', 'renamed']);
    assert.deepEqual(change.basis, { kind: 'sample', why: 'prod and vault were not read' });
    assert.deepEqual(Object.keys(change.words[0]).toSorted(), ['brief', 'id', 'message', 'weight']);
    assert.match(change.diff, /^--- a\/r\n/);
    assert.ok(change.before.includes(NOW.toISOString().slice(0, 10)) && change.steps > 0);
  });

  it('is coloured on a terminal', async () => {
    const { stdout } = await diff({ a: OLD, b: NEW }, ['a', 'b'], { terminal: true, env: { TERM: 'xterm' } });
    assert.ok(stdout.includes('\u001B[31m  ! readonly'));
    assert.ok(stdout.includes('\u001B[32m+  prod: zfs hold'));
  });

  for (const [args, hint] of [
    [['a'], /takes two files: OLD NEW/],
    [['a', 'b', 'c'], /takes two files/],
    [['-', '-'], /only one of both/],
    [['a', 'absent'], /absent does not exist/],
    [['a', 'b', '--inventory', 'a'], /a is not JSON/],
    [['a', 'b', '--check'], /policy diff has no option --check/],
  ] as const)
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await diff({ a: OLD, b: NEW }, args);
      assert.deepEqual([code, stdout], [EXIT.usage, '']);
      assert.match(stderr, hint);
    });
});
