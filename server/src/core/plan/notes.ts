import { quote } from '../shell/quote';
import type { Dataset } from '../zfs/inventory';
import { keyChanges, keyTrial } from './key-changes';
import type { Situation } from './situation';
import { holdTag } from './situation';

/** What the reader should know before approving. No figures that change from look to look: notes are in the digest. */
export function planNotes(situation: Situation): readonly string[] {
  return [...keptChildren(situation), ...unheld(situation), ...newKeys(situation), ...clones(situation)];
}

/**
 * A key changed at the source reaches a target dataset with its next increment. One that gets none any more
 * keeps the old wrapped key, and stands under a root that has the new one.
 */
function keptChildren({ unpaired, policy }: Situation): readonly string[] {
  return unpaired.map((dataset) => {
    const why = `${dataset.name} has no counterpart that the policy replicates (removed or excluded at the source): it is kept`;
    return inheritsKey(dataset)
      ? `${why}; the next change of the key at the source locks it here, so save it before: \`${rescue(dataset, policy.target.dataset)}\` makes a copy that opens with the present key`
      : why;
  });
}

/** Beside the target, for below it the copy would be taken for a child again; one place for each child. */
function rescue({ name, snapshots }: Dataset, top: string): string {
  const place = `${top}-rescue${name.slice(top.length).replaceAll('/', '-')}`;
  const send = quote(['zfs', 'send', '-w', `${name}@${snapshots.at(-1)?.name ?? 'SNAPSHOT'}`]);
  return `${send} | ${quote(['zfs', 'receive', '-u', '-o', 'mountpoint=none', place])}`;
}

const inheritsKey = (dataset: Dataset): boolean =>
  dataset.encryptionRoot !== undefined && dataset.encryptionRoot !== dataset.name && dataset.snapshots.length > 0;

function unheld(situation: Situation): readonly string[] {
  const tag = holdTag(situation.policy);
  return unheldBases(situation).map(
    (base) => `${base}, the present base, is not held with the tag ${tag}: until the run is done it could be pruned`,
  );
}

/** The snapshots of the source that the next increments start from, and that no hold of this policy keeps. */
export function unheldBases({ pairs, policy }: Situation): readonly string[] {
  const tag = holdTag(policy);
  return pairs.flatMap(({ source, lineage }) => {
    if (lineage.kind !== 'based' || lineage.base.kind === 'bookmark') return [];
    const { name } = lineage.base.version;
    const isHeld = source.snapshots.find((snapshot) => snapshot.name === name)?.holds.includes(tag) ?? false;
    return isHeld ? [] : [`${source.name}@${name}`];
  });
}

function newKeys(situation: Situation): readonly string[] {
  return keyChanges(situation).map(
    ({ source, target, shownBy }) =>
      `the ${shownBy === 'format' ? 'key' : 'passphrase'} of ${source.name} is not that of ${target.name}: this run brings that of the source, and the other one opens nothing there any more; try it on ${situation.target.host} with \`${keyTrial(target)}\` before the old one is thrown away`,
  );
}

function clones({ pairs }: Situation): readonly string[] {
  return pairs
    .filter(({ source, lineage }) => source.origin !== undefined && lineage.kind === 'new')
    .map(
      ({ source }) =>
        `${source.name} is a clone of ${source.origin}: it is sent in full and shares no space at the target`,
    );
}
