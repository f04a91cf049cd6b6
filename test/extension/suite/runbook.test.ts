import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering } from './dialogs';
import { activate, diagnosticsOf, eventually, open, openText, placeOf, rulesOf, rulesOnceThere } from './window';

const SCRIPT = `#!/bin/bash
set -o pipefail
DST=backup/prod
zfs create -o encryption=on -o keyformat=raw tank/prod
zfs send tank/prod@a | ssh vault zfs receive -u "$DST"
`;

export function runbookTests(): void {
  describe('runbooks', () => {
    before(activate);
    afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

    it('explain a whole pipeline', async () => {
      const document = await openText('shellscript', SCRIPT);
      const place = placeOf(document, 'send tank').start;
      const hovers = await eventually('a hover', async () => {
        const found = await ask<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, place);
        return found.length > 0 ? found : undefined;
      });
      const text = hovers
        .flatMap((hover) => hover.contents)
        .map((part) => (typeof part === 'string' ? part : part.value));
      assert.match(text.join('\n'), /Sends `tank\/prod@a`, in full .* over ssh to `vault` into `backup\/prod`/);
    });

    it('have lenses, whose commands are there', async () => {
      const document = await openText('shellscript', SCRIPT);
      const lenses = await eventually('lenses', async () => {
        const found = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
        return found.length > 0 ? found : undefined;
      });
      assert.deepEqual(
        lenses.map(({ command, range }) => `${range.start.line} ${command?.title}`),
        ['4 Estimate', '4 Run in Terminal', '4 Convert to Policy'],
      );
      const registered = new Set(await vscode.commands.getCommands(true));
      assert.ok(lenses.every(({ command }) => command && registered.has(command.command)));
    });

    it('type an estimate into a terminal and run nothing', async () => {
      const before = new Set(vscode.window.terminals);
      const line = { text: 'zfs send -nvP "tank/prod@$SNAP"', unresolved: ['$SNAP'] };
      const asked = await answering({}, () => ask('rawsend.typeInTerminal', line));
      assert.match(asked.join('\n'), /\$SNAP has no value/);
      const added = vscode.window.terminals.filter((terminal) => !before.has(terminal));
      assert.deepEqual(
        added.map(({ name }) => name),
        ['Rawsend'],
      );
      await answering({}, () => ask('rawsend.typeInTerminal', { text: 'a\nb', unresolved: [] }));
      assert.equal(vscode.window.terminals.length, before.size + 1);
      for (const terminal of added) terminal.dispose();
    });

    it('become a policy that has no mistake', async () => {
      const document = await openText('shellscript', SCRIPT);
      const position = placeOf(document, 'zfs send').start;
      await ask('rawsend.convertToPolicy', { uri: document.uri.toString(), position });
      const policy = await eventually('a policy', () => {
        const shown = vscode.window.activeTextEditor?.document;
        return shown?.languageId === 'rawsend' ? shown : undefined;
      });
      assert.match(policy.getText(), /^ {4}source: here:tank\/prod\n {4}target: vault:backup\/prod$/m);
      assert.deepEqual(rulesOf(policy), []);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });

    it('show values as hints, unless the setting says no', async () => {
      const document = await openText('shellscript', SCRIPT);
      const whole = new vscode.Range(0, 0, 9, 0);
      const hints = (): Thenable<vscode.InlayHint[]> => ask('vscode.executeInlayHintProvider', document.uri, whole);
      const [hint] = await eventually('a hint', async () => ((await hints()).length > 0 ? hints() : undefined));
      assert.equal(hint?.label, '= backup/prod');
      const settings = vscode.workspace.getConfiguration('rawsend');
      await settings.update('inlayHints', false, vscode.ConfigurationTarget.Workspace);
      try {
        assert.deepEqual(await hints(), []);
      } finally {
        await settings.update('inlayHints', undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it('let a person disable a rule for a line, with the reason', async () => {
      const document = await openText('shellscript', SCRIPT);
      await rulesOnceThere(document, 'send-not-raw');
      const actions = await ask<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        placeOf(document, 'zfs send'),
      );
      const action = actions.find(({ title }) => title === 'Disable send-not-raw for this line…');
      const { command } = action ?? {};
      assert.ok(command);
      const run = (input: string): PromiseLike<unknown> =>
        answering({ input }, () => ask(command.command, ...(command.arguments ?? [])));
      await run(' ');
      assert.equal(document.getText(), SCRIPT);
      await run('a scratch pool');
      assert.equal(document.lineAt(4).text, '# rawsend-disable-next-line send-not-raw -- a scratch pool');
      await eventually('a text without send-not-raw', () => !rulesOf(document).includes('send-not-raw') || undefined);
    });

    it('are found in the fences of Markdown, and not in its prose', async () => {
      const document = await open('runbook.md');
      await rulesOnceThere(document, 'send-not-raw');
      const lines = diagnosticsOf(document).map(({ range }) => document.lineAt(range.start.line).text);
      assert.ok(
        lines.every((line) => /^(?:root@prod:~# )?zfs /.test(line)),
        lines.join('\n'),
      );
    });

    it('are found in a systemd unit, in its line', async () => {
      const document = await open('replicate.service');
      await rulesOnceThere(document, 'send-not-raw');
      const found = diagnosticsOf(document).map(({ range }) => document.getText(range));
      assert.ok(found.includes('zfs send'), found.join('\n'));
    });

    it('link a finding to the page of its rule, as it is meant to be read', async () => {
      const document = await open('replicate.sh');
      await rulesOnceThere(document, 'send-not-raw');
      const codes = diagnosticsOf(document).map(({ code }) => code);
      const code = codes.find((one) => typeof one === 'object' && one.value === 'send-not-raw');
      assert.ok(typeof code === 'object');
      await ask('vscode.open', code.target);
      const tab = await eventually('the page', () =>
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes('send-not-raw.md')),
      );
      assert.ok(tab.input instanceof vscode.TabInputCustom, 'it is no preview');
      await vscode.window.tabGroups.close(tab);
    });
  });
}

/** What VS Code asks a provider for, by the command of its own that does so. */
const ask = <T>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(command, ...args);
