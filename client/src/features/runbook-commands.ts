import type { ExtensionContext } from 'vscode';
import { commands, window, workspace } from 'vscode';
import type { PipelinePolicyResult, TextPlace } from '../../../server/src/protocol';
import { PipelinePolicyRequest } from '../../../server/src/protocol';
import { disableRule } from '../disable-rule';
import { isTextPlace, placeOfCursor } from '../text-place';
import { typeInTerminal } from '../type-in-terminal';
import { registerTrustedCommand } from '../trusted-command';
import type { Server } from './language-client';

/** What the lenses and light bulbs of a runbook offer. Nothing of it runs a command: that is left to the person. */
export function registerRunbookCommands(context: ExtensionContext, server: Server): void {
  context.subscriptions.push(
    registerTrustedCommand('rawsend.typeInTerminal', typeInTerminal),
    commands.registerCommand('rawsend.convertToPolicy', (place: unknown) => convertToPolicy(server, place)),
    commands.registerCommand('rawsend.disableRule', (place: unknown, rule: unknown) =>
      isTextPlace(place) && typeof rule === 'string' ? disableRule(server, place, rule) : undefined,
    ),
  );
}

/** Opens a policy that declares the pipeline, not saved yet: it is the person's to complete, name and keep. */
async function convertToPolicy(server: Server, argument: unknown): Promise<void> {
  const place: TextPlace | undefined = isTextPlace(argument) ? argument : placeOfCursor();
  if (place === undefined) return;
  const result = await server.request<PipelinePolicyResult>(PipelinePolicyRequest, place);
  if (!result.ok) {
    void window.showInformationMessage(`Rawsend: ${result.message}`);
    return;
  }
  await window.showTextDocument(await workspace.openTextDocument({ language: 'rawsend', content: result.text }));
}
