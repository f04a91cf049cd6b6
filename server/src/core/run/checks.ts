import { sameLineage } from '../plan/diff-lineage';
import { expectedRoot } from '../plan/encryption-shape';
import type { Pair, Situation } from '../plan/situation';
import { holdTag, newest } from '../plan/situation';
import type { Dataset, Snapshot } from '../zfs/inventory';

/** One row of the table of checks. */
export interface CheckRow {
  /** Kebab-case and stable. */
  readonly id: string;
  readonly proves: string;
  /** Undefined where the check does not apply. */
  readonly look: (subject: Subject) => Seen | undefined;
}

export interface Subject {
  readonly situation: Situation;
  readonly pair: Pair;
  /** The snapshot that a run has just brought the dataset to. */
  readonly wanted: string | undefined;
  /** The root that it has until more has come to a relay. */
  readonly rootForNow: string | undefined;
  /** At a relay: the first source brings it no more, so its root is not its contemporary. */
  readonly isBehind: boolean;
}

export interface Seen {
  readonly ok: boolean;
  readonly expected: string;
  readonly found: string;
}

type LookAtTarget = (target: Dataset, subject: Subject) => Seen | undefined;

/** A check of a dataset that exists; that it does is a check of its own. */
const ofTarget =
  (look: LookAtTarget): CheckRow['look'] =>
  (subject) =>
    subject.pair.target === undefined ? undefined : look(subject.pair.target, subject);

/** A check of what only a vault promises. */
const ofVault = (look: LookAtTarget): CheckRow['look'] =>
  ofTarget((target, subject) => (subject.situation.policy.intent === 'vault' ? look(target, subject) : undefined));

const is = (expected: string, found: string): Seen => ({ ok: found === expected, expected, found });

const none = 'none';

export const CHECKS: readonly CheckRow[] = [
  {
    id: 'exists',
    proves: 'the target has the dataset; not what it holds',
    look: ({ pair }) => is('exists', pair.target === undefined ? 'missing' : 'exists'),
  },
  {
    id: 'newest-snapshot',
    proves:
      'what this run meant to bring has arrived as a whole: ZFS makes a received snapshot visible only at its end',
    look: ofTarget((target, { wanted }) =>
      wanted === undefined ? undefined : is(`@${wanted}`, shown(newest(target.snapshots))),
    ),
  },
  {
    id: 'snapshot-lineage',
    proves:
      'every snapshot that both sides have is the same point of one raw history (equal guid and ivsetguid); not that the blocks on the disk are readable, which a scrub tells',
    look: ofTarget((target, { pair }) => lineage(pair.source, target)),
  },
  {
    id: 'same-snapshot-in-root',
    proves: 'the dataset and its encryption root were brought by the same run, so one key opens both',
    look: ofTarget((target, { situation, isBehind }) => {
      if (isBehind) return undefined;
      const root = situation.target.datasets.find(({ name }) => name === target.encryptionRoot);
      return root === undefined || root === target
        ? undefined
        : is(shown(newest(root.snapshots)), shown(newest(target.snapshots)));
    }),
  },
  {
    id: 'encrypted',
    proves: 'the dataset is stored encrypted at the target, with the cipher of the source',
    look: ofTarget((target, { pair }) => is(pair.source.encryption, target.encryption)),
  },
  {
    id: 'encryption-root',
    proves: 'the key of the source opens it at the same place of the tree; not that anybody still has that key',
    look: ofTarget((target, { situation, pair, rootForNow }) =>
      rootForNow === undefined
        ? is(expectedRoot(situation, pair.source) ?? none, target.encryptionRoot ?? none)
        : undefined,
    ),
  },
  {
    id: 'encryption-root-for-now',
    proves:
      'the key of the source opens it, loaded for this root; not that it has the place of the tree that it has at the source, which a later run gives it',
    look: ofTarget((target, { rootForNow }) =>
      rootForNow === undefined ? undefined : is(rootForNow, target.encryptionRoot ?? none),
    ),
  },
  {
    id: 'key-not-loaded',
    proves: 'no key is loaded at the target now; not that none ever was',
    look: ofTarget((target, { situation: { policy } }) =>
      policy.keys.load === 'never' ? is('unavailable', target.keyStatus ?? none) : undefined,
    ),
  },
  {
    id: 'key-location',
    proves: 'nothing at the target finds the key by itself: an import or a boot asks a person',
    look: ofTarget((target, { situation }) =>
      target.encryptionRoot === target.name
        ? is(situation.policy.keys.location, target.keyLocation ?? none)
        : undefined,
    ),
  },
  {
    id: 'not-mounted',
    proves: 'the dataset is not mounted now; not that it never was',
    look: ofVault((target) => is('no', target.mounted ? 'yes' : 'no')),
  },
  {
    id: 'not-mountable',
    proves: 'no import and no `zfs mount -a` will mount it, even with the key; volumes have no such property',
    look: ofVault(mountability),
  },
  {
    id: 'readonly',
    proves:
      '`zfs mount` would not change it and so would not break the next increment; `mount -t zfs -o ro` still would',
    look: ofTarget((target, { situation }) => {
      const wanted = situation.policy.receive.set['readonly'];
      return wanted === undefined ? undefined : is(wanted, target.readonly.value);
    }),
  },
  {
    id: 'not-modified',
    proves: 'nothing was written to the target after its newest snapshot',
    look: ofTarget((target) => is('0 bytes', `${target.written} bytes`)),
  },
  {
    id: 'no-resume-token',
    proves: 'no interrupted transfer waits at the target',
    look: ofTarget((target) => is(none, target.resumeToken === undefined ? none : 'a token')),
  },
  {
    id: 'no-foreign-snapshots',
    proves: 'no snapshot stands between the target and the next increment',
    look: ({ pair }) => {
      if (pair.target === undefined) return undefined;
      const foreign = pair.lineage.kind === 'broken' ? pair.lineage.newer : [];
      return is(none, foreign.length === 0 ? none : foreign.map(({ name }) => `@${name}`).join(' '));
    },
  },
  {
    id: 'base-held',
    proves: 'the source will keep the base of the next increment: a held snapshot cannot be destroyed',
    look: baseHold,
  },
];

const shown = (snapshot: Snapshot | undefined): string => (snapshot === undefined ? none : `@${snapshot.name}`);

function lineage(source: Dataset, target: Dataset): Seen {
  const byName = new Map(source.snapshots.map((snapshot) => [snapshot.name, snapshot]));
  const byGuid = new Map(source.snapshots.map((snapshot) => [snapshot.guid, snapshot]));
  const shared = target.snapshots.flatMap((there) => {
    const here = byGuid.get(there.guid) ?? byName.get(there.name);
    return here === undefined ? [] : [{ here, there }];
  });
  const wrong = shared.filter(({ here, there }) => !sameLineage(here, there));
  const differing = wrong.map(
    ({ here, there }) => `@${there.name} is ${identity(there)}, the source has ${identity(here)}`,
  );
  return {
    ok: shared.length > 0 && wrong.length === 0,
    expected: `${Math.max(shared.length, 1)} shared with equal guid and ivsetguid`,
    found: [`${shared.length - wrong.length} shared with equal guid and ivsetguid`, ...differing].join('; '),
  };
}

const identity = ({ guid, ivsetguid }: Snapshot): string => `guid ${guid} ivsetguid ${ivsetguid ?? none}`;

function mountability({ mountpoint, canmount, kind }: Dataset): Seen | undefined {
  if (kind === 'volume') return undefined;
  const found = `mountpoint=${mountpoint?.value ?? none} canmount=${canmount?.value ?? 'on'}`;
  const ok = mountpoint?.value === 'none' || canmount?.value === 'off' || canmount?.value === 'noauto';
  return { ok, expected: 'mountpoint=none, or canmount=off or noauto', found };
}

/** A bookmark needs no hold: nothing but a person destroys it. */
function baseHold({ situation, pair }: Subject): Seen | undefined {
  if (pair.lineage.kind !== 'based' || pair.lineage.base.kind === 'bookmark') return undefined;
  const tag = holdTag(situation.policy);
  const base = pair.lineage.base.version.name;
  const snapshot = pair.source.snapshots.find(({ name }) => name === base);
  const isHeld = snapshot?.holds.includes(tag) ?? false;
  const held = `${pair.source.name}@${base} held by ${tag}`;
  return is(held, isHeld ? held : `${pair.source.name}@${base} not held`);
}
