import assert from 'node:assert/strict';
import { isWithin } from '../../../server/src/core/zfs/names';
import { COPY, TOP, addSource, snapshotAll } from './run-lab';
import type { FakeVersion } from './fake-pool';
import type { RunLab } from './run-lab';

/** An encrypted tree with a database, a volume and a child that is its own encryption root. */
export function tree(lab: RunLab): RunLab {
  addSource(lab, '');
  addSource(lab, 'app');
  addSource(lab, 'app/deep');
  addSource(lab, 'nest', { root: `${TOP}/nest` });
  addSource(lab, 'nest/kid', { root: `${TOP}/nest` });
  addSource(lab, 'vol', { kind: 'volume' });
  snapshotAll(lab, 'a');
  snapshotAll(lab, 'b');
  return lab;
}

/** Looks at the target as a person would: same snapshots, same shape of roots, no place of a key, nothing held but the base. */
export function checkReplica(
  lab: RunLab,
  included = [...lab.source.datasets.keys()].filter((name) => isWithin(name, TOP)),
): void {
  for (const name of included) {
    const source = lab.source.datasets.get(name);
    const target = lab.target.datasets.get(name.replace(TOP, COPY));
    assert.ok(source !== undefined && target !== undefined, name);
    assert.equal(lineageOf(target.snapshots.at(-1)), lineageOf(source.snapshots.at(-1)), name);
    assert.equal(target.root, source.root.replace(TOP, COPY), name);
    if (target.root === target.name) assert.equal(target.keyLocation, 'prompt', name);
    assert.equal(target.token, undefined, name);
    const held = source.snapshots.filter(({ holds }) => holds.size > 0).map(({ name: snapshot }) => snapshot);
    assert.deepEqual(held, [source.snapshots.at(-1)?.name], name);
  }
}

const lineageOf = (version: FakeVersion | undefined): string => `${version?.guid}/${version?.ivsetguid}`;

/** The commands and streams that a run executed, without its looks and dry runs. */
export const steps = (lab: RunLab): readonly string[] =>
  lab.log.filter((line) => /zfs (?:send -w|snapshot|hold |release|set)/.test(line) && !line.includes(' -n '));
