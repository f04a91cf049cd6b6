import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering } from './dialogs';
import { activate, eventually, insert, open, openText, placeOf } from './window';

/** Reads texts and starts nothing: so it holds in a workspace that is not trusted, too. */
export function planChangeTests(): void {
  describe('what an edit changes in the plan', () => {
    before(activate);
    afterEach(async () => {
      await open('rawsend.yaml');
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('is a lens while the file is not saved, and the diff that it opens', async () => {
      const document = await edit('    receive: { resumable: false }\n');
      const lens = await eventually('the lens', () => lensOf(document));
      assert.equal(lens.title, 'Edit changes the plan: 3 steps, not resumable');
      await vscode.commands.executeCommand(lens.command, ...(lens.arguments ?? []));
      const tab = await eventually('the diff', () => {
        const { activeTab } = vscode.window.tabGroups.activeTabGroup;
        return activeTab?.input instanceof vscode.TabInputTextDiff ? activeTab : undefined;
      });
      assert.equal(tab.label, 'prod-to-vault: plan as saved ↔ plan as edited');
      assert.ok(tab.input instanceof vscode.TabInputTextDiff);
      const [saved, edited] = await Promise.all(
        [tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
      );
      assert.equal(saved?.uri.scheme, 'rawsend-plan');
      assert.equal(edited?.languageId, 'rawsend-report');
      assert.match(saved?.getText() ?? '', /\| vault: zfs receive -s -u /);
      assert.match(
        edited?.getText() ?? '',
        /^# What the edit means:\n# ! a stream that is cut begins again[^]*\| vault: zfs receive -u /,
      );
    });

    it('is no lens for what changes nothing that runs', async () => {
      const document = await edit('    # a comment\n');
      assert.equal(await lensOf(document), undefined);
      const asked = await answering({}, () => vscode.commands.executeCommand('rawsend.showPlanChange', document.uri));
      assert.match(asked.join('\n'), /changes nothing of what runs/);
    });

    it('says to fix errors first, and that there is no saved file', async () => {
      const broken = await edit('    recursve: true\n');
      assert.equal(await lensOf(broken), undefined);
      const asked = await answering({}, () => vscode.commands.executeCommand('rawsend.showPlanChange', broken.uri));
      assert.match(asked.join('\n'), /fix them first/);
      const { uri } = await openText('rawsend', broken.getText());
      const untitled = await answering({}, () => vscode.commands.executeCommand('rawsend.showPlanChange', uri));
      assert.match(untitled.join('\n'), /no saved file/);
    });
  });
}

const lensOf = async ({ uri }: vscode.TextDocument): Promise<vscode.Command | undefined> => {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
  return lenses.map(({ command }) => command).find((command) => command?.command === 'rawsend.showPlanChange');
};

const edit = async (text: string): Promise<vscode.TextDocument> => {
  const document = await open('rawsend.yaml');
  await insert(document, placeOf(document, '    source: prod:tank/prod').start, text);
  return document;
};
