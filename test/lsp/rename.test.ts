import assert from 'node:assert/strict';
import type { ClientCapabilities, Position, TextDocumentEdit } from 'vscode-languageserver/node';
import { PrepareRenameRequest, RenameRequest } from 'vscode-languageserver/node';
import type { Editor } from './editor';
import { PULLING, eventually, startEditor } from './editor';
import { POLICY, positionOf } from './texts';

const CONFIRMING: ClientCapabilities = {
  workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
};
const FURTHER = 'version: 1\npolicies:\n  further: { intent: vault, source: vault:backup/prod, target: prod:x }\n';

describe('rename', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  async function open(capabilities: ClientCapabilities): Promise<string> {
    editor = await startEditor({ capabilities, files: { 'rawsend.yaml': POLICY, 'further.rawsend.yaml': FURTHER } });
    return editor.open('rawsend.yaml', POLICY);
  }

  const rename = (uri: string, position: Position, newName: string) =>
    editor.connection.sendRequest(RenameRequest.type, { textDocument: { uri }, position, newName });

  it('is prepared on names, and nowhere else', async () => {
    const uri = await open(CONFIRMING);
    const prepare = (position: Position) =>
      editor.connection.sendRequest(PrepareRenameRequest.type, { textDocument: { uri }, position });
    const found = await prepare(positionOf(POLICY, 'vault:backup'));
    assert.deepEqual(found, {
      range: { start: { line: 8, character: 12 }, end: { line: 8, character: 17 } },
      placeholder: 'vault',
    });
    assert.equal(await prepare(positionOf(POLICY, 'intent')), null);
    const script = editor.open('a.sh', 'zfs release rawsend:prod-to-vault:vault tank@a\n');
    const params = { textDocument: { uri: script }, position: { line: 0, character: 22 } };
    assert.equal(await editor.connection.sendRequest(PrepareRenameRequest.type, params), null);
  });

  it('changes every file, and asks because of the holds', async () => {
    const uri = await open(CONFIRMING);
    const edit = await rename(uri, positionOf(POLICY, 'vault:backup'), 'safe');
    const changes = (edit?.documentChanges ?? []) as readonly TextDocumentEdit[];
    assert.deepEqual(
      changes.map(({ textDocument: { uri: file, version }, edits }) => [file, version, edits.length]),
      [
        [uri, 1, 2],
        [editor.uriOf('further.rawsend.yaml'), null, 1],
      ],
    );
    const [annotation] = Object.entries(edit?.changeAnnotations ?? {});
    assert.ok(annotation);
    assert.equal(annotation[1].needsConfirmation, true);
    assert.match(annotation[1].description ?? '', /rawsend:POLICY:vault/);
    for (const { edits } of changes)
      for (const one of edits) assert.ok('annotationId' in one && one.annotationId === annotation[0]);
  });

  it('asks nothing where nothing changes', async () => {
    const edit = await rename(await open(CONFIRMING), positionOf(POLICY, 'prod-to-vault'), 'prod-to-vault');
    assert.deepEqual(edit, { documentChanges: [] });
  });

  it('says it in an editor that cannot ask', async () => {
    const uri = await open(PULLING);
    const said: string[] = [];
    editor.connection.onNotification(
      'window/showMessage',
      ({ message }: { message: string }) => void said.push(message),
    );
    const edit = await rename(uri, positionOf(POLICY, 'prod-to-vault'), 'nightly');
    assert.equal(edit?.changeAnnotations, undefined);
    assert.match(await eventually('the warning', () => said[0]), /rawsend:prod-to-vault:HOST stay on the hosts/);
  });

  it('answers with plain changes where the editor knows no others', async () => {
    const uri = await open({});
    const edit = await rename(uri, positionOf(POLICY, 'prod-to-vault'), 'nightly');
    assert.deepEqual(
      edit?.changes?.[uri]?.map(({ newText }) => newText),
      ['nightly'],
    );
  });

  it('says why a name is refused', async () => {
    const uri = await open(CONFIRMING);
    await assert.rejects(rename(uri, positionOf(POLICY, 'prod: {'), 'vault'), /the host `vault` is there already/);
    await assert.rejects(rename(uri, positionOf(POLICY, 'prod: {'), 'a/b'), /cannot be a name/);
  });
});
