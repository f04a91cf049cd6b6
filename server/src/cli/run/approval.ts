import { foreseePlan, type Inventories } from '../../core/foresee/foresee-plan';
import { formatPlan } from '../../core/plan/format-plan';
import type { Plan } from '../../core/plan/plan';
import { sizesOf, type Estimate } from '../../core/run/estimate';
import { usageFailure } from '../failure';
import type { Io } from '../io';
import { harmlessLines } from '../style';
import type { RunView } from './run-view';

/** Says whether a plan may run. */
export type Approve = (plan: Plan, estimate: Estimate, inventories: Inventories) => Promise<boolean>;

export interface ApprovalOptions {
  readonly yes: boolean;
  readonly digest: string | undefined;
}

/**
 * Nothing runs without an approved plan: approved beforehand by `--yes` or by the plan's digest, or now by a
 * person at a terminal. Throws a usage Failure, before any host is asked, where nobody could approve.
 */
export function createApproval({ yes, digest }: ApprovalOptions, io: Io, view: RunView): Approve {
  if (yes && digest !== undefined) throw usageFailure('--yes and --approve exclude each other');
  if (yes) return () => Promise.resolve(true);
  if (digest !== undefined) return approveDigest(digest, io);
  const { confirm } = io;
  if (confirm === undefined) {
    const hint =
      "Look at the plan with 'rawsend plan NAME' and approve it with --approve DIGEST; --yes approves whatever is planned, e.g. in cron";
    throw usageFailure('nobody is there to approve the plan: this is no terminal', hint);
  }
  return async (plan, estimate, inventories) => {
    view.clear();
    io.stderr.write(harmlessLines(formatPlan(foreseePlan(plan, inventories), sizesOf(estimate))));
    return confirm('Run this plan?');
  };
}

/** As much of a digest as `plan` shows in its text form. */
const DIGEST = /^[0-9a-f]{12,64}$/;

function approveDigest(digest: string, io: Io): Approve {
  if (!DIGEST.test(digest))
    throw usageFailure('--approve needs the digest of a plan, or its first 12 digits', "'rawsend plan NAME' prints it");
  return (plan) => {
    const approved = plan.digest.startsWith(digest);
    if (!approved)
      io.stderr.write(
        `rawsend: the plan is now ${plan.digest.slice(0, 12)} and not the approved one: look at it again\n`,
      );
    return Promise.resolve(approved);
  };
}

export interface ApprovalOfRun {
  readonly approve: Approve;
  /** Tells that a step of the approved plan has begun. */
  readonly stepStarted: () => void;
}

/**
 * The plan that follows a resumed transfer was announced by the one before, and by then nobody may be there any
 * more: it counts as approved. A plan that replaces one of which nothing has run does not.
 */
export function approveOnce(approve: Approve): ApprovalOfRun {
  let announced = false;
  let followsApproved = false;
  return {
    stepStarted: () => {
      followsApproved = announced;
    },
    approve: async (plan, estimate, inventories) => {
      const approved = followsApproved || (await approve(plan, estimate, inventories));
      announced = approved && plan.jobs.some((job) => job.continues);
      followsApproved = false;
      return approved;
    },
  };
}
