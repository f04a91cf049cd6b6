import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activate,
  diagnosticsOf,
  eventually,
  insert,
  open,
  openText,
  pause,
  placeOf,
  rulesOf,
  rulesOnceThere,
} from './window';

/** What VS Code asks a provider for, by the command of its own that does so. */
const ask = <T>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(command, ...args);

export function languageTests(): void {
  describe('language', () => {
    before(activate);
    afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

    it('gives policy files the language rawsend', async () => {
      assert.equal((await open('rawsend.yaml')).languageId, 'rawsend');
      assert.equal((await open('broken.rawsend.yaml')).languageId, 'rawsend');
    });

    it('underlines a policy', async () => {
      const document = await open('broken.rawsend.yaml');
      await rulesOnceThere(document, 'policy-schema');
      const [diagnostic] = diagnosticsOf(document);
      assert.equal(diagnostic && document.getText(diagnostic.range), 'recursve');
    });

    it('underlines what a policy file includes, whatever its name', async () => {
      const document = await open('spare.yaml');
      assert.equal(document.languageId, 'yaml');
      await insert(document, placeOf(document, 'recursive').start, 'recursve: true, ');
      await rulesOnceThere(document, 'policy-schema');
    });

    it('underlines a shell script, and knows the replica of the policy beside it', async () => {
      const document = await open('replicate.sh');
      const rules = await rulesOnceThere(document, 'send-not-raw');
      assert.ok(rules.includes('receive-mounts'));
    });

    it('says nothing about an unrelated script', async () => {
      const related = await open('replicate.sh');
      await rulesOnceThere(related, 'send-not-raw');
      assert.deepEqual(rulesOf(await open('unrelated.sh')), []);
    });

    it('follows edits that are not saved', async () => {
      const document = await openText('shellscript', 'zfs create -o encryption=on -o keyformat=raw a/b\n');
      await insert(document, new vscode.Position(1, 0), 'zfs send a/b@c | zfs receive -u d/e\n');
      await rulesOnceThere(document, 'send-not-raw');
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, placeOf(document, 'zfs send'), 'zfs send -w');
      await vscode.workspace.applyEdit(edit);
      await eventually('a text without send-not-raw', () => !rulesOf(document).includes('send-not-raw') || undefined);
    });

    it('reads scripts anew when a policy changes', async () => {
      const script = await openText('shellscript', 'zfs send -w tank/x@a | ssh h zfs receive pool/replica\n');
      const actions = (): Thenable<vscode.CodeAction[]> =>
        ask('vscode.executeCodeActionProvider', script.uri, placeOf(script, 'zfs receive'));
      await rulesOnceThere(script, 'receive-mounts');
      assert.ok(
        await eventually('an unsafe fix', async () =>
          (await actions()).find(({ title }) => title.includes('(unsafe)')),
        ),
      );
      await openText('rawsend', POLICY_OF_REPLICA);
      await eventually('a safe fix', async () =>
        (await actions()).find(({ title }) => title.includes('-u') && !title.includes('(unsafe)')),
      );
    });

    it('applies a quick fix', async () => {
      const document = await open('broken.rawsend.yaml');
      await rulesOnceThere(document, 'policy-schema');
      const actions = await ask<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        placeOf(document, 'recursve'),
      );
      const fix = actions.find(({ kind }) => kind?.contains(vscode.CodeActionKind.QuickFix));
      assert.ok(fix?.edit, 'there is no fix');
      await vscode.workspace.applyEdit(fix.edit);
      assert.match(document.getText(), /^ {4}recursive: true$/m);
      await eventually('a policy without findings', () => rulesOf(document).length === 0 || undefined);
    });

    it('applies every safe fix, and no other', async () => {
      const document = await openText('rawsend', BROKEN_POLICY);
      await rulesOnceThere(document, 'policy-schema');
      await ask('editor.action.sourceAction', { kind: 'source.fixAll.rawsend', apply: 'first' });
      await eventually('recursive', () => document.getText().includes('recursive: true') || undefined);
    });

    it('explains a key of a policy and a flag of zfs', async () => {
      assert.match(await hover(await open('rawsend.yaml'), 'intent'), /vault/);
      assert.match(await hover(await open('replicate.sh'), '-F'), /roll/i);
    });

    it('completes keys and values', async () => {
      const document = await openText('rawsend', 'version: 1\npolicies:\n  a:\n    intent: \n    ');
      const labels = async (line: number, character: number): Promise<readonly unknown[]> => {
        const list = await ask<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          new vscode.Position(line, character),
        );
        return list.items.map(({ label }) => label);
      };
      assert.ok((await labels(3, 12)).includes('vault'));
      assert.ok((await labels(4, 4)).includes('source'));
    });

    it('goes on in the next line where the last one began', async () => {
      const document = await openText('rawsend', 'policies:\n  a:\n    intent: vault');
      await vscode.commands.executeCommand('cursorBottom');
      await vscode.commands.executeCommand('type', { text: '\n' });
      await vscode.commands.executeCommand('type', { text: 'receive:' });
      await vscode.commands.executeCommand('type', { text: '\n' });
      await vscode.commands.executeCommand('type', { text: 'mount: false' });
      assert.match(document.getText(), /vault\n {4}receive:\n {6}mount: false$/);
    });

    it('has four lenses over each policy', async () => {
      const document = await open('rawsend.yaml');
      const lenses = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
      const titles = lenses.map(({ command, range }) => `${range.start.line} ${command?.title}`);
      assert.deepEqual(titles, [
        '5 Plan',
        '5 Estimate',
        '5 Run',
        '5 Verify',
        '9 Plan',
        '9 Estimate',
        '9 Run',
        '9 Verify',
      ]);
      const registered = new Set(await vscode.commands.getCommands(true));
      for (const { command } of lenses)
        assert.ok(command && registered.has(command.command), `${command?.command} is not registered`);
    });

    it('looks at the languages that the setting lists', async () => {
      const script =
        '#!/bin/sh\nzfs create -o encryption=on -o keyformat=raw a/b\nzfs send a/b@c | zfs receive -u d/e\n';
      const plain = await openText('plaintext', script);
      await rulesOnceThere(plain, 'send-not-raw');
      const settings = vscode.workspace.getConfiguration('rawsend');
      await settings.update('runbookLanguages', ['shellscript'], vscode.ConfigurationTarget.Workspace);
      try {
        await eventually('a text of no listed language', () => rulesOf(plain).length === 0 || undefined);
      } finally {
        await settings.update('runbookLanguages', undefined, vscode.ConfigurationTarget.Workspace);
      }
      await rulesOnceThere(plain, 'send-not-raw');
    });

    it('goes on after the server was restarted', async () => {
      const document = await open('broken.rawsend.yaml');
      await rulesOnceThere(document, 'policy-schema');
      await vscode.commands.executeCommand('rawsend.restartServer');
      await pause(100);
      await rulesOnceThere(document, 'policy-schema');
    });
  });
}

const POLICY_OF_REPLICA = `version: 1
hosts: { a: { ssh: a }, b: { ssh: b } }
policies:
  x: { intent: vault, source: "a:tank/x", target: "b:pool/replica" }
`;

const BROKEN_POLICY = `version: 1
hosts: { a: { ssh: a }, b: { ssh: b } }
policies:
  x: { intent: vault, source: "a:tank/x", target: "b:pool/x", recursve: true }
`;

async function hover(document: vscode.TextDocument, text: string): Promise<string> {
  const place = placeOf(document, text).start.translate(0, 1);
  const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, place);
  const contents = hovers.flatMap((one) => one.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}
