/** What the other tests on real OpenZFS rely on. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { requireZfsLab, startZfsLab, type ZfsLab } from '../support/zfs-lab';

describe('the zfs-lab', function () {
  this.timeout(400_000);
  let lab: ZfsLab;

  before(async function () {
    requireZfsLab(this);
    lab = await startZfsLab();
  });
  after(() => lab?.stop());

  async function check(host: 'source' | 'target', commandLine: string, expected: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await lab.ssh(host, commandLine);
    assert.equal(code, 0, stderr);
    assert.deepEqual(stdout.trim().split('\n'), expected);
  }

  it('runs OpenZFS 2.3 on both guests', async () => {
    for (const host of ['source', 'target'] as const) {
      const { stdout } = await lab.ssh(host, 'hostname; zfs version');
      assert.match(stdout, new RegExp(`^${host}\nzfs-2\\.3\\.\\S+\nzfs-kmod-2\\.3\\.`));
    }
  });

  it('has an encrypted tree with a volume, and a clear dataset, at the source', () =>
    check('source', 'zfs list -H -r -o name,type,encryption,encryptionroot,keystatus,mounted tank', [
      'tank\tfilesystem\toff\t-\t-\tyes',
      'tank/plain\tfilesystem\toff\t-\t-\tyes',
      'tank/prod\tfilesystem\taes-256-gcm\ttank/prod\tavailable\tyes',
      'tank/prod/app\tfilesystem\taes-256-gcm\ttank/prod\tavailable\tyes',
      'tank/prod/db\tfilesystem\taes-256-gcm\ttank/prod\tavailable\tyes',
      'tank/prod/vol\tvolume\taes-256-gcm\ttank/prod\tavailable\t-',
    ]));

  it('has the same three snapshots of every dataset, and changes between them', async () => {
    await check(
      'source',
      "zfs list -H -t snapshot -o name -r tank | sed 's/.*@//' | sort | uniq -c | awk '{ print $2, $1 }'",
      ['monday 6', 'tuesday 6', 'wednesday 6'],
    );
    await check('source', 'zfs diff -H tank/prod/db@monday tank/prod/db@tuesday | sort', [
      '+\t/tank/prod/db/journal',
      'M\t/tank/prod/db/',
    ]);
  });

  it('has an empty pool at the target', () => check('target', 'zfs list -H -t all -o name', ['backup']));

  it('has the data of the volume on disk', () =>
    check('source', 'head -c 1m /dev/zd0 | tr -d "\\0" | head -c 1 | wc -c', ['1']));

  it('sets the clocks of resumed guests', async () => {
    for (const host of ['source', 'target'] as const) {
      const { stdout } = await lab.ssh(host, 'date +%s');
      assert.ok(Math.abs(Number(stdout) - Date.now() / 1000) < 10, `${host} says ${stdout}`);
    }
  });

  it('has a user without rights', async () => {
    await check('source', 'su alice -c "zfs list -H -o name tank"', ['tank']);
    assert.notEqual((await lab.ssh('source', 'su alice -c "zfs snapshot tank@mine"')).code, 0);
  });

  it('gives each guest a host key of its own', () => {
    const lines = knownHosts(lab);
    assert.equal(lines.length, 2);
    assert.equal(new Set(lines.map(keyOf)).size, 2);
  });

  it('lets the source reach the target only when it knows the key of the target', async () => {
    const [, host = '', port = ''] = /^root@(.+):(\d+)$/.exec(lab.targetAddress) ?? [];
    const connectWith = async (key: string): Promise<{ code: number; stdout: string; stderr: string }> => {
      const options = `-o BatchMode=yes -o UserKnownHostsFile=/tmp/known -p ${port}`;
      return lab.ssh('source', `cat >/tmp/known; ssh ${options} root@${host} hostname </dev/null`, { input: key });
    };
    const [source = '', target = ''] = knownHosts(lab).map(keyOf);
    for (const key of ['', `[${host}]:${port} ${source}\n`]) {
      const { code, stderr } = await connectWith(key);
      assert.equal(code, 255);
      assert.match(stderr, /Host key verification failed/);
    }
    const { code, stdout, stderr } = await connectWith(`[${host}]:${port} ${target}\n`);
    assert.deepEqual([code, stdout], [0, 'target\n'], stderr);
  });

  it('names the address of the target in the policy', () => {
    assert.ok(readFileSync(lab.policyFile, 'utf8').includes(`address: "${lab.targetAddress}"`));
  });

  it('is fresh each time, and apart from other labs that are up', async () => {
    assert.equal((await lab.ssh('target', 'zfs create backup/mine')).code, 0);
    const other = await startZfsLab();
    try {
      assert.equal((await other.ssh('target', 'zfs list -H -o name -r backup')).stdout, 'backup\n');
      assert.equal((await lab.ssh('target', 'zfs list -H -o name -r backup')).stdout, 'backup\nbackup/mine\n');
    } finally {
      await other.stop();
    }
    const socket = connect(other.ports.target, '127.0.0.1');
    await assert.rejects(once(socket, 'connect'), /ECONNREFUSED/);
  });
});

const knownHosts = (lab: ZfsLab): string[] =>
  readFileSync(lab.sshConfig.replace(/ssh_config$/, 'known_hosts'), 'utf8')
    .trim()
    .split('\n');

/** `ssh-ed25519 AAAA…` of a line of known_hosts. */
const keyOf = (line: string): string => line.split(' ').slice(1, 3).join(' ');
