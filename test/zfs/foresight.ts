/** What a plan says that the target will hold, and what it holds once the plan has run, asked of zfs itself. */
import assert from 'node:assert/strict';
import type { Afterwards, DatasetAfterwards } from '../../server/src/core/plan/afterwards';
import type { Hosts } from '../support/hosts';
import type { Rawsend } from '../support/rawsend';

export async function foresee(cli: Rawsend, policy: string): Promise<Afterwards> {
  const { code, stdout, stderr } = await cli.run(['plan', '-f', '-', 'prod-to-vault', '--format', 'json'], {
    input: policy,
  });
  assert.equal(code, 0, stderr);
  const { jobs }: { jobs: readonly { readonly afterwards?: Afterwards }[] } = JSON.parse(stdout);
  const afterwards = jobs[0]?.afterwards;
  assert.ok(afterwards, stdout);
  return afterwards;
}

/** Names of snapshots carry the time, and a run plans a moment later than `plan` did. */
const withoutTime = (snapshot: string | undefined): string | undefined =>
  snapshot?.replace(/\d{4}-\d{2}-\d{2}T\d{6}Z/, 'TIME');

export async function assertForeseen(lab: Hosts, { stop, target, destroys }: Afterwards): Promise<void> {
  assert.equal(stop, undefined);
  assert.deepEqual(destroys, { datasets: [], snapshots: [], written: [], unknown: [] });
  const foreseen = target.map(
    ({ name, snapshots, newestSnapshot, encryptionRoot, keyStatus, keyLocation, mounted }): Found => ({
      name,
      snapshots,
      newestSnapshot: withoutTime(newestSnapshot),
      ...(encryptionRoot !== undefined && { encryptionRoot }),
      ...(keyStatus !== undefined && { keyStatus }),
      ...(keyLocation !== undefined && { keyLocation }),
      mounted,
    }),
  );
  assert.deepEqual(foreseen, await found(lab));
}

type Found = Omit<DatasetAfterwards, 'isNew' | 'newSnapshots' | 'newestSnapshot'> & {
  readonly newestSnapshot: string | undefined;
};

async function found(lab: Hosts): Promise<readonly Found[]> {
  const columns = 'name,encryptionroot,keystatus,keylocation,mounted';
  const datasets = await lab.ssh('target', `zfs list -H -o ${columns} -t filesystem,volume -r backup/prod`);
  const { stdout } = await lab.ssh('target', 'zfs list -H -o name -t snapshot -s createtxg -r backup/prod');
  const snapshots = stdout.trim().split('\n');
  return datasets.stdout
    .trim()
    .split('\n')
    .map((row): Found => {
      const [name = '', root = '-', status = '-', keyLocation = 'none', mounted = '-'] = row.split('\t');
      const own = snapshots.filter((snapshot) => snapshot.startsWith(`${name}@`));
      return {
        name,
        snapshots: own.length,
        newestSnapshot: withoutTime(own.at(-1)?.split('@')[1]),
        ...(root !== '-' && {
          encryptionRoot: root,
          keyStatus: status === 'available' ? ('available' as const) : ('unavailable' as const),
        }),
        ...(keyLocation !== 'none' && { keyLocation }),
        mounted: mounted === 'yes',
      };
    });
}
