/** What a send that runs keeps from being destroyed, in the same words on the lab and on real OpenZFS. */
import assert from 'node:assert/strict';
import { startHosts, ZFS, type Hosts } from '../support/hosts';

describe(`snapshots that are being sent, on ${ZFS}`, function () {
  this.timeout(400_000);
  let lab: Hosts;
  before(async () => {
    lab = await startHosts();
    await said('zfs create tank/prod/big; zfs snapshot tank/prod/big@a');
    await said('dd if=/dev/urandom of=/tank/prod/big/file bs=1M count=4 2>/dev/null; zfs snapshot tank/prod/big@b');
  });
  after(() => lab?.stop());

  /** Everything that the source prints. */
  async function said(command: string): Promise<string> {
    const { stdout, stderr } = await lab.ssh('source', command);
    return stdout + stderr;
  }

  /** Runs a command while a stream waits for its reader, which never comes. */
  async function whileSending(send: string, command: string): Promise<string> {
    await said(`(${send} | sleep 600) >/dev/null 2>&1 & sleep 1`);
    try {
      return await said(command);
    } finally {
      await said('kill $(pidof sleep); for try in $(seq 100); do pidof zfs >/dev/null || exit 0; sleep 0.1; done');
    }
  }

  const BIG = 'tank/prod/big';
  const heldLine = (name: string): string =>
    `cannot destroy snapshot ${BIG}@${name}: it's being held. Run 'zfs holds -r ${BIG}@${name}' to see holders.\n`;

  it('of a package are held, base and all, for as long as it is sent', async () => {
    const tried = await whileSending(
      `zfs send -w -I @a ${BIG}@b`,
      `zfs destroy ${BIG}@a; zfs destroy ${BIG}@b; zfs holds -H ${BIG}@b; zfs get -H -o value userrefs ${BIG}@a`,
    );
    assert.ok(tried.includes(heldLine('a')) && tried.includes(heldLine('b')), tried);
    assert.match(tried, /^tank\/prod\/big@b\t\.send-\d+-1\t/m);
    assert.match(tried, /^1\n/m);
    assert.equal(await said(`zfs get -H -o value userrefs ${BIG}@a ${BIG}@b`), '0\n0\n');
  });

  it('of a stream of one are busy, also for a deferred destroy, and their base is not', async () => {
    const tried = await whileSending(
      `zfs send -w -i @a ${BIG}@b`,
      `zfs destroy ${BIG}@b; zfs destroy -d ${BIG}@b; zfs get -H -o value userrefs ${BIG}@b; zfs destroy ${BIG}@a`,
    );
    const busy = `cannot destroy snapshot ${BIG}@b: dataset is busy\n`;
    assert.equal(tried.replaceAll(busy, ''), '0\n', tried);
    assert.equal(tried.split(busy).length, 3, tried);
    assert.equal(await said(`zfs list -H -t snapshot -o name ${BIG}; zfs destroy ${BIG}@b`), `${BIG}@b\n`);
  });

  it('go when their send has ended, where a deferred destroy waits for it', async () => {
    await said(`zfs snapshot ${BIG}@c`);
    await said('dd if=/dev/urandom of=/tank/prod/big/other bs=1M count=4 2>/dev/null; zfs snapshot tank/prod/big@d');
    const tried = await whileSending(
      `zfs send -w -I @c ${BIG}@d`,
      `zfs destroy -d ${BIG}@c; zfs get -H -o value defer_destroy ${BIG}@c; zfs destroy -d ${BIG}@d`,
    );
    assert.equal(tried.replace(heldLine('d'), ''), 'on\n', tried);
    assert.equal(await said(`zfs list -H -t snapshot -o name ${BIG}`), `${BIG}@d\n`);
  });
});
