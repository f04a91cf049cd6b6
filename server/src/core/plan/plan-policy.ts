import type { Policy } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { isWithin } from '../zfs/names';
import { adoptionAnchor, chooseAnchor } from './anchor';
import type { Anchor } from './anchor';
import { holdSteps, keyLocationSteps, releaseSteps, repairSteps, snapshotStep } from './command-steps';
import { adoptionTops, expectedRoot, expectedRoots, pendingAdoption } from './encryption-shape';
import { findConflicts } from './find-conflicts';
import { planNotes } from './notes';
import type { Conflict, Expectation, Job } from './plan';
import { pruneSteps } from './prune-steps';
import { planResumes } from './resume';
import type { Pair, Situation } from './situation';
import { readSituation } from './situation';
import type { StepDraft } from './step-draft';
import { numberSteps } from './step-draft';
import { adoptStream, streamBetween, streamsToAnchor } from './stream-steps';

/**
 * Plans one policy: resume what was cut, else bring every dataset to one anchor snapshot, then let what came as
 * its own encryption root join its parent's, and last what retention does not keep. What it cannot build on is a conflict.
 */
export function planPolicy(policy: Policy, source: Inventory, target: Inventory, now: string): Job {
  const situation = readSituation(policy, source, target, now);
  const resumes = planResumes(situation);
  const conflicts = [...findConflicts(situation), ...resumes.conflicts];
  if (conflicts.length > 0) return conflictJob(situation, conflicts);
  if (resumes.steps.length > 0) {
    return readyJob(situation, { drafts: resumes.steps, continues: true, expect: [] });
  }
  return readyJob(situation, planSteps(situation));
}

interface Decision {
  readonly drafts: readonly StepDraft[];
  readonly continues: boolean;
  readonly expect: readonly Expectation[];
}

function planSteps(situation: Situation): Decision {
  const anchor = chooseAnchor(situation);
  const pending = pendingAdoption(situation);
  const adoption = pending.length === 0 ? undefined : planAdoption(situation, anchor, pending);
  const last = adoption?.anchor ?? anchor.name;
  const adopted = adoption?.roots ?? [];
  const taken = [...(anchor.isNew ? [anchor.name] : []), ...(adoption === undefined ? [] : [adoption.anchor])];
  const drafts = [
    ...(anchor.isNew ? [snapshotStep(situation, anchor.name)] : []),
    ...holdSteps(situation, anchor.name),
    ...situation.pairs.flatMap((pair) => streamsToAnchor(situation, pair, anchor.name)),
    ...(adoption?.drafts ?? []),
    ...keyLocationSteps(
      situation.policy,
      strayKeyLocations(situation).filter((root) => !adopted.includes(root)),
    ),
    ...repairSteps(situation),
    ...releaseSteps(situation, last, anchor.name === last ? [] : [anchor.name]),
    ...pruneSteps(situation, { taken, last }),
  ];
  return { drafts, continues: false, expect: situation.pairs.map((pair) => expectation(situation, pair, last)) };
}

interface Adoption {
  readonly anchor: string;
  /** Target encryption roots whose keylocation the adoption overwrites and sets again. */
  readonly roots: readonly string[];
  readonly drafts: readonly StepDraft[];
}

function planAdoption(situation: Situation, from: Anchor, pending: readonly Pair[]): Adoption {
  const { policy, pairs } = situation;
  const to = adoptionAnchor(situation);
  const tops = adoptionTops(pending);
  const below = (top: string): readonly Pair[] => pairs.filter((pair) => isWithin(pair.source.name, top));
  const rest = pairs.filter((pair) => !tops.some((top) => isWithin(pair.source.name, top)));
  return {
    anchor: to,
    roots: tops.flatMap((top) => expectedRoots(situation, below(top))),
    drafts: [
      snapshotStep(situation, to),
      ...holdSteps(situation, to),
      ...tops.flatMap((top): readonly StepDraft[] => [
        adoptStream(situation, top, from.name, to),
        ...keyLocationSteps(policy, expectedRoots(situation, below(top))),
      ]),
      ...rest.map((pair) => streamBetween(policy, pair, from.name, to)),
    ],
  };
}

/** Roots whose keylocation is not what the policy says, e.g. because a run died right after an adoption. */
function strayKeyLocations({ pairs, policy }: Situation): readonly string[] {
  return pairs.flatMap(({ target }) =>
    target !== undefined && target.encryptionRoot === target.name && target.keyLocation !== policy.keys.location
      ? [target.name]
      : [],
  );
}

function expectation(situation: Situation, pair: Pair, snapshot: string): Expectation {
  const encryptionRoot = expectedRoot(situation, pair.source);
  return {
    source: pair.source.name,
    target: pair.targetName,
    kind: pair.source.kind,
    snapshot,
    ...(encryptionRoot === undefined ? {} : { encryptionRoot }),
  };
}

function readyJob(situation: Situation, { drafts, continues, expect }: Decision): Job {
  const steps = numberSteps(drafts);
  return {
    ...head(situation),
    status: steps.length > 0 ? 'ready' : 'up-to-date',
    conflicts: [],
    notes: planNotes(situation),
    steps,
    continues,
    expect,
  };
}

function conflictJob(situation: Situation, conflicts: readonly Conflict[]): Job {
  return { ...head(situation), status: 'conflict', conflicts, notes: [], steps: [], continues: false, expect: [] };
}

function head({ policy }: Situation): Pick<Job, 'policy' | 'intent' | 'source' | 'target'> {
  return { policy: policy.name, intent: policy.intent, source: policy.source, target: policy.target };
}
