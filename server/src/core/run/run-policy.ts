import { guardConflicts } from '../plan/guard';
import type { Conflict, Expectation, Job, Plan } from '../plan/plan';
import { windowConflicts } from '../plan/window';
import { planPolicies } from '../plan/plan-policies';
import type { Policy } from '../policy/policy';
import type { Inventory } from '../zfs/inventory';
import { err, ok } from '../result';
import type { Result } from '../result';
import { estimatePlan, sizesOf } from './estimate';
import type { Estimate } from './estimate';
import { checkRoute, executeSteps } from './execute-steps';
import type { StepFailure } from './execute-steps';
import { HostError } from './host';
import { lookAtHost, lookAtHosts } from './look';
import type { Receipt } from './receipt';
import { createRunRecord } from './run-record';
import type { RunRecord } from './run-record';
import type { RunRequest, Verdict } from './run-request';
import { provePolicy } from './verify-policy';
import type { Check } from './verification';

/**
 * Runs one policy: look, plan, approve, execute, look again, verify, and only then move the holds and say that it
 * is done. Whatever happens, the receipt is written before `finished` is emitted, and what has arrived stays
 * resumable. Rejects only for a bug.
 */
export async function runPolicy(request: RunRequest): Promise<Receipt> {
  const record = createRunRecord(request);
  return finish(request, record, await pursue(request, record));
}

async function pursue(request: RunRequest, record: RunRecord): Promise<Verdict> {
  for (const message of request.told ?? []) record.emit({ kind: 'note', message });
  const policy = request.file.policies[request.policy];
  if (policy === undefined) throw new Error(`no policy is called ${request.policy}`);
  const closed = request.anyTime === true ? [] : windowConflicts(policy, request.clock());
  if (closed.length > 0) return refuse({ request, record, policy }, closed);
  try {
    return await runRounds({ request, record, policy });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (isCancelled(request)) return cancelled('');
    return { outcome: 'failed', message: `${error.message}; ${AGAIN}` };
  }
}

interface Run {
  readonly request: RunRequest;
  readonly record: RunRecord;
  readonly policy: Policy;
}

const AGAIN = 'run the policy again: it looks at what the target has and goes on from there';

/** Each round but the last finishes interrupted transfers, or finds that the hosts changed while a person decided. */
const MAX_ROUNDS = 8;

async function runRounds(run: Run): Promise<Verdict> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const verdict = await runRound(run);
    if (verdict !== 'again') return verdict;
  }
  return { outcome: 'failed', message: `the hosts changed ${MAX_ROUNDS} times while the run was planned; ${AGAIN}` };
}

async function runRound(run: Run): Promise<Verdict | 'again'> {
  const { request, record, policy } = run;
  if (isCancelled(request)) return cancelled('');
  const inventories = await lookAtHosts(request, policy);
  const { plan, job } = planNow(run, inventories);
  if (job.status === 'conflict') return refuse(run, job.conflicts);
  for (const note of job.notes) record.emit({ kind: 'note', message: note });
  if (job.status === 'up-to-date') return prove(run, inventories, job, 'up-to-date');
  const estimate = await estimatePlan(plan, request.hosts, request.cancel);
  const guard = guardConflicts(policy, estimate.bytes, inventories[policy.target.host]);
  if (guard.length > 0) return refuse(run, guard);
  record.emit({ kind: 'planned', digest: plan.digest, steps: job.steps.length, bytes: estimate.bytes });
  const approval = await approve(run, plan, { inventories, estimate });
  return approval === 'approved' ? execute(run, plan, estimate) : approval;
}

type Approval = 'approved' | 'again' | Verdict;

/** An inventory older than this is read again before anything is done: a person may have thought for an hour. */
const STALE_MS = 5000;

interface Known {
  readonly inventories: Readonly<Record<string, Inventory>>;
  readonly estimate: Estimate;
}

async function approve(run: Run, plan: Plan, { inventories, estimate }: Known): Promise<Approval> {
  const { request, record, policy } = run;
  if (!(await request.approve(plan, estimate, inventories))) {
    return { outcome: 'cancelled', message: 'the plan was not approved: nothing was changed' };
  }
  if (isCancelled(request)) return cancelled('');
  if (Date.parse(request.clock()) - Date.parse(plan.createdAt) < STALE_MS) return 'approved';
  const fresh = planNow(run, await lookAtHosts(request, policy)).plan;
  if (fresh.digest === plan.digest) return 'approved';
  record.emit({ kind: 'note', message: 'the hosts have changed since the plan was made: it is made anew' });
  return 'again';
}

async function execute(run: Run, plan: Plan, estimate: Estimate): Promise<Verdict | 'again'> {
  const { request, record, policy } = run;
  const [job] = plan.jobs;
  if (job === undefined) throw new Error('a plan of one policy has one job');
  await checkRoute(request, job.steps);
  record.planned(plan);
  const sizes = sizesOf(estimate).get(policy.name) ?? new Map<string, number>();
  const now = job.steps.filter((step) => step.kind === 'stream' || !step.afterProof);
  const failure = await executeSteps(request, record, now, sizes);
  if (failure !== undefined) return explain(run, failure);
  if (job.continues) return 'again';
  return prove(run, await lookAtHosts(request, policy), job, 'done');
}

/** What is not there yet is not proven, and is said in the same breath. */
function notYet({ expect }: Job): string {
  const [top] = expect;
  const older = expect.filter(({ snapshot }) => snapshot !== top?.snapshot);
  const stays = named(older, ({ target, snapshot }) => `${target} at @${snapshot}`);
  const waiting = expect.filter(
    ({ encryptionRoot, rootForNow }) => rootForNow !== undefined && rootForNow !== encryptionRoot,
  );
  const rootless = named(waiting, ({ target }) => target);
  return [
    ...(stays === undefined ? [] : [`; what has not come is not sent: ${stays}`]),
    ...(rootless === undefined ? [] : [`; without the encryption root of the source yet: ${rootless}`]),
  ].join('');
}

function named(found: readonly Expectation[], name: (one: Expectation) => string): string | undefined {
  const [first, ...others] = found;
  return first && `${name(first)}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

/** Success is claimed on evidence only, and the old base is let go of only after that evidence is on record. */
async function prove(
  run: Run,
  inventories: Readonly<Record<string, Inventory>>,
  job: Job,
  outcome: 'done' | 'up-to-date',
): Promise<Verdict> {
  const { request, record, policy } = run;
  const checks = provePolicy(request.file, policy.name, inventories, job.expect);
  record.verified(checks);
  const wrong = checks.filter(({ ok }) => !ok);
  if (wrong.length > 0) return { outcome: 'verification-failed', message: describeWrong(wrong) };
  const after = job.steps.filter((step) => step.kind === 'command' && step.afterProof);
  const proven = `${policy.target.dataset} has @${job.expect[0]?.snapshot ?? ''}, proven by ${checks.length} checks${notYet(job)}`;
  const recorded = after.length > 0 ? await write(request, record, { outcome, message: proven }) : undefined;
  if (recorded?.ok === false) return { outcome: 'failed', message: `${proven}; the holds stay where they are` };
  const failure = await executeSteps(request, record, after, new Map());
  if (failure === undefined) return { outcome, message: proven };
  return {
    outcome: isCancelled(request) ? 'cancelled' : 'failed',
    message: `${proven}, but ${failure.step.title} did not succeed: ${failure.message}; the next run does it`,
  };
}

function planNow(
  { request, policy }: Run,
  inventories: Readonly<Record<string, Inventory>>,
): { readonly plan: Plan; readonly job: Job } {
  const plan = planPolicies(request.file, [policy.name], inventories, request.clock());
  const [job] = plan.jobs;
  if (job === undefined) throw new Error('a plan of one policy has one job');
  return { plan, job };
}

function refuse({ record }: Run, conflicts: readonly Conflict[]): Verdict {
  for (const { code, message, choices } of conflicts) record.emit({ kind: 'conflict', code, message, choices });
  const [first] = conflicts;
  const more = conflicts.length > 1 ? ` (and ${conflicts.length - 1} more)` : '';
  return { outcome: 'conflict', message: `${first?.message ?? ''}${more}; nothing was sent` };
}

async function explain(run: Run, { step, message }: StepFailure): Promise<Verdict> {
  const where = step.kind === 'stream' ? await standing(run, step.targetDataset) : '';
  if (isCancelled(run.request)) return cancelled(where);
  return { outcome: 'failed', message: `${step.title} failed: ${message}; ${where}${AGAIN}` };
}

/** Where the target stands after a stream that failed, as far as it can still be asked. */
async function standing({ request, policy }: Run, dataset: string): Promise<string> {
  try {
    const { host } = policy.target;
    const { datasets, receives = [] } = await lookAtHost(request, host, [dataset]);
    const target = datasets.find(({ name }) => name === dataset);
    if (receives.some(({ command }) => command.endsWith(` ${dataset}`)))
      return `${dataset} is still being received on ${host}, for a moment yet; `;
    if (target?.resumeToken !== undefined) return `${dataset} keeps what has arrived, with a resume token; `;
    const last = target?.snapshots.at(-1)?.name;
    return last === undefined ? `${dataset} has nothing of it; ` : `${dataset} stands at @${last}; `;
  } catch (error) {
    if (error instanceof HostError) return `what ${dataset} kept is unknown (${error.message}); `;
    throw error;
  }
}

function cancelled(where: string): Verdict {
  return { outcome: 'cancelled', message: `cancelled; ${where}to go on, ${AGAIN}` };
}

const isCancelled = ({ cancel }: RunRequest): boolean => cancel?.requested() === true;

function describeWrong(wrong: readonly Check[]): string {
  const [first] = wrong;
  if (first === undefined) return '';
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more)` : '';
  return `the proof failed: ${first.id} of ${first.dataset}: expected ${first.expected}, found ${first.found}${more}; the holds stay where they are`;
}

/** Whatever the run has to say goes on record before anybody hears it. */
async function finish(request: RunRequest, record: RunRecord, verdict: Verdict): Promise<Receipt> {
  const written = await write(request, record, verdict);
  const told = written.ok ? verdict : unrecorded(written.error, verdict.message);
  const receipt = record.receipt(told);
  record.emit({ kind: 'finished', ...told, ...(written.ok ? { receipt: written.value } : {}) });
  return receipt;
}

async function write(request: RunRequest, record: RunRecord, verdict: Verdict): Promise<Result<string, string>> {
  try {
    return ok(await request.writeReceipt(record.receipt(verdict)));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** A receipt that cannot be written is a failed run: nobody could tell later what was proven. */
const unrecorded = (why: string, without: string): Verdict => ({
  outcome: 'failed',
  message: `the receipt could not be written (${why}), so nothing is proven on record; without that: ${without}`,
});
