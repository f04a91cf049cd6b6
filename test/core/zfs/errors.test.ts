import assert from 'node:assert/strict';
import { explainZfsError, ZFS_ERRORS } from '../../../server/src/core/zfs/errors';

/** What hosts print (2.1.11 and 2.3.2, sudo, dash, bash, ssh), and the code it must have. */
const CASES: readonly (readonly [stderr: string, code: string | undefined])[] = [
  ["cannot open 'tank/nope': dataset does not exist", 'dataset-missing'],
  ["cannot open 'tank/prod#m': no such pool or dataset", 'dataset-missing'],
  ["cannot open 'rpool': no such pool", 'pool-missing'],
  ["cannot receive incremental stream: destination 'backup/x' does not exist", 'dataset-missing'],
  [
    'cannot receive incremental stream: destination backup/db has been modified\nsince most recent snapshot',
    'modified',
  ],
  [
    'cannot receive incremental stream: most recent snapshot of backup/db does not\nmatch incremental source',
    'base-mismatch',
  ],
  ["cannot receive incremental stream: IV set guid mismatch. See the 'zfs receive' man page section", 'ivset-mismatch'],
  [
    "cannot receive new filesystem stream: destination 'backup/db' exists\nmust specify -F to overwrite it",
    'destination-exists',
  ],
  [
    'cannot receive new filesystem stream: destination has snapshots (eg. backup/db@a)\nmust destroy them to overwrite it',
    'destination-has-snapshots',
  ],
  [
    'cannot receive incremental stream: destination backup/db contains partially-complete state from "zfs receive -s".',
    'partial-state',
  ],
  ["'backup/db' does not have any resumable receive state to abort", 'nothing-to-abort'],
  ['cannot resume send: resume token is corrupt (invalid format)', 'token-corrupt'],
  [
    "cannot resume send: 'tank/db@b' is no longer the same snapshot used in the initial send\ncannot receive: failed to read from stream",
    'token-stale',
  ],
  ["cannot resume send: 'tank/db@b' used in the initial send no longer exists", 'token-source-missing'],
  ['cannot receive: failed to read from stream', 'stream-broken'],
  [
    "warning: cannot send 'tank/prod@a': dataset key must be loaded\ncannot receive: failed to read from stream",
    'key-not-loaded',
  ],
  [
    'cannot receive new filesystem stream: checksum mismatch or incomplete stream.\nPartially received snapshot is saved.',
    'interrupted-saved',
  ],
  ['cannot receive new filesystem stream: incomplete stream', 'incomplete-stream'],
  ['cannot receive incremental stream: dataset is busy', 'busy'],
  ['cannot destroy snapshot tank/prod@a: dataset is busy', 'held'],
  ["cannot destroy snapshot tank@a: it's being held. Run 'zfs holds -r tank@a' to see holders.", 'held'],
  ["cannot destroy 'backup/db@a': snapshot has dependent clones", 'dependents'],
  ['cannot receive new filesystem stream: permission denied', 'permission-denied'],
  ['Permission denied the ZFS utilities must be run as root.', 'permission-denied'],
  ['root@10.0.2.2: Permission denied (publickey,password).', 'ssh-authentication'],
  ['Host key verification failed.\r', 'ssh-host-key'],
  ['ssh: connect to host vault port 22: Connection refused', 'ssh-unreachable'],
  ['cannot receive incremental stream: inherited key must be loaded', 'key-not-loaded'],
  ["Key load error: Incorrect key provided for 'backup/prod'.", 'wrong-key'],
  ['Key load error: encryption failure', 'key-unreadable'],
  ['cannot receive new filesystem stream: out of space', 'out-of-space'],
  ['cannot receive incremental stream: destination backup/x space quota exceeded.', 'out-of-space'],
  ["cannot hold snapshot 'tank@a': tag already exists on this dataset", 'hold-exists'],
  ["cannot release hold from snapshot 'tank@a': no such tag on this dataset", 'hold-missing'],
  ["cannot set property for 'backup/p': keylocation must not be 'none' for encrypted datasets", 'keylocation-none'],
  ['internal error: cannot receive keylocation property on backup/t3: Invalid argument', 'keylocation-none'],
  ["cannot set property for 'backup/p/c': keylocation may only be set on encryption roots", 'keylocation-not-root'],
  ["cannot set property for 'tank/plain': keylocation must be 'none' for unencrypted datasets", 'keylocation-clear'],
  [
    "cannot open 'backup/no/such': dataset does not exist\ncannot receive new filesystem stream: unable to restore to destination",
    'parent-missing',
  ],
  ['cannot receive new filesystem stream: unable to restore to destination', 'unable-to-restore'],
  [
    'cannot send tank/prod@a: encrypted dataset tank/prod may not be sent with properties without the raw flag',
    'properties-need-raw',
  ],
  ["invalid option 'X'\nusage:\n\tsend", 'usage'],
  ['bash: line 1: zfs: command not found', 'command-not-found'],
  ['sh: 1: zfs: not found', 'command-not-found'],
  ['sudo: a terminal is required to read the password', 'elevation-needs-password'],
  ['sudo: a password is required', 'elevation-needs-password'],
  ['alice is not in the sudoers file.', 'elevation-refused'],
  ['The ZFS modules cannot be auto-loaded.', 'module-not-loaded'],
  ['', undefined],
  ['Warning: Permanently added the host', undefined],
];

describe('explainZfsError', () => {
  for (const [stderr, code] of CASES) {
    it(`reads ${code ?? 'nothing'} from ${JSON.stringify(stderr.slice(0, 60))}`, () => {
      const explained = explainZfsError(`${stderr}\n`);
      assert.equal(explained?.code, code);
      if (explained !== undefined) assert.ok(`${stderr}\n`.includes(explained.text));
    });
  }

  it('has each code once, with text for people', () => {
    const codes = ZFS_ERRORS.map((known) => known.code);
    assert.deepEqual([...new Set(codes)], codes);
    for (const { code, pattern, meaning, advice } of ZFS_ERRORS) {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(!pattern.global, `${code} must not remember where it stopped`);
      assert.ok(meaning !== '' && advice !== '' && !meaning.endsWith('.') && !advice.endsWith('.'), code);
    }
  });
});
