import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { InventoryOutput, InventoryPart } from '../../../server/src/core/zfs/inventory-commands';
import { readInventoryOutput } from '../../../server/src/core/zfs/read-inventory-output';

type Facts = Readonly<Record<string, string | readonly [value: string, source: string]>>;

const COMMON: Facts = {
  type: 'filesystem',
  guid: '12703435976336479773',
  createtxg: '9',
  encryption: ['off', 'default'],
  encryptionroot: '-',
  keystatus: '-',
  keyformat: ['none', 'default'],
  keylocation: ['none', 'default'],
  mountpoint: ['/tank', 'local'],
  canmount: ['on', 'default'],
  mounted: 'yes',
  readonly: ['off', 'default'],
  used: '107520',
  referenced: '24576',
  written: '0',
  volsize: '-',
  origin: '-',
  receive_resume_token: '-',
};

const VOLUME: Facts = {
  type: 'volume',
  encryption: 'aes-256-gcm',
  encryptionroot: 'tank/prod',
  keystatus: 'unavailable',
  keyformat: 'raw',
  mountpoint: '-',
  canmount: '-',
  mounted: '-',
  volsize: ['8388608', 'local'],
  receive_resume_token: '1-abc-f0-00',
};

/** `zfs get -Hp` of one dataset. */
function facts(name: string, changes: Facts = {}): string {
  return Object.entries({ ...COMMON, ...changes })
    .map(([property, value]) => {
      const [text = '', source = '-'] = typeof value === 'string' ? [value] : value;
      return `${name}\t${property}\t${text}\t${source}\n`;
    })
    .join('');
}

const printed = (part: InventoryPart, stdout: string, stderr = '', code = 0): InventoryOutput => ({
  part,
  code,
  stdout,
  stderr,
});

const VERSION = printed('version', 'zfs-2.3.2-2~bpo12+2\nzfs-kmod-2.3.2-2~bpo12+2\n');
const POOLS = printed('pools', 'tank\t16003163199231425970\tONLINE\t603979776\t603191296\n');
const SNAPSHOTS = printed(
  'snapshots',
  [
    'tank/prod@later\t17499674476699392629\t32267823290018471\t9007199254740993\t1795404425\t0\t101376\t2',
    'tank/prod@first\t16259806149322415719\t31810941054098950\t9007199254740992\t1795404423\t0\t101376\t0',
    'tank/prod#mark\t16259806149322415719\t31810941054098950\t9007199254740992\t1795404423\t-\t101376\t-',
    'tank@clear\t9789994939829948152\t-\t17\t1795404423\t0\t24576\t0',
    'tank#clear\t9789994939829948152\t0\t17\t1795404423\t-\t24576\t-',
    '',
  ].join('\n'),
);
const HOLDS = printed(
  'holds',
  'tank/prod@later\tz\tMon Nov 23 03:27 2026\ntank/prod@later\ta b\tMon Nov 23 03:27 2026\n',
);
const TREE = printed('datasets', facts('tank') + facts('tank/prod'));

const read = (outputs: readonly InventoryOutput[]): ReturnType<typeof readInventoryOutput> =>
  readInventoryOutput({ host: 'prod', takenAt: '2026-11-23T03:27:00Z', outputs });

const whole = [VERSION, POOLS, TREE, SNAPSHOTS, HOLDS];

describe('readInventoryOutput', () => {
  it('reads pools, datasets, snapshots, bookmarks and holds', () => {
    const { inventory, problems } = read([VERSION, POOLS, TREE, SNAPSHOTS, HOLDS]);
    assert.deepEqual(problems, []);
    assert.deepEqual(inventory.zfsVersion, { userland: '2.3.2', kernel: '2.3.2' });
    assert.deepEqual(inventory.pools, [
      { name: 'tank', guid: '16003163199231425970', health: 'ONLINE', size: 603979776, free: 603191296 },
    ]);
    assert.deepEqual(inventory.datasets[0], {
      name: 'tank',
      kind: 'filesystem',
      guid: '12703435976336479773',
      createtxg: '9',
      encryption: 'off',
      mountpoint: { value: '/tank', source: 'local' },
      canmount: { value: 'on', source: 'default' },
      mounted: true,
      readonly: { value: 'off', source: 'default' },
      used: 107520,
      referenced: 24576,
      written: 0,
      snapshots: [
        {
          name: 'clear',
          guid: '9789994939829948152',
          createtxg: '17',
          creation: 1795404423,
          used: 0,
          referenced: 24576,
          holds: [],
        },
      ],
      bookmarks: [{ name: 'clear', guid: '9789994939829948152', createtxg: '17', creation: 1795404423 }],
    });
    const [first, later] = inventory.datasets[1]?.snapshots ?? [];
    assert.equal(first?.name, 'first', 'createtxg is compared beyond the precision of a number');
    assert.deepEqual(later, {
      name: 'later',
      guid: '17499674476699392629',
      ivsetguid: '32267823290018471',
      createtxg: '9007199254740993',
      creation: 1795404425,
      used: 0,
      referenced: 101376,
      holds: ['a b', 'z'],
    });
    assert.equal(inventory.datasets[1]?.bookmarks[0]?.ivsetguid, '31810941054098950');
  });

  it('reads encrypted volumes, clones and tokens', () => {
    const clone = facts('tank/clone', { origin: 'tank@clear', mountpoint: ['/tank/clone', 'inherited from tank'] });
    const { inventory, problems } = read([
      VERSION,
      POOLS,
      printed('datasets', facts('tank/prod/vol', VOLUME) + clone),
      printed('snapshots', ''),
    ]);
    assert.deepEqual(problems, []);
    const [first, volume] = inventory.datasets;
    assert.equal(first?.origin, 'tank@clear');
    assert.deepEqual(first?.mountpoint, { value: '/tank/clone', source: 'inherited' });
    const { encryptionRoot, keyStatus, keyFormat, keyLocation, mountpoint, canmount, mounted, volsize, resumeToken } =
      volume ?? first ?? assert.fail();
    assert.deepEqual(
      { encryptionRoot, keyStatus, keyFormat, keyLocation, mountpoint, canmount, mounted, volsize, resumeToken },
      {
        encryptionRoot: 'tank/prod',
        keyStatus: 'unavailable',
        keyFormat: 'raw',
        keyLocation: 'none',
        mountpoint: undefined,
        canmount: undefined,
        mounted: false,
        volsize: 8388608,
        resumeToken: '1-abc-f0-00',
      },
    );
  });

  it('puts parents before children, and siblings by name', () => {
    const names = ['tank/a-b', 'tank/a/b', 'tank/a', 'tank', 'backup', 'tank/a b'];
    const { inventory } = read([VERSION, POOLS, printed('datasets', names.map((name) => facts(name)).join(''))]);
    assert.deepEqual(
      inventory.datasets.map(({ name }) => name),
      ['backup', 'tank', 'tank/a', 'tank/a/b', 'tank/a b', 'tank/a-b'],
    );
  });

  it('merges datasets that were read twice', () => {
    const { inventory, problems } = read([...whole, printed('datasets', facts('tank'))]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      inventory.datasets.map(({ name }) => name),
      ['tank', 'tank/prod'],
    );
  });
});

function check(outputs: readonly InventoryOutput[], expected: readonly string[]): void {
  const found = read(outputs).problems.map(({ code, part, error }) => [code, part, error ?? ''].join(' ').trim());
  assert.deepEqual(found, expected);
}

describe('problems of an inventory', () => {
  it('are none for a dataset that does not exist', () => {
    const missing = "cannot open 'tank/nope': dataset does not exist\n";
    check([VERSION, POOLS, printed('datasets', facts('tank'), missing, 1), printed('snapshots', '', missing, 1)], []);
  });

  it('name the command that failed', () => {
    const denied =
      "cannot open 'tank/x': dataset does not exist\nPermission denied the ZFS utilities must be run as root.\n";
    check([VERSION, printed('pools', '', denied, 1)], ['command-failed pools permission-denied']);
    check([VERSION, printed('datasets', '', '', 137)], ['command-failed datasets']);
    check(
      [printed('version', '', 'bash: line 1: zfs: command not found\n', 127)],
      ['command-failed version command-not-found', 'odd-version version'],
    );
  });

  it('name rows that are cut or odd, and keep the rest', () => {
    const cut = facts('tank') + facts('tank/prod').slice(0, -150);
    check([VERSION, printed('datasets', cut)], ['truncated datasets', 'odd-dataset datasets']);
    check([VERSION, printed('pools', 'tank\tx\tONLINE\t1\t1\n')], ['odd-number pools']);
    check([VERSION, printed('snapshots', 'tank@a\t1\t-\t1\t1\t-\t5\t0\n')], ['odd-number snapshots']);
    check([VERSION, printed('snapshots', 'tank\t1\t-\t1\t1\t5\t5\t0\n')], ['odd-number snapshots']);
    check([VERSION, printed('holds', 'tank@a\n')], ['odd-row holds']);
    for (const property of ['type', 'guid', 'createtxg', 'used', 'referenced', 'written']) {
      check([VERSION, printed('datasets', facts('tank', { [property]: '?' }))], ['odd-dataset datasets']);
    }
  });

  it('take a faulted pool as it is', () => {
    const { inventory, problems } = read([VERSION, printed('pools', 'tank\t1\tFAULTED\t-\t-\n')]);
    assert.deepEqual(problems, []);
    assert.deepEqual(inventory.pools, [{ name: 'tank', guid: '1', health: 'FAULTED', size: 0, free: 0 }]);
  });

  it('never become a crash, wherever the output is cut', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(3000), (index, length) => {
        const outputs = whole.map((output, at) =>
          at === index ? { ...output, stdout: output.stdout.slice(0, length % (output.stdout.length + 1)) } : output,
        );
        assert.equal(read(outputs).inventory.schema, 1);
      }),
    );
  });
});
