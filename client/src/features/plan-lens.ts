import type { CodeLensProvider, ExtensionContext } from 'vscode';
import { CodeLens, Range, Uri, languages, window } from 'vscode';
import { SCHEME } from '../preview';
import type { Sending } from '../send';
import { sendPlan } from '../send';
import { registerTrustedCommand } from '../trusted-command';

/** Lets the reader of a plan approve it where it is read: a lens above it, and a button in the editor's title. */
export function registerPlanLens(context: ExtensionContext, sending: Sending): void {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: sending.plans.onDidChange,
    provideCodeLenses({ uri }) {
      if (sending.plans.get(uri) === undefined) return [];
      return [
        new CodeLens(new Range(0, 0, 0, 0), {
          title: 'Send Raw as Planned…',
          command: 'rawsend.sendPlan',
          arguments: [uri],
        }),
      ];
    },
  };
  const send = async (argument: unknown): Promise<unknown> => {
    const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
    const pending = uri && sending.plans.get(uri);
    if (pending !== undefined) return sendPlan(sending, pending);
    void window.showInformationMessage('Rawsend: there is no plan here that can still be sent. Plan again');
    return undefined;
  };
  context.subscriptions.push(
    languages.registerCodeLensProvider({ scheme: SCHEME }, provider),
    registerTrustedCommand('rawsend.sendPlan', send),
  );
}
