import type { ExtensionContext } from 'vscode';
import { window } from 'vscode';
import { estimate } from '../estimate';
import type { PolicySource } from '../policy-source';
import { choosePolicy } from '../policy-source';
import type { Sending } from '../send';
import { noteUnsaved, planAndSend, showPlan } from '../send';
import { registerTrustedCommand } from '../trusted-command';
import type { Server } from './language-client';

/** What the lenses, the editor's menu and the command palette offer for a policy. */
const ACTIONS: Readonly<Record<string, (sending: Sending, source: PolicySource) => Promise<unknown>>> = {
  'rawsend.plan': plan,
  'rawsend.estimate': estimate,
  'rawsend.run': planAndSend,
  'rawsend.verify': verify,
};

export function registerPolicyCommands(context: ExtensionContext, server: Server, sending: Sending): void {
  for (const [command, action] of Object.entries(ACTIONS)) {
    const run = async (first: unknown, second: unknown): Promise<unknown> => {
      const source = await choosePolicy(server, first, second);
      return source && action(sending, source);
    };
    context.subscriptions.push(registerTrustedCommand(command, run));
  }
}

async function plan(sending: Sending, source: PolicySource): Promise<void> {
  await showPlan(sending, source);
}

async function verify({ cli, preview }: Sending, source: PolicySource): Promise<void> {
  const result = await cli.wait(`Rawsend: verifying ${source.policy}`, { name: 'verify' }, source);
  if (result.stdout === '') return cli.showFailure(`Rawsend: ${source.policy} could not be verified`, result);
  await preview.show(`Verification of ${source.policy}`, noteUnsaved(source) + result.stdout);
  if (result.code === 0) void window.showInformationMessage(`Rawsend: ${source.policy}: every check passed`);
  else
    void window.showErrorMessage(`Rawsend: ${source.policy}: a check failed; the report says which and what it proves`);
}
