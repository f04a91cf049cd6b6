import assert from 'node:assert/strict';
import { summariseChange } from '../../../server/src/core/change/compare-policies';
import type { Written } from './changes';
import { changeOf, changesOf, read } from './changes';

const kinds = (before: Written, after: Written): readonly string[] =>
  changesOf(before, after).map(({ kind, name, formerName }) => [kind, name, formerName ?? ''].join(' ').trim());

const other = (name: string, from: string, to: string): string =>
  `  ${name}: { intent: vault, source: "${from}", target: "${to}" }\n`;

describe('two policy files', () => {
  it('do the same where only the text differs', () => {
    assert.deepEqual(kinds({ policy: '# a comment' }, { policy: 'send: { raw: true }\nrecursive: true' }), []);
  });

  it('tell a policy that is new, gone or called otherwise', () => {
    const q = other('q', 'prod:tank/q', 'vault:backup/q');
    assert.deepEqual(kinds({}, { others: q }), ['added q']);
    assert.deepEqual(kinds({ others: q }, {}), ['removed q']);
    assert.deepEqual(kinds({ others: q }, { others: q.replace('q:', 'r:') }), ['renamed r q']);
    assert.deepEqual(kinds({ others: q }, { others: other('r', 'prod:tank/r', 'vault:backup/q') }), [
      'added r',
      'removed q',
    ]);
  });

  it('tell a second target as a new one, and the first as what it was', () => {
    assert.deepEqual(kinds({}, { policy: 'target: [vault:backup/dst, prod:tank/copy]' }), ['added p:prod']);
  });

  it('count a host for each policy that uses it, and for no other', () => {
    const local = other('q', 'prod:tank/q', 'prod:tank/copy');
    assert.deepEqual(kinds({ others: local }, { others: local, vault: 'ssh: root@dest, elevate: sudo' }), [
      'changed p',
    ]);
  });

  it('count a policy that brings the source of another one', () => {
    const chained = other('q', 'vault:backup/dst', 'prod:tank/copy');
    const [next] = changesOf({ others: chained }, { policy: 'target: vault:backup/x', others: chained }).slice(1);
    assert.equal(next?.name, 'q');
    assert.match(next.before, /datasets: backup\/dst and its children, as tank\/copy; the policy p brings them/);
  });
});

const differing = ({ before, after }: { readonly before: string; readonly after: string }): readonly string[] => {
  const old = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !old.has(line));
};

describe('the text of a change', () => {
  it('has no line that differs for another reason than the change', () => {
    const known = read({ src: '@rep-a1 @rep-b2* +', dst: '@rep-a1 @rep-b2' });
    for (const inventories of [[], known])
      assert.deepEqual(differing(changeOf({}, { policy: 'schedule: { every: 1h }' }, inventories)).slice(0, 2), [
        '  snapshot-age: a common snapshot at most 2 h old, twice schedule.every',
        '  schedule: every 1 h',
      ]);
  });

  it('says what it was planned from', () => {
    const { before, planned, basis } = changeOf({}, { policy: 'recursive: false' }, read({ src: '@a1*', dst: '@a1' }));
    assert.equal(basis.kind, 'inventory');
    assert.equal(planned, 'Planned for what the hosts held: prod as read 3 h ago, vault as read 3 h ago');
    assert.ok(before.startsWith(`# ${planned}\np: prod:tank/src → vault:backup/dst (vault)\n\nThe next run:\n`));
  });

  it('shows the next run with what it leaves, where both hosts were read', () => {
    const known = read({ src: '@rep-a1 @rep-b2* +', dst: '@rep-a1 @rep-b2' });
    const { before, after } = changeOf({}, { policy: 'transport: { limit: 1MiB/s }' }, known);
    assert.match(
      after,
      / {2}prod: zfs send -w .* -I @rep-b tank\/src@rep-2026-11-23T050000Z\n {4}\| vault: zfs receive -s -u backup\/dst {3}\(direct, at most 1\.0 MiB\/s\)\n/,
    );
    assert.match(before, /\(direct\)\n/);
    assert.match(after, /afterwards\n {4}vault: 1 dataset at @rep-2026-11-23T050000Z/);
    assert.match(after, /destroys: nothing/);
  });

  it('shows a first run and an increment, where a host was not read or is another one now', () => {
    const known = read({ src: '@a1*', dst: '@a1' });
    const one = changeOf({}, { policy: 'receive: { resumable: false }' }, known.slice(0, 1));
    assert.equal(
      one.planned,
      'Planned for a source with one encrypted dataset and one snapshot, because vault was not read',
    );
    assert.match(
      one.after,
      /The first run:\n[^]*receive -u -o mountpoint=none[^]*Each run after it:\n[^]*-I @rep-BEFORE/,
    );
    const moved = changeOf({}, { vault: 'ssh: root@elsewhere' }, known);
    assert.match(moved.planned, /because vault has another address now$/);
  });

  it('names the conflict in place of the steps', () => {
    const change = changeOf({ policy: 'intent: standby' }, { policy: 'intent: standby\nsend: { raw: false }' });
    assert.match(
      change.after,
      /The first run:\n {2}conflict unsupported: send\.raw is false, .*; nothing is sent\n\nEach run/,
    );
  });

  it('says what guards refuse of the next run', () => {
    const known = read({ src: '@rep-a1 @rep-b2*' });
    const wide = changeOf({}, { policy: 'guard: { maxEstimate: 2KiB }' }, known);
    assert.doesNotMatch(wide.after, /conflict/);
    const tight = changeOf({}, { policy: 'guard: { maxEstimate: 100B }' }, known);
    assert.match(tight.after, /conflict guard: the run would send about 1000 B, and guard\.maxEstimate allows 100 B/);
  });

  it('works where both sides are on one host', () => {
    const change = changeOf(
      { policy: 'target: prod:backup/dst' },
      { policy: 'target: prod:backup/dst\nrecursive: false' },
    );
    assert.match(change.after, /not-mounted: no/);
  });
});

const ofQ = (before: Written, after: Written, known = read({ src: '@rep-a1 @rep-b2*' })): readonly string[] =>
  changesOf(before, after, known).flatMap(({ words }) => words.map(({ id, message }) => `${id}: ${message}`));

describe('what is said of a policy', () => {
  const q = other('q', 'prod:tank/src', 'vault:backup/q');
  it('that is new', () => {
    assert.deepEqual(ofQ({}, { others: q }), [
      'added: the policy is new: the next run is a full send of 1 dataset, about 1000 B',
    ]);
    assert.match(ofQ({}, { others: q }, [])[0] ?? '', /a full send of everything that the source has, unless/);
  });

  it('that is gone', () => {
    assert.deepEqual(ofQ({ others: q }, {}), [
      'removed: the policy is gone: vault:backup/q stays and is no longer brought forward; no snapshot of prod:tank/src is held with rawsend:q:vault',
    ]);
    assert.match(ofQ({ others: q }, {}, [])[0] ?? '', /prod keeps what has the tag rawsend:q:vault held/);
  });

  it('once, where one fact could be told twice', () => {
    const address = changeOf({}, { vault: 'ssh: root@elsewhere' });
    assert.deepEqual(
      address.words.map(({ id }) => id),
      ['host-address'],
    );
    const plain = changeOf({ policy: 'intent: standby' }, { policy: 'intent: standby\nsend: { raw: false }' });
    assert.deepEqual(
      plain.words.map(({ id }) => id),
      ['plaintext'],
    );
  });
});

describe('a change in a few words', () => {
  for (const [after, expected] of [
    ['receive: { resumable: false }', /^3 steps, not resumable$/],
    [
      'recursive: false\nexclude: [a]\nschedule: { every: 1h }\nreceive: { ignore: [readonly] }',
      /steps, no readonly=on, without children, 2 more$/,
    ],
    ['transport: { limit: 1MiB/s }', /^3 steps$/],
    ['guard: { maxEstimate: 1GiB }', /^no step, only what is said or checked$/],
  ] as const)
    it(after.split('\n')[0] ?? '', () => assert.match(summariseChange(changeOf({}, { policy: after })), expected));
});
