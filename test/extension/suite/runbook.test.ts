import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { answering } from './dialogs';
import { activate, diagnosticsOf, eventually, open, openText, placeOf, rulesOf, rulesOnceThere } from './window';

const SCRIPT = `#!/bin/bash
set -o pipefail
DST=backup/x
zfs create -o encryption=on -o keyformat=raw tank/x
zfs send tank/x@a | ssh vault zfs receive -u "$DST"
`;

export function runbookTests(): void {
  describe('runbooks', () => {
    before(activate);
    afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

    it('explain a send by the pipeline that it begins', async () => {
      const document = await openText('shellscript', SCRIPT);
      const place = placeOf(document, 'zfs send').end.translate(0, -1);
      const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, place);
      const text = hovers.flatMap(({ contents }) => contents.map(textOf)).join('\n');
      assert.match(text, /zfs send/);
      assert.match(text, /tank\/x@a/);
      assert.match(text, /backup\/x/);
    });

    it('show the value of a variable, unless the setting says otherwise', async () => {
      const document = await openText('shellscript', SCRIPT);
      const hints = async (): Promise<readonly string[]> =>
        (await ask<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, WHOLE)).map(({ label }) =>
          typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
        );
      await eventually('a hint', async () => (await hints()).some((label) => label.includes('backup/x')) || undefined);
      const settings = vscode.workspace.getConfiguration('rawsend');
      await settings.update('inlayHints', false, vscode.ConfigurationTarget.Workspace);
      try {
        assert.deepEqual(await hints(), []);
      } finally {
        await settings.update('inlayHints', undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it('take the reason of a finding that is right, and are silent then', async () => {
      const document = await openText('shellscript', SCRIPT);
      await rulesOnceThere(document, 'send-not-raw');
      const { command } = await actionOf(document, 'Disable send-not-raw for this line…');
      await answering({ input: 'a scratch copy' }, () => run(command));
      assert.match(document.lineAt(4).text, /^# rawsend-disable-next-line send-not-raw -- a scratch copy$/);
      await eventually('silence', () => !rulesOf(document).includes('send-not-raw') || undefined);
    });

    it('stay as they are without a reason', async () => {
      const document = await openText('shellscript', SCRIPT);
      await rulesOnceThere(document, 'send-not-raw');
      const { command } = await actionOf(document, 'Disable send-not-raw for this line…');
      await answering({}, () => run(command));
      assert.equal(document.getText(), SCRIPT);
    });

    it('become a policy that is not saved yet', async () => {
      const document = await openText('shellscript', SCRIPT);
      const { command } = await actionOf(document, 'Extract to policy');
      await run(command);
      const policy = await eventually('a policy', () => {
        const shown = vscode.window.activeTextEditor?.document;
        return shown?.languageId === 'rawsend' ? shown : undefined;
      });
      assert.ok(policy.isUntitled);
      assert.match(policy.getText(), /tank\/x/);
      assert.match(policy.getText(), /backup\/x/);
    });

    it('go into a terminal, where the person presses Enter', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'rawsend-terminal-'));
      const [early, late] = [join(folder, 'early'), join(folder, 'early.late')];
      await vscode.commands.executeCommand('rawsend.typeInTerminal', { text: `touch '${early}'`, unresolved: [] });
      const terminal = await eventually('a terminal', () => terminals().at(-1));
      try {
        // Had the command been run, this would be one of its own.
        terminal.sendText('.late');
        await eventually('what the command leaves', () => existsSync(late) || undefined);
        assert.equal(existsSync(early), false);
      } finally {
        terminal.dispose();
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('never put two commands into a terminal', async () => {
      const count = terminals().length;
      for (const text of ['echo a\necho b', 'echo a\r', '\u0003echo'])
        await vscode.commands.executeCommand('rawsend.typeInTerminal', { text, unresolved: [] });
      assert.equal(terminals().length, count);
    });

    it('link each finding to its page in the package', async () => {
      const document = await open('replicate.sh');
      await rulesOnceThere(document, 'send-not-raw');
      for (const { code } of diagnosticsOf(document)) {
        assert.ok(typeof code === 'object', 'a finding has no page');
        // The hover of VS Code ignores links to commands.
        assert.equal(code.target.scheme, 'file');
        assert.ok(existsSync(code.target.fsPath), code.target.fsPath);
      }
    });
  });
}

const WHOLE = new vscode.Range(0, 0, 99, 0);

const ask = <T>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(command, ...args);

const textOf = (content: vscode.MarkdownString | vscode.MarkedString): string =>
  typeof content === 'string' ? content : content.value;

/** What the light bulb offers over the send. */
async function actionOf(document: vscode.TextDocument, title: string): Promise<vscode.CodeAction> {
  const place = placeOf(document, 'zfs send');
  return eventually(title, async () =>
    (await ask<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, place)).find(
      (action) => action.title === title,
    ),
  );
}

async function run(command: vscode.Command | undefined): Promise<void> {
  assert.ok(command, 'there is no command');
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

const terminals = (): readonly vscode.Terminal[] => vscode.window.terminals.filter(({ name }) => name === 'Rawsend');
