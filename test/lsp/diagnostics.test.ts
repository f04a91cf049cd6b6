import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  DiagnosticSeverity,
  DocumentDiagnosticRequest,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import type { Editor, EditorOptions } from './editor';
import { PULLING, codesOf, eventually, pause, startEditor } from './editor';
import { BROKEN_POLICY, POLICY, SCRIPT } from './texts';

describe('diagnostics', () => {
  let editor: Editor;
  afterEach(() => editor.close());
  const start = async (options?: EditorOptions): Promise<void> => {
    editor = await startEditor(options);
  };

  it('are pulled by a client that can, and then never pushed', async () => {
    await start();
    assert.deepEqual(editor.initialized.capabilities.diagnosticProvider, {
      identifier: 'rawsend',
      interFileDependencies: false,
      workspaceDiagnostics: false,
    });
    const found = await editor.pull(editor.open('a.rawsend.yaml', BROKEN_POLICY));
    assert.deepEqual(codesOf(found), ['policy-schema']);
    assert.deepEqual(found[0]?.range, { start: { line: 9, character: 4 }, end: { line: 9, character: 12 } });
    await pause(300);
    assert.deepEqual(editor.pushed, []);
  });

  it('are pushed to a client that cannot pull, for the version they belong to', async () => {
    await start({ capabilities: {} });
    assert.equal(editor.initialized.capabilities.diagnosticProvider, undefined);
    const uri = editor.open('a.sh', SCRIPT);
    editor.change(uri, 2, SCRIPT.replace('zfs send', 'zfs send -w').replace('receive', 'receive -u'));
    const last = await eventually('version 2', () => editor.pushed.find(({ version }) => version === 2));
    assert.deepEqual(codesOf(last.diagnostics), []);
    assert.equal(last.uri, uri);
  });

  it('are taken back when a pushed document is closed', async () => {
    await start({ capabilities: {} });
    const uri = editor.open('a.sh', SCRIPT);
    await eventually('diagnostics', () => editor.pushed.find(({ diagnostics }) => diagnostics.length > 0));
    await editor.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await eventually('none', () => (editor.pushed.at(-1)?.diagnostics.length === 0 ? true : undefined));
  });

  it('have the severity of the rule, its page and our name', async () => {
    await start({ ports: { rulePage: (rule) => `file:///docs/${rule}.md` } });
    const [finding] = (await editor.pull(editor.open('a.sh', SCRIPT))).filter(({ code }) => code === 'send-not-raw');
    assert.equal(finding?.severity, DiagnosticSeverity.Error);
    assert.equal(finding.source, 'rawsend');
    assert.equal(finding.codeDescription?.href, 'file:///docs/send-not-raw.md');
  });

  it('count columns in UTF-16 units, after any end of line', async () => {
    await start();
    const text = SCRIPT.replace('zfs send', ': "𝕏é"; zfs send').replaceAll('\n', '\r\n');
    const [finding] = (await editor.pull(editor.open('a.sh', text))).filter(({ code }) => code === 'send-not-raw');
    assert.equal(finding?.range.start.line, 3);
    const line = text.split('\r\n')[3] ?? '';
    assert.ok(line.slice(finding.range.start.character).startsWith('zfs send'), JSON.stringify(finding.range));
  });

  it('know the policies of the workspace folder that are not open', async () => {
    await start({ files: { 'rawsend.yaml': POLICY } });
    const found = await editor.pull(editor.open('a.sh', 'zfs send tank/prod@a >stream\n'));
    assert.ok(codesOf(found).includes('send-not-raw'));
  });

  it('are empty for a text without our words, and for a document that is closed', async () => {
    await start();
    assert.deepEqual(await editor.pull(editor.open('a.sh', 'echo $(((((\n')), []);
    assert.deepEqual(await editor.pull('file:///not/open.sh'), []);
  });

  it('are refused for a text that changed meanwhile, so that the client asks again', async () => {
    await start({ files: { 'rawsend.yaml': POLICY } });
    const uri = editor.open('a.sh', SCRIPT);
    const outdated = editor.pull(uri);
    editor.change(uri, 2, 'true\n');
    const error = await outdated.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ResponseError && error.code === LSPErrorCodes.ServerCancelled);
    assert.deepEqual(error.data, { retriggerRequest: true });
    assert.deepEqual(await editor.pull(uri), []);
  });

  it('can be cancelled', async () => {
    await start();
    const uri = editor.open('a.sh', SCRIPT);
    const source = new CancellationTokenSource();
    const asked = editor.connection.sendRequest(
      DocumentDiagnosticRequest.type,
      { textDocument: { uri } },
      source.token,
    );
    source.cancel();
    const error = await asked.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled);
  });

  it('survive a folder that is not there', async () => {
    await start({ capabilities: PULLING });
    await editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'file:///no/such/folder', name: 'gone' }], removed: [] },
    });
    assert.ok((await editor.pull(editor.open('a.sh', SCRIPT))).length > 0);
  });
});
