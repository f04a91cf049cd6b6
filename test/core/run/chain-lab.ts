import assert from 'node:assert/strict';
import type { Dataset, Snapshot } from '../../../server/src/core/model/state';
import { parsePolicy } from '../../../server/src/core/policy/parse-policy';
import type { PolicyFile } from '../../../server/src/core/policy/policy';
import type { RunEvent } from '../../../server/src/core/run/event';
import type { Receipt } from '../../../server/src/core/run/receipt';
import { runPolicy } from '../../../server/src/core/run/run-policy';
import { isWithin } from '../../../server/src/core/zfs/names';
import { createModelHosts } from './model-hosts';
import type { Faults, ModelHosts, Side } from './model-hosts';
import { ROOT_OPTIONS } from './run-lab';

/** prod → vault → offsite, each a host of the model; the last two never have a key. */
export interface ChainLab extends ModelHosts {
  readonly file: PolicyFile;
  readonly events: RunEvent[];
  readonly run: (policy: 'near' | 'far', faults?: Faults) => Promise<Receipt>;
  /** Both policies one after the other, each of which has to end like this. */
  readonly cycle: (outcome?: Receipt['outcome']) => Promise<void>;
  /** What was executed on a host since the last call, looks apart. */
  readonly changes: (side: Side) => readonly string[];
}

export const PLACES = { prod: 'tank/prod', vault: 'backup/prod', offsite: 'far/prod' } as const;

/** What is added to each policy, as YAML indented by four. */
export interface More {
  readonly near?: string;
  readonly far?: string;
}

export function createChainLab({ near = '', far = '' }: More = {}): ChainLab {
  const hosts = createModelHosts();
  const { file, problems } = parsePolicy(`version: 1
hosts: { prod: { ssh: prod }, vault: { ssh: vault }, offsite: { ssh: offsite } }
policies:
  near:
    intent: vault
    source: prod:${PLACES.prod}
    target: vault:${PLACES.vault}
    recursive: true
${near}  far:
    intent: vault
    source: vault:${PLACES.vault}
    target: offsite:${PLACES.offsite}
    recursive: true
${far}`);
  assert.ok(file, JSON.stringify(problems));
  const events: RunEvent[] = [];
  let seen = 0;
  const run: ChainLab['run'] = (policy, faults = {}) =>
    runPolicy({
      id: 'run-1',
      file,
      policy,
      hosts: {
        prod: hosts.host('prod', faults),
        vault: hosts.host('vault', faults),
        offsite: hosts.host('offsite', faults),
      },
      transport: hosts.transport(faults),
      clock: () => new Date(Math.max(...Object.values(hosts.states).map(({ now }) => now)) * 1000).toISOString(),
      approve: () => Promise.resolve(true),
      emit: (event) => events.push(event),
      writeReceipt: () => Promise.resolve('/receipts/run-1.json'),
    });
  return {
    ...hosts,
    file,
    events,
    run,
    async cycle(outcome = 'done') {
      for (const policy of ['near', 'far'] as const) {
        const receipt = await run(policy);
        assert.equal(receipt.outcome, outcome, `${policy}: ${receipt.message}`);
      }
    },
    changes(side) {
      const lines = hosts.log.slice(seen).filter((line) => line.startsWith(`${side}: `));
      seen = hosts.log.length;
      return lines.flatMap(
        (line) => /: zfs (snapshot|set|destroy|rename|rollback|inherit|change-key|hold|release)/.exec(line)?.[1] ?? [],
      );
    },
  };
}

const CHANGED = (lab: ModelHosts, side: Side): readonly Dataset[] =>
  [...lab.states[side].datasets.values()].filter(({ name }) => isWithin(name, PLACES[side]));

/** Datasets of a host by their path below the top. */
export const tree = (lab: ModelHosts, side: Side): ReadonlyMap<string, Dataset> =>
  new Map(CHANGED(lab, side).map((dataset) => [dataset.name.slice(PLACES[side].length), dataset]));

export const identity = ({ name, guid, ivsetguid }: Snapshot): string => `${name} ${guid} ${ivsetguid}`;

/** Looks at both replicas as a sceptic would: the newest snapshot of prod, its shape of roots, no key, nothing written. */
export function checkChain(lab: ModelHosts): void {
  for (const [path, source] of tree(lab, 'prod')) {
    const newest = source.snapshots.at(-1);
    assert.ok(newest, path);
    for (const side of ['vault', 'offsite'] as const) {
      const copy = tree(lab, side).get(path);
      const where = `${side}${path}`;
      assert.ok(copy?.crypto, where);
      const last = copy.snapshots.at(-1);
      assert.ok(last, where);
      assert.equal(identity(last), identity(newest), where);
      assert.equal(copy.crypto.root.slice(PLACES[side].length), source.crypto?.root.slice(PLACES.prod.length), where);
      if (copy.crypto.root === copy.name) assert.equal(copy.crypto.keyLocation, 'prompt', where);
      assert.deepEqual([copy.partial, copy.mount, copy.written], [undefined, undefined, 0], where);
    }
  }
  for (const side of ['vault', 'offsite'] as const)
    for (const [path, { crypto }] of tree(lab, side))
      assert.equal(crypto?.loaded, undefined, `${side}${path} has a key`);
}

/** A tree with a volume and roots of its own, nothing of it sent yet. */
export function planted(lab: ChainLab): ChainLab {
  for (const created of [
    `${ROOT_OPTIONS} ${PLACES.prod}`,
    `${PLACES.prod}/app`,
    `${PLACES.prod}/app/deep`,
    `${ROOT_OPTIONS} ${PLACES.prod}/nest`,
    `${PLACES.prod}/nest/kid`,
    `-V 8M ${PLACES.prod}/vol`,
  ])
    lab.type('prod', `zfs create ${created}`);
  lab.write('prod', `${PLACES.prod}/app`, 100_000);
  lab.type('prod', `zfs snapshot -r ${PLACES.prod}@mine`);
  return lab;
}

/** With whatever holds it at the first source. */
export function remove(lab: ChainLab, path: string): void {
  for (const { name, holds } of tree(lab, 'prod').get(path)?.snapshots ?? [])
    for (const tag of Object.keys(holds)) lab.type('prod', `zfs release ${tag} ${PLACES.prod}${path}@${name}`);
  lab.type('prod', `zfs destroy -r ${PLACES.prod}${path}`);
}
