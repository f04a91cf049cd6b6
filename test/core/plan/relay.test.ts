import assert from 'node:assert/strict';
import { bringersFirst } from '../../../server/src/core/policy/bringer';
import { formatPlan } from '../../../server/src/core/plan/format-plan';
import type { Job, Plan } from '../../../server/src/core/plan/plan';
import { planPolicies } from '../../../server/src/core/plan/plan-policies';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { PolicyFile } from '../../../server/src/core/policy/policy';
import { quote } from '../../../server/src/core/shell/quote';
import type { Inventory } from '../../../server/src/core/zfs/inventory';
import { inventories } from './notation';
import type { Tree } from './notation';

interface Case {
  readonly src: Tree;
  readonly dst?: Tree;
  /** The target of the policy that brings. */
  readonly brought?: string;
  readonly first?: string;
  readonly p?: string;
  readonly zfs?: string;
}

function fileOf({ brought = 'prod:tank/src', first = '', p = '' }: Case): PolicyFile {
  const { file, problems } = parsePolicy(`version: 1
hosts: { origin: { ssh: o }, prod: { ssh: a }, also: { ssh: a }, vault: { ssh: b } }
policies:
  first: { intent: vault, source: origin:data/src, target: ${brought}${first} }
  p: { intent: vault, source: prod:tank/src, target: vault:backup/dst, schedule: { every: 1h }${p} }
`);
  assert.ok(file, JSON.stringify(problems));
  return file;
}

/** `p` sends tank/src of prod to the vault; `first` brings tank/src there before. */
function planOf(one: Case): Plan {
  const { src, dst, zfs = '2.3.2' } = one;
  const found = inventories({ src, ...(dst === undefined ? {} : { dst }) });
  const withRelease = (inventory: Inventory): Inventory => ({
    ...inventory,
    zfsVersion: { userland: zfs, kernel: zfs },
  });
  const hosts = Object.fromEntries(Object.entries(found).map(([host, inventory]) => [host, withRelease(inventory)]));
  return planPolicies(fileOf(one), ['p'], hosts, '2026-11-23T02:00:00.000Z');
}

function jobOf(one: Case): Job {
  const [job] = planOf(one).jobs;
  assert.ok(job);
  return job;
}

/** What is sent, without flags that every stream has. */
const streams = (job: Job): readonly string[] =>
  job.steps.flatMap((step) =>
    step.kind === 'stream'
      ? [quote(step.command).replace('zfs send -w ', '').replace('-v -P ', '').replaceAll('tank/src', 'T')]
      : [],
  );

const commands = (job: Job, purpose: string): readonly string[] =>
  job.steps.flatMap((step) => (step.purpose === purpose ? [quote(step.command)] : []));

const codes = ({ conflicts }: Job): readonly string[] => conflicts.map(({ code }) => code);

describe('a source that another policy brings', () => {
  it('gets no snapshot, neither by a schedule nor for what was written', () => {
    const ready = jobOf({ src: '@rep-a1*', dst: '@rep-a1', brought: 'prod:tank/other' });
    assert.equal(ready.status, 'ready', 'one that none brings gets one by its schedule');
    for (const src of ['@rep-a1*', '@rep-a1* +'])
      for (const brought of ['prod:tank/src', 'also:tank/src']) {
        const job = jobOf({ src, dst: '@rep-a1', brought });
        assert.deepEqual([job.status, job.steps.length, job.broughtBy], ['up-to-date', 0, 'first']);
      }
  });

  it('says who brings the next snapshot', () => {
    const text = formatPlan(planOf({ src: '@rep-a1*', dst: '@rep-a1' }));
    assert.match(text, /up to date: the target has @rep-a, the newest that first has brought as a whole/);
  });

  it('is sent up to what its bringer ends with, which need not be a snapshot of its own', () => {
    const job = jobOf({ src: '@rep-a1* @mine2 @rep-b3', dst: '@rep-a1' });
    assert.deepEqual(streams(job), ['-I @rep-a T@rep-b']);
    assert.deepEqual(commands(job, 'hold'), ['zfs hold rawsend:p:vault tank/src@rep-b']);
    assert.deepEqual(streams(jobOf({ src: '@rep-a1* @mine2', dst: '@rep-a1' })), ['-I @rep-a T@mine']);
    assert.deepEqual(streams(jobOf({ src: '@mine1' })), ['T@mine']);
  });

  it('is sent up to its newest snapshot with another prefix, and not beyond', () => {
    const job = jobOf({ src: '@day-a1* @rep-b2 @day-c3 @rep-d4', dst: '@day-a1', p: ', snapshots: { prefix: day- }' });
    assert.deepEqual(streams(job), ['-I @day-a T@day-c']);
  });

  it('is no chain where the other policy brings none of it', () => {
    for (const one of [
      { brought: 'prod:tank/src/child', p: ', exclude: [child]' },
      { brought: 'prod:tank/src/child', p: ', recursive: false' },
      { brought: 'prod:tank', first: ', exclude: [src]' },
      { brought: 'prod:tank', first: ', recursive: false' },
    ])
      assert.equal(jobOf({ src: '@rep-a1*', dst: '@rep-a1', ...one }).broughtBy, undefined, JSON.stringify(one));
  });

  it('is refused where the other policy brings only a part of it', () => {
    const job = jobOf({ src: { '': '@rep-a1*', child: '@rep-a2' }, dst: '@rep-a1', brought: 'also:tank/src/child' });
    assert.deepEqual(codes(job), ['unsupported']);
    assert.match(job.conflicts[0]?.message ?? '', /only a part of tank\/src/);
    assert.match(job.conflicts[0]?.choices[0] ?? '', /`exclude: \[child\]`/);
  });

  it('is a conflict before anything has come, which says what to run', () => {
    for (const src of [{}, { '': '' }]) {
      const job = jobOf({ src });
      assert.deepEqual(codes(job), ['not-brought']);
      assert.match(job.conflicts[0]?.choices[0] ?? '', /`rawsend run first`/);
    }
    const other = jobOf({ src: '@rep-a1', p: ', snapshots: { prefix: off- }' });
    assert.match(other.conflicts[0]?.choices[1] ?? '', /one snapshots.prefix: first has rep-/);
  });

  it('gives children their place between two snapshots that it has', () => {
    const job = jobOf({ src: { '': '@rep-a1 @rep-b3', c: '@rep-a2 @rep-b4' } });
    assert.deepEqual(streams(job), ['T@rep-a', 'T/c@rep-a', '-R -I @rep-a T@rep-b']);
    assert.deepEqual(
      commands(job, 'hold').map((line) => line.replace('zfs hold rawsend:p:vault ', '')),
      ['tank/src@rep-b tank/src/c@rep-b', 'tank/src@rep-a tank/src/c@rep-a'],
    );
    assert.deepEqual(commands(job, 'release'), ['zfs release rawsend:p:vault tank/src@rep-a tank/src/c@rep-a']);
    assert.deepEqual(commands(job, 'set'), ['zfs set keylocation=prompt backup/dst']);
    assert.deepEqual(commands(job, 'snapshot'), []);
  });

  it('goes from the newest that all have, over what some have between', () => {
    const src = { '': '@rep-a1 @rep-b3 @rep-d7', c: '@rep-a2 @rep-b4 @x5 @rep-d8' };
    assert.deepEqual(streams(jobOf({ src })).at(-1), '-R -I @rep-b T@rep-d');
    const few = jobOf({ src, p: ', send: { intermediates: false }' });
    assert.deepEqual(streams(few), ['T@rep-b', 'T/c@rep-b', '-R -i @rep-b T@rep-d']);
  });

  it('leaves the place of children for later where one snapshot is all that has come', () => {
    const job = jobOf({ src: { '': '@rep-a1', c: '@rep-a2' } });
    assert.deepEqual(streams(job), ['T@rep-a', 'T/c@rep-a']);
    assert.deepEqual(
      job.expect.map(({ encryptionRoot, rootForNow }) => [encryptionRoot, rootForNow]),
      [
        ['backup/dst', undefined],
        ['backup/dst', 'backup/dst/c'],
      ],
    );
    assert.match(job.notes.join('\n'), /backup\/dst\/c is not below the encryption root .* the next that first brings/);
  });

  it('does so too where the target has more than the older of the two', () => {
    const dst = { '': '@rep-b3', c: 'root @rep-a2' };
    const job = jobOf({ src: { '': '@rep-a1 @rep-b3*', c: '@rep-a2 @rep-b4*' }, dst });
    assert.deepEqual(streams(job), ['-I @rep-a T/c@rep-b']);
    assert.equal(job.expect[1]?.rootForNow, 'backup/dst/c');
    const next = jobOf({
      src: { '': '@rep-a1 @rep-b3* @rep-d5', c: '@rep-a2 @rep-b4* @rep-d6' },
      dst: { '': '@rep-b3', c: 'root @rep-b4' },
    });
    assert.deepEqual(streams(next), ['-R -I @rep-b T@rep-d']);
    assert.deepEqual(commands(next, 'release'), ['zfs release rawsend:p:vault tank/src@rep-b tank/src/c@rep-b']);
  });

  it('leaves out of that stream what is excluded and has come, and what lacks the snapshot', () => {
    const src = {
      '': '@rep-a1 @rep-b3',
      c: '@rep-a2 @rep-b4',
      x: '@rep-a5 @rep-b6',
      'x/y': '@rep-a7 @rep-b8',
      old: '@rep-z1',
    };
    const one = { src, p: ', exclude: [x]' };
    assert.equal(streams(jobOf(one)).at(-1), '-R -s -I @rep-a -X T/x T@rep-b');
    const old = jobOf({ ...one, zfs: '2.1.11' });
    assert.deepEqual(streams(old).at(-1), '-I @rep-a T/c@rep-b');
    assert.match(old.notes.join('\n'), /which zfs 2\.1\.11 of prod cannot; exclude the same in first/);
  });

  it('waits for what is on its way, unless the target has the newest already', () => {
    const dst = { '': '@rep-a1', c: '@rep-a2' };
    const gone = jobOf({ src: { '': '@rep-a1* @rep-b3', c: '@rep-a2*' }, dst });
    assert.deepEqual(streams(gone), ['-I @rep-a T@rep-b']);
    const job = jobOf({ src: { '': '@rep-a1* @rep-b3', c: '@rep-a2* token=b4-a2' }, dst });
    assert.equal(job.status, 'up-to-date');
    assert.match(job.notes.join('\n'), /has not come to tank\/src\/c yet: @rep-a, which all have, is what is sent/);
    const there = jobOf({ src: { '': '@rep-a1 @rep-b3*', c: '@rep-a2 token=b4-a2' }, dst: { '': '@rep-b3' } });
    assert.equal(there.status, 'up-to-date');
    assert.match(there.notes.join('\n'), /tank\/src\/c has no @rep-b: .* and is not sent; vault has no copy of it/);
  });

  it('does not wait for what lacks the newest two, and brings what the target has of it as far as it goes', () => {
    const src = { '': '@rep-a1 @rep-b3 @rep-d5', c: '@rep-z2 @rep-a4' };
    const job = jobOf({ src, dst: { '': '@rep-a1', c: '@rep-z2' } });
    assert.deepEqual(streams(job), ['-I @rep-a T@rep-d', '-I @rep-z T/c@rep-a']);
    assert.deepEqual(
      job.expect.map(({ snapshot }) => snapshot),
      ['rep-d', 'rep-a'],
    );
  });

  it('keeps what its bringer goes on from, whatever retention says', () => {
    const src = { '': '@rep-a1 @rep-b3* @rep-d5', c: '@rep-a2 @rep-b4* token=d6-b4' };
    const dst = { '': '@rep-b3', c: '@rep-b4' };
    const job = jobOf({ src, dst, p: ', retention: { source: { keep: { within: 1s } } }' });
    assert.deepEqual(commands(job, 'destroy'), ['zfs destroy tank/src@rep-a', 'zfs destroy tank/src/c@rep-a']);
  });
});

describe('the order of a chain', () => {
  const { file } = parsePolicy(`version: 1
hosts: { a: { ssh: a }, b: { ssh: b }, c: { ssh: c }, d: { ssh: d } }
policies:
  third: { intent: vault, source: c:x/t, target: d:x/t }
  second: { intent: vault, source: b:x/t, target: c:x/t }
  other: { intent: vault, source: a:y/t, target: b:y/t }
  first: { intent: vault, source: a:x/t, target: b:x/t }
`);
  assert.ok(file);

  it('has bringers first, also over a policy that is not named, and else is as given', () => {
    assert.deepEqual(bringersFirst(file, ['third', 'other', 'second', 'first']), ['first', 'second', 'third', 'other']);
    assert.deepEqual(bringersFirst(file, ['third', 'first']), ['first', 'third']);
    assert.deepEqual(bringersFirst(file, ['other', 'third', 'other']), ['other', 'third']);
  });
});
