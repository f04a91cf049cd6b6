import assert from 'node:assert/strict';
import type { CodeAction, CodeActionParams, Command } from 'vscode-languageserver/node';
import { CodeActionRequest, CodeLensRequest, InlayHintRequest, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { PipelinePolicyRequest, SuppressionRequest } from '../../server/src/protocol';
import type { PipelinePolicyResult, SuppressionResult } from '../../server/src/protocol';
import type { Editor, EditorOptions } from './editor';
import { PULLING, startEditor } from './editor';

const SCRIPT = `#!/bin/bash
set -o pipefail
DST=backup/prod
zfs create -o encryption=on -o keyformat=raw tank/prod
  zfs send tank/prod@a |
    ssh vault zfs receive -uF "$DST"
`;
const ALL = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const SEND_LINE = { start: { line: 4, character: 3 }, end: { line: 4, character: 3 } };
const OURS: EditorOptions = { initializationOptions: { trusted: true, hasCommands: true } };

describe('runbooks', () => {
  let editor: Editor;
  let uri: string;
  afterEach(() => editor.close());
  const start = async (options: EditorOptions = OURS, text = SCRIPT): Promise<void> => {
    editor = await startEditor(options);
    uri = editor.open('a.sh', text);
  };

  async function lenses(): Promise<readonly string[]> {
    const found = await editor.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    return (found ?? []).map(({ command, range }) => `${range.start.line} ${command?.title} ${command?.command}`);
  }

  async function actions(only: string, range: CodeActionParams['range'] = SEND_LINE): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [], only: [only] };
    const params = { textDocument: { uri }, range, context };
    const found = await editor.connection.sendRequest(CodeActionRequest.type, params);
    return (found ?? []).filter((action: CodeAction | Command): action is CodeAction => !('arguments' in action));
  }

  const policyAt = (line: number): Promise<PipelinePolicyResult> =>
    editor.connection.sendRequest(PipelinePolicyRequest, { uri, position: { line, character: 5 } });

  it('have lenses over a send', async () => {
    await start();
    assert.deepEqual(await lenses(), [
      '4 Estimate rawsend.typeInTerminal',
      '4 Run in Terminal rawsend.typeInTerminal',
      '4 Convert to Policy rawsend.convertToPolicy',
    ]);
    const [first] = (await editor.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
    assert.deepEqual(first?.command?.arguments, [{ text: 'zfs send -nvP tank/prod@a', unresolved: [] }]);
  });

  it('offer no terminal in a workspace that is not trusted', async () => {
    await start({ initializationOptions: { trusted: false, hasCommands: true } });
    assert.deepEqual(await lenses(), ['4 Convert to Policy rawsend.convertToPolicy']);
  });

  it('have no lenses in an editor without the commands', async () => {
    await start({});
    assert.deepEqual(await lenses(), []);
  });

  it('show the values of variables', async () => {
    await start();
    const params = { textDocument: { uri }, range: ALL };
    const hints = (await editor.connection.sendRequest(InlayHintRequest.type, params)) ?? [];
    assert.deepEqual(
      hints.map(({ position, label }) => [position, label]),
      [[{ line: 5, character: 36 }, '= backup/prod']],
    );
    const above = { textDocument: { uri }, range: { ...ALL, end: { line: 4, character: 0 } } };
    assert.deepEqual(await editor.connection.sendRequest(InlayHintRequest.type, above), []);
  });

  it('become a policy', async () => {
    await start();
    const made = await policyAt(5);
    assert.ok(made.ok);
    assert.match(made.text, /^ {4}source: here:tank\/prod\n {4}target: vault:backup\/prod$/m);
    assert.equal((await policyAt(1)).ok, false);
  });

  it('are extracted to a policy: by the command, by a new file, or not at all', async () => {
    await start();
    const [ours] = await actions('refactor.extract');
    assert.equal(ours?.title, 'Extract to policy');
    assert.equal(ours.command?.command, 'rawsend.convertToPolicy');
    editor.close();
    await start({
      capabilities: { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } },
    });
    const [other] = await actions('refactor.extract');
    const [create, edit] = other?.edit?.documentChanges ?? [];
    assert.deepEqual(create, {
      kind: 'create',
      uri: editor.uriOf('here-to-vault.rawsend.yaml'),
      options: { overwrite: false, ignoreIfExists: false },
    });
    assert.ok(edit && TextDocumentEdit.is(edit));
    editor.close();
    await start({ capabilities: PULLING });
    assert.deepEqual(await actions('refactor'), []);
  });

  it('offer to suppress a finding: the extension asks for the reason', async () => {
    await start();
    const suppress = (await actions('quickfix')).filter(({ title }) => title.startsWith('Disable'));
    assert.deepEqual(
      suppress.map(({ title, command }) => [title, command?.command, command?.arguments]),
      [
        [
          'Disable send-not-raw for this line…',
          'rawsend.disableRule',
          [{ uri, position: { line: 4, character: 2 } }, 'send-not-raw'],
        ],
      ],
    );
    const answer: SuppressionResult = await editor.connection.sendRequest(SuppressionRequest, {
      uri,
      position: { line: 4, character: 2 },
      rule: 'send-not-raw',
      reason: "it's meant",
    });
    assert.deepEqual(answer, {
      line: 4,
      text: '  # rawsend-disable-next-line send-not-raw -- it’s meant\n',
      version: 1,
    });
  });

  it('offer the comment itself to any other editor', async () => {
    await start({});
    const suppress = (await actions('quickfix')).find(({ title }) => title === 'Disable send-not-raw for this line');
    const [change] = suppress?.edit?.documentChanges ?? [];
    assert.ok(change && TextDocumentEdit.is(change));
    const edits = change.edits.flatMap((edit) => ('newText' in edit ? [edit] : []));
    const text = TextDocument.applyEdits(TextDocument.create('x:y', 'x', 1, SCRIPT), edits);
    assert.match(text, /^ {2}# rawsend-disable-next-line send-not-raw -- reason\n {2}zfs send/m);
    editor.change(uri, 2, text);
    const codes = (await editor.pull(uri)).map(({ code }) => code);
    assert.ok(!codes.includes('send-not-raw') && !codes.includes('unused-suppression'));
  });
});
