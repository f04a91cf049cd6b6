import { Uri, commands, window } from 'vscode';
import type { Outcome } from '../../server/src/protocol';
import type { Cli } from './cli';
import type { PendingPlan, PendingPlans } from './pending-plans';
import { parsePlanReport } from './plan-report';
import type { PolicySource } from './policy-source';
import { readSource } from './policy-source';
import type { Preview } from './preview';
import { formatBytes } from './progress';
import type { RunEnd } from './run-plan';
import { runPlan } from './run-plan';

/** What plans and runs are made with. */
export interface Sending {
  readonly cli: Cli;
  readonly preview: Preview;
  readonly plans: PendingPlans;
  /** Called when a run may have changed these hosts. */
  readonly onChanged: (hosts: readonly string[]) => void;
}

/**
 * Plans, shows the plan, asks, runs what was shown; of several targets one after the other, each by a plan of its own. Returns how
 * the last run ended; undefined when it was not started.
 */
export async function planAndSend(sending: Sending, source: PolicySource): Promise<Outcome | undefined> {
  const pending = await showPlan(sending, source);
  if (pending === undefined) return undefined;
  if (pending.plan.policies.length > 1) return sendInTurn(sending, source, pending.plan.policies);
  if (pending.plan.status === 'conflict') {
    const message = `Rawsend: ${source.policy} has a conflict, so nothing can be sent. The plan says what it is and what the choices are`;
    void window.showWarningMessage(message);
    return 'conflict';
  }
  // There is nothing to approve where nothing will be sent; the run proves that the target is what it should be.
  return pending.plan.status === 'up-to-date' ? run(sending, pending) : sendPlan(sending, pending);
}

/** A run that fails does not keep the next target from being planned; one that is declined, cancelled or cannot be planned does. */
async function sendInTurn(
  sending: Sending,
  source: PolicySource,
  policies: readonly string[],
): Promise<Outcome | undefined> {
  let outcome: Outcome | undefined;
  for (const policy of policies) {
    outcome = await planAndSend(sending, { ...source, policy });
    if (outcome === undefined || outcome === 'cancelled') return outcome;
  }
  return outcome;
}

/** Asks for approval of a plan that is shown, and runs it. */
export async function sendPlan(sending: Sending, pending: PendingPlan): Promise<Outcome | undefined> {
  return (await approve(pending)) ? run(sending, pending) : undefined;
}

/** Plans and shows the plan. Undefined when it could not be made; the person has been told why. */
export async function showPlan(sending: Sending, source: PolicySource): Promise<PendingPlan | undefined> {
  const { cli, preview, plans } = sending;
  const command = { name: 'plan', options: ['--format', 'json'] } as const;
  const result = await cli.wait(`Rawsend: planning ${source.policy}`, command, source);
  const plan = parsePlanReport(result.stdout);
  if (plan === undefined) {
    await cli.showFailure(`Rawsend: ${source.policy} could not be planned`, result);
    return undefined;
  }
  const uri = await preview.show(`Plan of ${source.policy}`, noteUnsaved(source) + plan.text);
  const pending = { uri, source, plan };
  // Of several targets the later ones are planned anew when their turn comes, so this is not what would be approved.
  if (plan.status === 'ready' && plan.policies.length === 1) plans.put(pending);
  else plans.forget(uri);
  return pending;
}

/** Says of a report what its reader could not know. */
export const noteUnsaved = ({ unsaved, uri }: PolicySource): string =>
  unsaved
    ? `# With the edits of ${uri === undefined ? 'this policy' : Uri.parse(uri).path} that are not saved\n\n`
    : '';

/** A dialog hides what it asks about, so one button leaves the plan to be read; a lens above it asks again. */
async function approve({ source: { policy }, plan }: PendingPlan): Promise<boolean> {
  const send = 'Send Raw';
  const read = 'Read the Plan First';
  const { source, target, steps, bytes } = plan;
  const detail = [
    `${source.host}:${source.dataset} → ${target.host}:${target.dataset}`,
    `${steps} ${steps === 1 ? 'step' : 'steps'}, about ${formatBytes(bytes)}`,
    '',
    'Exactly the plan that is shown will run. If the hosts change before it starts, nothing is done.',
  ].join('\n');
  return (await window.showWarningMessage(`Send raw: ${policy}?`, { modal: true, detail }, send, read)) === send;
}

async function run(sending: Sending, { uri, source, plan }: PendingPlan): Promise<Outcome | undefined> {
  sending.plans.forget(uri);
  const end = await runPlan(sending.cli, source, plan);
  sending.onChanged([plan.source.host, plan.target.host]);
  if (end === undefined) return undefined;
  if (end.isReplanned) return planAndSend(sending, await refreshed(source));
  void showEnd(sending, source, end.state);
  return end.state.outcome;
}

const SHOWN_AS = {
  done: 'showInformationMessage',
  'up-to-date': 'showInformationMessage',
  conflict: 'showWarningMessage',
  cancelled: 'showWarningMessage',
  failed: 'showErrorMessage',
  'verification-failed': 'showErrorMessage',
} as const satisfies Readonly<Record<Outcome, keyof typeof window>>;

async function showEnd(
  sending: Sending,
  source: PolicySource,
  { outcome, message, receipt }: RunEnd['state'],
): Promise<void> {
  const open = 'Open Receipt';
  const again = 'Plan Again';
  const isGood = outcome === 'done' || outcome === 'up-to-date';
  const items = [...(receipt === undefined ? [] : [open]), ...(isGood ? [] : [again])];
  const choice = await window[SHOWN_AS[outcome]](`Rawsend: ${source.policy}: ${outcome}: ${message}`, ...items);
  if (choice === open && receipt !== undefined) await commands.executeCommand('vscode.open', Uri.file(receipt));
  if (choice === again) await planAndSend(sending, await refreshed(source));
}

/** The file may have been repaired since. */
const refreshed = (source: PolicySource): PolicySource | Promise<PolicySource> =>
  source.uri === undefined ? source : readSource(source.uri, source.policy);
