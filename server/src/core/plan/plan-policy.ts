import type { Policy } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { isWithin } from '../zfs/names';
import { adoptionAnchor, chooseAnchor } from './anchor';
import type { Anchor } from './anchor';
import { holdSteps, keyLocationSteps, releaseSteps, repairSteps, snapshotStep } from './command-steps';
import { adoptionTops, expectationOf, expectedRoots, pendingAdoption, strayKeyLocations } from './encryption-shape';
import { findConflicts } from './find-conflicts';
import { planNotes } from './notes';
import type { Conflict, Job } from './plan';
import { planRelay } from './plan-relay';
import { pruneSteps } from './prune-steps';
import { planResumes } from './resume';
import type { Pair, Situation } from './situation';
import { readSituation } from './situation';
import type { Decision, StepDraft } from './step-draft';
import { fullNames, numberSteps } from './step-draft';
import { adoptStream, streamBetween, streamsToAnchor } from './stream-steps';

/**
 * Plans one policy: resume what was cut, else bring every dataset to one anchor snapshot, then let what came as
 * its own encryption root join its parent's, and last what retention does not keep. What it cannot build on is a conflict.
 */
export function planPolicy(policy: Policy, source: Inventory, target: Inventory, now: string): Job {
  return planSituation(readSituation(policy, source, target, now));
}

/** The same of a situation that is read already. */
export function planSituation(situation: Situation): Job {
  const resumes = planResumes(situation);
  const conflicts = [...findConflicts(situation), ...resumes.conflicts];
  if (conflicts.length > 0) return conflictJob(situation, conflicts);
  if (resumes.steps.length > 0) {
    return readyJob(situation, { drafts: resumes.steps, continues: true, expect: [] });
  }
  return readyJob(
    situation,
    situation.relay === undefined ? planSteps(situation) : planRelay(situation, situation.relay),
  );
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
    ...releaseSteps(situation, last, anchor.name === last ? [] : fullNames(situation.pairs, anchor.name)),
    ...pruneSteps(situation, { taken, last }),
  ];
  return { drafts, continues: false, expect: situation.pairs.map((pair) => expectationOf(situation, pair, last)) };
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

function readyJob(situation: Situation, { drafts, continues, expect, notes = [] }: Decision): Job {
  const steps = numberSteps(drafts);
  return {
    ...head(situation),
    status: steps.length > 0 ? 'ready' : 'up-to-date',
    conflicts: [],
    notes: [...notes, ...planNotes(situation)],
    steps,
    continues,
    expect,
  };
}

function conflictJob(situation: Situation, conflicts: readonly Conflict[]): Job {
  return { ...head(situation), status: 'conflict', conflicts, notes: [], steps: [], continues: false, expect: [] };
}

function head({ policy, relay }: Situation): Pick<Job, 'policy' | 'intent' | 'source' | 'target' | 'broughtBy'> {
  const { name, intent, source, target } = policy;
  return { policy: name, intent, source, target, ...(relay && { broughtBy: relay.bringer.name }) };
}
