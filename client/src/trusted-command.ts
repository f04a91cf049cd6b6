import type { Disposable } from 'vscode';
import { commands, window, workspace } from 'vscode';

/**
 * Registers a command that starts a program or connects. The menus hide it in an untrusted workspace, but a
 * keybinding or another extension can still call it, so it is refused here too.
 */
export function registerTrustedCommand(
  command: string,
  run: (...args: readonly unknown[]) => Promise<unknown>,
): Disposable {
  return commands.registerCommand(command, async (...args: readonly unknown[]) => {
    if (workspace.isTrusted) return run(...args);
    const manage = 'Manage Workspace Trust';
    const choice = await window.showWarningMessage(
      'Rawsend connects to hosts and starts runs in trusted workspaces only',
      manage,
    );
    if (choice === manage) await commands.executeCommand('workbench.trust.manage');
    return undefined;
  });
}
