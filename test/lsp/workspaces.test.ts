import assert from 'node:assert/strict';
import type { TextDocumentEdit } from 'vscode-languageserver/node';
import {
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  HoverRequest,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { PoliciesRequest } from '../../server/src/protocol';
import type { PoliciesResult } from '../../server/src/protocol';
import type { Editor } from './editor';
import { codesOf, startEditor } from './editor';
import { BROKEN_POLICY, POLICY, positionOf } from './texts';

/** Sends on what the policy of POLICY makes, so that both are one chain where they count for each other. */
const FURTHER = `version: 1
hosts:
  vault: { ssh: cr0x@target, elevate: sudo }
  attic: { ssh: root@attic }
policies:
  further:
    intent: vault
    source: vault:backup/prod
    target: attic:cold/prod
`;
const SCRIPT = '#!/bin/bash\nzfs release rawsend:prod-to-vault:vault tank/prod@a\n';

/** What an editor that shows `uri` gets of its text. */
interface Served {
  readonly diagnostics: readonly unknown[];
  readonly completion: number;
  readonly hover: boolean;
  readonly tokens: boolean;
  readonly formatted: number;
  readonly actions: readonly string[];
  readonly lenses: number;
}

async function serve(editor: Editor, uri: string, text: string): Promise<Served> {
  const { connection } = editor;
  const textDocument = { uri };
  const at = positionOf(text, 'intent: vault');
  const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const completion = await connection.sendRequest(CompletionRequest.type, { textDocument, position: at });
  const items = Array.isArray(completion) ? completion : (completion?.items ?? []);
  const options = { tabSize: 2, insertSpaces: true };
  return {
    diagnostics: codesOf(await editor.pull(uri)),
    completion: items.length,
    hover: (await connection.sendRequest(HoverRequest.type, { textDocument, position: at })) !== null,
    tokens: ((await connection.sendRequest(SemanticTokensRequest.type, { textDocument }))?.data.length ?? 0) > 0,
    formatted: (await connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options }))?.length ?? 0,
    actions: (
      (await connection.sendRequest(CodeActionRequest.type, {
        textDocument,
        range: whole,
        context: { diagnostics: [] },
      })) ?? []
    ).map(({ title }) => title),
    lenses: (await connection.sendRequest(CodeLensRequest.type, { textDocument }))?.length ?? 0,
  };
}

describe('two workspace folders', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  const start = async (): Promise<void> => {
    editor = await startEditor({
      folders: ['one', 'two'],
      files: { 'one/rawsend.yaml': POLICY, 'two/rawsend.yaml': FURTHER, 'two/old.rawsend.yaml': POLICY },
    });
  };

  it('do not know the names of each other', async () => {
    await start();
    const uri = editor.open('two/rawsend.yaml', FURTHER);
    const textDocument = { uri };
    const define = async (part: string): Promise<readonly string[]> => {
      const found = await editor.connection.sendRequest(DefinitionRequest.type, {
        textDocument,
        position: positionOf(FURTHER, part),
      });
      return [found ?? []].flat().map((place) => ('uri' in place ? place.uri : place.targetUri));
    };
    assert.deepEqual(await define('vault:backup'), [uri]);
    const one = editor.open('one/a.sh', SCRIPT);
    const two = editor.open('two/a.sh', SCRIPT);
    const references = await editor.connection.sendRequest(ReferencesRequest.type, {
      textDocument: { uri: editor.open('one/rawsend.yaml', POLICY) },
      position: positionOf(POLICY, 'prod-to-vault'),
      context: { includeDeclaration: true },
    });
    assert.deepEqual([...new Set(references?.map((place) => place.uri))], [editor.uriOf('one/rawsend.yaml'), one]);
    const tag = { textDocument: { uri: two }, position: positionOf(SCRIPT, 'prod-to-vault') };
    const policies = await editor.connection.sendRequest(DefinitionRequest.type, tag);
    assert.deepEqual(
      [policies ?? []].flat().map((place) => 'uri' in place && place.uri),
      [editor.uriOf('two/old.rawsend.yaml')],
    );
  });

  it('are renamed one by one', async () => {
    await start();
    const uri = editor.open('one/rawsend.yaml', POLICY);
    editor.open('two/old.rawsend.yaml', POLICY);
    const position = positionOf(POLICY, 'vault: {');
    const edit = await editor.connection.sendRequest(RenameRequest.type, {
      textDocument: { uri },
      position,
      newName: 'safe',
    });
    const changes = (edit?.documentChanges ?? []) as readonly TextDocumentEdit[];
    assert.deepEqual(
      changes.map(({ textDocument }) => textDocument.uri),
      [uri],
    );
  });

  it('complete the hosts of their own file', async () => {
    await start();
    const text = POLICY.replace('source: prod:tank/prod', 'source: ');
    const uri = editor.open('one/rawsend.yaml', text);
    const position = { line: 7, character: '    source: '.length };
    const found = await editor.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
    const labels = (Array.isArray(found) ? found : (found?.items ?? [])).map(({ label }) => label);
    assert.ok(
      labels.some((label) => label.startsWith('prod')),
      labels.join(),
    );
    assert.ok(!labels.some((label) => label.startsWith('attic')), labels.join());
  });

  it('share no hold tags', async () => {
    const codes: (readonly unknown[])[] = [];
    for (const place of ['one', 'two']) {
      editor = await startEditor({ folders: ['one', 'two'], files: { 'one/rawsend.yaml': POLICY, 'two/a.txt': '' } });
      codes.push(codesOf(await editor.pull(editor.open(`${place}/further.rawsend.yaml`, POLICY))));
      editor.close();
    }
    assert.deepEqual(
      codes.map((found) => found.includes('policy-chain')),
      [true, false],
    );
  });
});

describe('documents that are not on the disk', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await startEditor({ files: { 'rawsend.yaml': POLICY } });
  });
  afterEach(() => editor.close());

  for (const uri of ['untitled:Untitled-1', 'vscode-vfs://github/some/repository/rawsend.yaml']) {
    it(`are served as one that is: ${uri}`, async () => {
      const text = BROKEN_POLICY.replace('{ ssh: cr0x@source }', '{ssh:   cr0x@source}');
      const onDisk = await serve(editor, editor.open('other.rawsend.yaml', text), text);
      assert.deepEqual(await serve(editor, editor.open(uri, text), text), onDisk);
      assert.ok(onDisk.diagnostics.length > 0 && onDisk.completion > 0 && onDisk.hover && onDisk.tokens);
      assert.ok(onDisk.formatted > 0 && onDisk.actions.length > 0 && onDisk.lenses > 0);
    });
  }

  it('are no policies of the workspace where they are the older side of a comparison', async () => {
    const uri = `git:${editor.folder}/rawsend.yaml?${encodeURIComponent('{"ref":"HEAD"}')}`;
    const old = BROKEN_POLICY.replace('prod-to-vault', 'old-name');
    const served = await serve(editor, editor.open(uri, old), old);
    assert.deepEqual(
      { ...served, completion: 0, formatted: 0 },
      { diagnostics: [], completion: 0, hover: true, tokens: true, formatted: 0, actions: [], lenses: 0 },
    );
    const { policies } = await editor.connection.sendRequest<PoliciesResult>(PoliciesRequest);
    assert.deepEqual(
      policies.map(({ name }) => name),
      ['prod-to-vault'],
    );
    const symbols = await editor.connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'old' });
    assert.deepEqual(symbols, []);
  });
});

describe('workspace folders that are no folders of this disk', () => {
  for (const folder of ['vscode-vfs://github/some/repository', 'file://server/share/some', 'file:///%2Fodd']) {
    it(`hold no files, and are served: ${folder}`, async () => {
      const editor = await startEditor({ folders: [folder] });
      const diagnostics = await editor.pull(editor.open(`${folder}/rawsend.yaml`, BROKEN_POLICY));
      editor.close();
      assert.ok(diagnostics.length > 0);
    });
  }
});
