import type { ExtensionContext } from 'vscode';
import { Uri, commands, window } from 'vscode';
import type { PlanChange, PlanChangeParams, PlanChangeResult } from '../../../server/src/protocol';
import { PlanChangeRequest } from '../../../server/src/protocol';
import type { Preview } from '../preview';
import type { Server } from './language-client';

/**
 * "Show What This Edit Changes in the Plan": the plan of a policy as saved beside the one as edited. Texts are compared and
 * nothing is started, so this works in an untrusted workspace, too.
 */
export function registerPlanChange(context: ExtensionContext, server: Server, preview: Preview): void {
  const show = async (first: unknown, second: unknown): Promise<void> => {
    const uri = toUri(first) ?? window.activeTextEditor?.document.uri;
    if (uri === undefined) return;
    const params: PlanChangeParams = { uri: uri.toString() };
    const result = await server.request<PlanChangeResult>(PlanChangeRequest, params);
    const change = result.ok ? await choose(result.policies, second) : say(result.message);
    if (change === undefined) return;
    const { policy, before, after, words } = change;
    const meaning = words.length === 0 ? [] : ['What the edit means:', ...words, ''];
    await preview.compare(`${policy}: plan as saved ↔ plan as edited`, {
      before: { title: `${policy}, plan as saved`, text: before },
      after: {
        title: `${policy}, plan as edited`,
        text: meaning.map((line) => `# ${line}`.trimEnd() + '\n').join('') + after,
      },
    });
  };
  context.subscriptions.push(commands.registerCommand('rawsend.showPlanChange', show));
}

const toUri = (value: unknown): Uri | undefined =>
  value instanceof Uri ? value : typeof value === 'string' ? Uri.parse(value) : undefined;

function say(message: string): undefined {
  void window.showInformationMessage(`Rawsend: ${message}`);
}

async function choose(policies: readonly PlanChange[], name: unknown): Promise<PlanChange | undefined> {
  const named = policies.find(({ policy }) => policy === name);
  if (named !== undefined) return named;
  const [only, ...others] = policies;
  if (only === undefined) return say('The edit changes nothing of what runs, is checked or lets it run');
  if (others.length === 0) return only;
  const items = policies.map((change) => ({ label: change.policy, description: change.title, change }));
  const picked = await window.showQuickPick(items, { title: 'What this edit changes: choose a policy' });
  return picked?.change;
}
