import assert from 'node:assert/strict';
import type { Hosts } from '../support/hosts';

const PROPERTIES =
  'encryption,keystatus,mounted,mountpoint,canmount,readonly,encryptionroot,keylocation,receive_resume_token';

type Facts = ReadonlyMap<string, Readonly<Record<string, string>>>;

/**
 * What a sceptic would type on the guests, without a line of Rawsend: the target is a vault, it has the source's
 * shape of encryption roots, and every snapshot that it holds is the source's, by guid and ivsetguid.
 */
export async function assertVault(lab: Hosts, source = 'tank/prod', target = 'backup/prod'): Promise<void> {
  const [sources, targets] = [await facts(lab, 'source', source), await facts(lab, 'target', target)];
  assert.ok(targets.size > 1);
  for (const [name, found] of targets) {
    assert.notEqual(found['encryption'], 'off', name);
    assert.equal(found['keystatus'], 'unavailable', name);
    assert.equal(found['receive_resume_token'], '-', name);
    assert.equal(found['readonly'], 'on', name);
    if (found['mounted'] !== '-') {
      assert.equal(found['mounted'], 'no', name);
      assert.ok(found['mountpoint'] === 'none' || found['canmount'] !== 'on', `${name} could be mounted`);
    }
    const original = sources.get(source + name.slice(target.length));
    if (original === undefined) continue;
    assert.equal(found['encryptionroot'], target + (original['encryptionroot'] ?? '').slice(source.length), name);
    if (found['encryptionroot'] === name) assert.equal(found['keylocation'], 'prompt', name);
  }
  assert.deepEqual(
    [...sources.keys()].map((name) => target + name.slice(source.length)).filter((name) => !targets.has(name)),
    [],
  );
  await assertSameLineage(lab, source, target);
  const mount = await lab.ssh('target', `zfs mount -a; zfs mount | grep -c '^${target}' || true`);
  assert.equal(mount.stdout.trim(), '0', 'zfs mount -a mounted a part of the vault');
}

async function facts(lab: Hosts, guest: 'source' | 'target', root: string): Promise<Facts> {
  const { stdout } = await lab.ssh(
    guest,
    `zfs get -Hp -r -t filesystem,volume -o name,property,value ${PROPERTIES} ${root}`,
  );
  const found = new Map<string, Record<string, string>>();
  for (const line of stdout.trim().split('\n')) {
    const [name = '', property = '', value = ''] = line.split('\t');
    found.set(name, { ...found.get(name), [property]: value });
  }
  return found;
}

async function assertSameLineage(lab: Hosts, source: string, target: string): Promise<void> {
  const list = async (guest: 'source' | 'target', root: string): Promise<ReadonlyMap<string, string>> => {
    const { stdout } = await lab.ssh(guest, `zfs list -Hp -r -t snapshot -o name,guid,ivsetguid ${root}`);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    return new Map(rows.map(([name = '', ...guids]) => [name.slice(root.length), guids.join(' ')]));
  };
  const [ours, theirs] = [await list('source', source), await list('target', target)];
  assert.ok(theirs.size > 0);
  for (const [name, guids] of theirs) if (ours.has(name)) assert.equal(guids, ours.get(name), name);
  const datasets = new Set([...theirs.keys()].map((name) => name.slice(0, name.indexOf('@'))));
  for (const dataset of datasets)
    if ([...ours.keys()].some((name) => name.startsWith(`${dataset}@`)))
      assert.equal(newest(theirs, dataset), newest(ours, dataset), dataset);
}

const newest = (snapshots: ReadonlyMap<string, string>, dataset: string): string | undefined =>
  [...snapshots.keys()].findLast((name) => name.startsWith(`${dataset}@`));

/** Snapshot → hold tags under a dataset. */
export async function holdsOf(
  lab: Hosts,
  guest: 'source' | 'target',
  root: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stdout } = await lab.ssh(guest, `zfs list -H -o name -t snapshot -r ${root} | xargs zfs holds -H`);
  const held = new Map<string, string[]>();
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const [snapshot = '', tag = ''] = line.split('\t');
    held.set(snapshot, [...(held.get(snapshot) ?? []), tag]);
  }
  return held;
}
