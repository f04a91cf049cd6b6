import type { ExtensionContext } from 'vscode';
import { Uri, commands, window, workspace } from 'vscode';

/** Opens a policy to begin with, not saved yet, so that nothing is written that the person did not want. */
export function registerNewPolicy(context: ExtensionContext): void {
  const open = async (): Promise<void> => {
    const template = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'resources', 'new.rawsend.yaml'));
    const document = await workspace.openTextDocument({
      language: 'rawsend',
      content: new TextDecoder().decode(template),
    });
    await window.showTextDocument(document);
  };
  context.subscriptions.push(commands.registerCommand('rawsend.newPolicy', open));
}
