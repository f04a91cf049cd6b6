import type { ExtensionContext } from 'vscode';
import { window } from 'vscode';
import { createAsker } from './ask';
import { createCli } from './cli';
import type { HostsView } from './features/hosts-view';
import { createHostsView } from './features/hosts-view';
import type { Server } from './features/language-client';
import { registerLab } from './features/lab';
import { startLanguageClient } from './features/language-client';
import { registerNewPolicy } from './features/new-policy';
import { registerPlanChange } from './features/plan-change';
import { registerPlanLens } from './features/plan-lens';
import { registerPolicyCommands } from './features/policy-commands';
import { registerRulePages } from './features/rule-pages';
import { registerRunbookCommands } from './features/runbook-commands';
import { registerSendRaw } from './features/send-raw';
import { createPendingPlans } from './pending-plans';
import { createPreview } from './preview';
import type { Sending } from './send';
import { createSshConfig } from './ssh-config';

/** What the tests reach; other extensions find nothing to build on here. */
export interface RawsendApi {
  readonly server: Server;
  readonly hosts: HostsView;
}

/** Composes the features. The extension knows no ZFS, SSH or policy: the server and the program do. */
export function activate(context: ExtensionContext): RawsendApi {
  const output = window.createOutputChannel('Rawsend', { log: true });
  context.subscriptions.push(output);
  const means = { output, ask: createAsker(), sshConfig: createSshConfig() };
  const server = startLanguageClient(context, means);
  const hosts = createHostsView(context, server);
  const sending: Sending = {
    cli: createCli(context, means),
    preview: createPreview(context),
    plans: createPendingPlans(context),
    onChanged: hosts.readAgain,
  };
  registerPolicyCommands(context, server, sending);
  registerPlanLens(context, sending);
  registerPlanChange(context, server, sending.preview);
  registerSendRaw(context, server, { sending, view: hosts });
  registerRunbookCommands(context, server);
  registerRulePages(context);
  registerNewPolicy(context);
  registerLab(context, output, means.sshConfig);
  return { server, hosts };
}
