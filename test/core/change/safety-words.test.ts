/** Each row of the table of what matters to safety, shown by a change that it is about. */
import assert from 'node:assert/strict';
import { SAFETY_WORDS } from '../../../server/src/core/change/safety-words';
import type { Tree } from '../plan/notation';
import type { Written } from './changes';
import { changeOf, read } from './changes';

interface Case {
  readonly from?: Written | string;
  readonly to?: Written | string;
  readonly says: RegExp;
  /** What the hosts hold, where it matters. */
  readonly src?: Tree;
  readonly dst?: Tree;
  /** The opposite row, which the way back shows. */
  readonly back?: readonly [id: string, says: RegExp];
}

const STANDBY = 'intent: standby';
const keep = (side: string, what: string): string => `retention: { ${side}: { keep: { ${what} } } }`;
const standby = (more: string): string =>
  `${STANDBY}\nstandby: { keyHolders: [ann], procedure: wiki, rehearsed: 2026-09-01${more} }`;
const escrow = (more: string): string => `escrow: { place: safe, keeper: ann, restored: 2026-09-01${more} }`;
const KEY = `SHA256:${'A'.repeat(43)}`;
const CHAIN = { src: '@rep-a1 @rep-b2*', dst: '@rep-a1 @rep-b2' };

const CASES: Readonly<Record<string, Case>> = {
  plaintext: {
    from: STANDBY,
    to: `${STANDBY}\nsend: { raw: false }`,
    says: /^asks for a send without -w: .*could read it/,
    back: ['plaintext-undone', /^sends with -w again/],
  },
  force: {
    from: 'replica: true',
    to: 'replica: true\nreceive: { force: rollback }',
    says: /^allows `zfs receive -F`/,
    back: ['force-undone', /^no longer allows `zfs receive -F`/],
  },
  replica: {
    to: 'replica: true',
    says: /^declares that the target is a replica and nothing else/,
    back: ['replica-undone', /^no longer declares/],
  },
  mount: {
    from: STANDBY,
    to: `${STANDBY}\nreceive: { mount: true }`,
    says: /^asks to mount what arrives/,
    back: ['mount-undone', /^no longer mounts/],
  },
  standby: {
    to: STANDBY,
    says: /^the intent goes from vault to standby/,
    back: ['standby-undone', /^the intent goes from standby to vault/],
  },
  'keys-loaded': {
    from: STANDBY,
    to: `${STANDBY}\nkeys: { load: manual }`,
    says: /^a key that is loaded at the target is no longer a conflict/,
    back: ['keys-loaded-undone', /^a key that is loaded at the target is a conflict/],
  },
  'key-location': {
    from: STANDBY,
    to: `${STANDBY}\nkeys: { location: "file:///k" }`,
    says: /^the target would find its key by itself/,
    back: ['key-location-undone', /^the target asks a person/],
  },
  writable: {
    to: 'receive: { ignore: [readonly] }',
    says: /^readonly=on is no longer set/,
    back: ['writable-undone', /^readonly=on is set/],
  },
  mountable: {
    from: STANDBY,
    to: `${STANDBY}\nreceive: { ignore: [mountpoint] }`,
    says: /^mountpoint=none is no longer set/,
    back: ['mountable-undone', /^mountpoint=none is set/],
  },
  'starts-over': {
    to: 'receive: { resumable: false }',
    says: /^a stream that is cut begins again/,
    back: ['starts-over-undone', /^a stream that is cut goes on/],
  },
  'fewer-snapshots': {
    to: 'send: { intermediates: false }',
    says: /no longer reach the target: it has fewer points/,
    back: ['fewer-snapshots-undone', /reach the target, too$/],
  },
  'children-left': {
    to: 'recursive: false',
    says: /^children are no longer replicated/,
    back: ['children-left-undone', /^children are replicated, too/],
  },
  'schedule-gone': {
    from: 'schedule: { every: 1h }',
    says: /^the schedule is gone/,
    back: ['schedule-gone-undone', /^with a schedule/],
  },
  'window-gone': {
    from: 'window: { from: "01:00", to: "06:00" }',
    says: /^the window is gone/,
    back: ['window-gone-undone', /^runs begin within a window only/],
  },
  'rehearsal-unchecked': {
    from: standby(''),
    to: STANDBY,
    says: /no longer asks when loading the key was rehearsed$/,
    back: ['rehearsal-unchecked-undone', /asks when loading the key was rehearsed$/],
  },
  'restore-unchecked': {
    from: escrow(''),
    says: /no longer asks when a restore with the kept key was tried$/,
    back: ['restore-unchecked-undone', /asks when a restore with the kept key was tried$/],
  },
  'target-moves': {
    to: 'target: vault:backup/other',
    ...CHAIN,
    says: /^the target moves from vault:backup\/dst to vault:backup\/other: the next run is a full send of 1 dataset, about 1000 B; the copy at the old place stays/,
  },
  'source-moves': {
    to: 'source: prod:tank/other',
    says: /^the source moves from prod:tank\/src to prod:tank\/other: unless/,
  },
  'hold-tag': {
    to: { name: 'q' },
    ...CHAIN,
    says: /^the tag of the holds changes from rawsend:p:vault to rawsend:q:vault: prod keeps 1 snapshot held, and nothing releases that: `zfs release rawsend:p:vault tank\/src@rep-b`/,
  },
  'destroys-more': {
    from: keep('target', 'hourly: 9'),
    to: keep('target', 'hourly: 1'),
    src: '@rep-a1 @rep-b4000 @rep-c8000*',
    dst: '@rep-a1 @rep-b4000 @rep-c8000',
    says: /^the next run destroys 2 snapshots that it would have left: vault:backup\/dst@rep-a and vault:backup\/dst@rep-b$/,
    back: [
      'destroys-less',
      /^the next run leaves 2 snapshots that it would have destroyed: vault:backup\/dst@rep-a and/,
    ],
  },
  refused: {
    to: 'guard: { versions: ">=2.4" }',
    ...CHAIN,
    says: /^the run would be refused: prod has OpenZFS 2\.3\.2, and guard\.versions asks for >=2\.4$/,
    back: ['not-refused', /can be done$/],
  },
  'host-key-dropped': {
    from: { vault: `ssh: root@dest, hostKey: "${KEY}"` },
    says: /^vault need not show a certain host key any more/,
    back: ['host-key-required', /^vault must show the host key SHA256:A+, or nothing is read from it$/],
  },
  'host-key-changed': {
    from: { vault: `ssh: root@dest, hostKey: "${KEY}"` },
    to: { vault: `ssh: root@dest, hostKey: "${KEY.replaceAll('A'.repeat(43), 'B'.repeat(43))}"` },
    says: /^vault must show another host key, SHA256:B+ \(was SHA256:A+\)/,
  },
  'host-address': {
    to: { vault: 'ssh: root@elsewhere' },
    says: /^vault is reached as root@elsewhere \(was root@dest\): where that is another machine/,
  },
  'host-elevate': {
    to: { vault: 'ssh: root@dest, elevate: sudo' },
    says: /^zfs runs by sudo -n on vault \(was as the user who logs in\)$/,
  },
  prefix: { to: 'snapshots: { prefix: mine- }', says: /^new snapshots begin with mine-: those that begin with rep- / },
  'excludes-more': {
    to: 'exclude: [tmp, cache]',
    says: /^leaves out tmp and cache: copies at the target stay/,
    back: ['excludes-less', /^replicates tmp and cache, too/],
  },
  'retention-source-shorter': {
    to: keep('source', 'daily: 30'),
    says: /^retention\.source keeps daily 30 \(was everything\): .*destroyed/,
    back: ['retention-source-longer', /^retention\.source keeps everything \(was daily 30\)/],
  },
  'retention-target-shorter': {
    from: keep('target', 'daily: 90, within: 36h'),
    to: keep('target', 'daily: 30, within: 2d'),
    says: /^retention\.target keeps within 2 d, daily 30 \(was within 36 h, daily 90\)/,
  },
  'retention-target-longer': {
    from: keep('target', 'daily: 90'),
    to: keep('target', 'daily: 90, weekly: 8'),
    says: /^retention\.target keeps daily 90, weekly 8 \(was daily 90\)/,
  },
  'guard-maxEstimate': {
    from: 'guard: { maxEstimate: 500GiB }',
    to: 'guard: { maxEstimate: 501GiB }',
    says: /^guard\.maxEstimate: a run may send 501\.0 GiB \(was 500\.0 GiB\)$/,
  },
  'guard-minFree': {
    from: 'guard: { minFree: 100GiB }',
    says: /^guard\.minFree is gone \(was 100\.0 GiB\): nothing says any more what the pool of the target must keep free$/,
  },
  'guard-versions': { from: 'guard: { versions: "2.3" }', says: /^guard\.versions is gone/ },
  'guard-other-versions': {
    from: 'guard: { versions: "2.3" }',
    to: 'guard: { versions: ["2.3", "2.4"] }',
    says: /^the hosts must have OpenZFS 2\.3 or 2\.4 \(was 2\.3\)$/,
  },
  'schedule-rarer': {
    from: 'schedule: { every: 1h }',
    to: 'schedule: { cron: "0 2 * * *" }',
    says: /^the target may be older before `rawsend verify` fails: cron 0 2 \* \* \* \(UTC\) \(was every 1 h\)$/,
  },
  'other-window': {
    from: 'window: { from: "01:00", to: "06:00" }',
    to: 'window: { from: "02:00", to: "06:00" }',
    says: /^runs begin from 02:00 to 06:00 \(UTC\) \(was from 01:00/,
  },
  route: {
    to: 'transport: { route: relay }',
    says: /^the bytes go through this machine/,
    back: ['route', /^prod itself connects to vault/],
  },
  address: {
    to: 'transport: { address: recv@10.0.0.2 }',
    says: /^prod reaches vault as recv@10\.0\.0\.2 \(was as its ssh says\)$/,
  },
  jump: {
    to: 'transport: { jump: ann@bastion }',
    says: /^prod reaches vault through ann@bastion \(was without a jump host\)$/,
  },
  'standby-rarer': {
    from: standby(', every: 30d'),
    to: standby(', every: 90d'),
    says: /^standby\.every is 90 d \(was 30 d\)/,
  },
  'escrow-rarer': { from: escrow(', every: 30d'), to: escrow(''), says: /^escrow\.every is gone \(was 30 d\)/ },
};

const written = (side: Written | string = {}): Written => (typeof side === 'string' ? { policy: side } : side);

function check(id: string, says: RegExp, [from, to]: readonly [Written, Written], { src, dst }: Case): void {
  const known = src === undefined ? [] : read({ src, ...(dst === undefined ? {} : { dst }) });
  const { words } = changeOf(from, to, known);
  const [word, ...more] = words.filter((one) => one.id === id);
  assert.ok(word && more.length <= 1, `it says ${words.map((one) => one.id).join(', ')}`);
  assert.match(word.message, says);
  assert.ok(word.brief.length < 35, 'a lens has room for it');
}

describe('what matters to safety in a change', () => {
  it('is shown here, row by row', () => {
    const shown = Object.entries(CASES).flatMap(([id, { back }]) => [id, ...(back === undefined ? [] : [back[0]])]);
    assert.deepEqual([...new Set(shown)].toSorted(), [...new Set(SAFETY_WORDS.map(({ id }) => id))].toSorted());
  });

  for (const [id, one] of Object.entries(CASES)) {
    const sides = [written(one.from), written(one.to)] as const;
    it(id, () => check(id, one.says, sides, one));
    const { back } = one;
    if (back !== undefined) it(`${back[0]}, the way back`, () => check(back[0], back[1], [sides[1], sides[0]], one));
  }

  it('is nothing where only a value is spelled otherwise or tightened without a loss', () => {
    assert.deepEqual(changeOf({}, { policy: 'guard: { maxEstimate: 500GiB }' }).words, []);
    assert.deepEqual(changeOf({}, { policy: 'transport: { limit: 10MiB/s }' }).words, []);
  });

  it('begins with what makes less safe', () => {
    const { words } = changeOf(
      { policy: 'schedule: { every: 1h }' },
      { policy: 'window: { from: "01:00", to: "02:00" }\nsnapshots: { prefix: x- }' },
    );
    assert.deepEqual(
      words.map(({ id, weight }) => `${weight} ${id}`),
      ['risk schedule-gone', 'note prefix', 'relief window-gone-undone'],
    );
  });
});
