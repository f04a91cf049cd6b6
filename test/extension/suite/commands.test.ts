import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { answering } from './dialogs';
import { activate, eventually, open } from './window';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

export function commandTests(): void {
  describe('commands', () => {
    before(activate);
    afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

    it('registers every command that it contributes', async () => {
      const extension = vscode.extensions.getExtension('rawsend.rawsend');
      const manifest: Manifest = extension?.packageJSON;
      const registered = new Set(await vscode.commands.getCommands(true));
      for (const { command } of manifest.contributes.commands)
        assert.ok(registered.has(command), `${command} is not registered`);
    });

    it('says in a message why a plan could not be made', async () => {
      const { uri } = await open('rawsend.yaml');
      const asked = await answering({}, () =>
        vscode.commands.executeCommand('rawsend.plan', uri.toString(), 'prod-to-vault'),
      );
      assert.match(asked.join('\n'), /prod-to-vault could not be planned/);
    });

    it('asks which policy is meant', async () => {
      await open('rawsend.yaml');
      const asked = await answering({}, () => vscode.commands.executeCommand('rawsend.plan'));
      assert.deepEqual(asked, ['prod-to-vault | home-to-vault']);
    });

    it('opens a policy to begin with, which has no mistake', async () => {
      await vscode.commands.executeCommand('rawsend.newPolicy');
      const editor = await eventually('an editor', () => vscode.window.activeTextEditor);
      assert.equal(editor.document.languageId, 'rawsend');
      assert.equal(editor.document.getText(), readFileSync(template(), 'utf8'));
    });
  });
}

const template = (): string => vscode.Uri.joinPath(extensionUri(), 'resources', 'new.rawsend.yaml').fsPath;

function extensionUri(): vscode.Uri {
  const extension = vscode.extensions.getExtension('rawsend.rawsend');
  assert.ok(extension);
  return extension.extensionUri;
}
