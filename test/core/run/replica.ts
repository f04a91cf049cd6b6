import assert from 'node:assert/strict';
import type { Dataset, Snapshot } from '../../../server/src/core/model/state';
import { isWithin } from '../../../server/src/core/zfs/names';
import { COPY, ROOT_OPTIONS, TOP } from './run-lab';
import type { RunLab } from './run-lab';

/** An encrypted tree with a database, a volume and a child that is its own encryption root. */
export function tree(lab: RunLab): RunLab {
  for (const created of [
    `${ROOT_OPTIONS} ${TOP}`,
    `${TOP}/app`,
    `${TOP}/app/deep`,
    `${ROOT_OPTIONS} ${TOP}/nest`,
    `${TOP}/nest/kid`,
    `-V 8M ${TOP}/vol`,
  ])
    lab.type('prod', `zfs create ${created}`);
  for (const name of ['a', 'b']) {
    lab.write('prod', `${TOP}/app`, 100_000);
    lab.type('prod', `zfs snapshot -r ${TOP}@${name}`);
  }
  return lab;
}

export const sourcesOf = (lab: RunLab): readonly Dataset[] =>
  [...lab.states.prod.datasets.values()].filter(({ name }) => isWithin(name, TOP));

/** Looks at the target as a person would: same snapshots, same shape of roots, no place of a key, nothing held but the base. */
export function checkReplica(lab: RunLab, included = sourcesOf(lab).map(({ name }) => name)): void {
  for (const name of included) {
    const source = lab.states.prod.datasets.get(name);
    const target = lab.states.vault.datasets.get(inCopy(name) ?? '');
    assert.ok(source !== undefined && target !== undefined, name);
    assert.equal(lineageOf(target.snapshots.at(-1)), lineageOf(source.snapshots.at(-1)), name);
    assert.equal(target.crypto?.root, inCopy(source.crypto?.root), name);
    if (target.crypto?.root === target.name) assert.equal(target.crypto.keyLocation, 'prompt', name);
    assert.equal(target.partial, undefined, name);
    const held = source.snapshots.filter(({ holds }) => Object.keys(holds).length > 0).map((one) => one.name);
    assert.deepEqual(held, [source.snapshots.at(-1)?.name], name);
  }
}

const inCopy = (name: string | undefined): string | undefined => name?.replace(TOP, COPY);

const lineageOf = (version: Snapshot | undefined): string => `${version?.guid}/${version?.ivsetguid}`;

/** The commands and streams that a run executed, without its looks and dry runs. */
export const steps = (lab: RunLab): readonly string[] =>
  lab.log.filter((line) => /zfs (?:send -w|snapshot|hold |release|set)/.test(line) && !line.includes(' -n '));
