import assert from 'node:assert/strict';
import type { SelectionRange } from 'vscode-languageserver/node';
import {
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  SelectionRangeRequest,
} from 'vscode-languageserver/node';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { POLICY, SCRIPT, positionOf } from './texts';

const NESTING = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };

describe('the structure of a policy', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  it('is an outline, nested or flat as the editor knows it', async () => {
    editor = await startEditor({ capabilities: NESTING });
    const uri = editor.open('a.rawsend.yaml', POLICY);
    const nested = (await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } })) ?? [];
    assert.deepEqual(
      nested.map((symbol) => ('children' in symbol ? [symbol.name, symbol.children?.length] : undefined)),
      [
        ['hosts', 2],
        ['policies', 1],
      ],
    );
    editor.close();
    editor = await startEditor();
    const other = editor.open('a.rawsend.yaml', POLICY);
    const flat = await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: other } });
    assert.deepEqual(
      flat?.map((symbol) => ('location' in symbol ? symbol.name : undefined)),
      ['prod', 'vault', 'prod-to-vault'],
    );
  });

  it('folds, and leaves the folds of other languages to the editor', async () => {
    editor = await startEditor();
    const uri = editor.open('a.rawsend.yaml', POLICY);
    const folds = await editor.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      folds?.map(({ startLine, endLine }) => [startLine, endLine]),
      [
        [1, 3],
        [4, 9],
        [5, 9],
      ],
    );
    const script = editor.open('a.sh', SCRIPT);
    const none = await editor.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri: script } });
    assert.equal(none, null);
  });

  it('lets a selection grow', async () => {
    editor = await startEditor();
    const uri = editor.open('a.rawsend.yaml', POLICY);
    const params = { textDocument: { uri }, positions: [positionOf(POLICY, 'tank'), { line: 0, character: 0 }] };
    const [first, second] = (await editor.connection.sendRequest(SelectionRangeRequest.type, params)) ?? [];
    const depth = (range: SelectionRange | undefined): number => (range === undefined ? 0 : 1 + depth(range.parent));
    assert.equal(depth(first), 8);
    assert.equal(first?.range.start.character, 17);
    assert.ok(depth(second) > 1);
  });

  it('links an alias to the ssh configuration', async () => {
    const file = 'file:///home/me/.ssh/config';
    editor = await startEditor({ ports: { sshAliases: () => ({ aliases: ['source'], file }) } });
    const uri = editor.open('a.rawsend.yaml', POLICY);
    const links = await editor.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
    assert.deepEqual(
      links?.map(({ range, target }) => [range.start.line, target]),
      [[2, file]],
    );
    editor.close();
    editor = await startEditor({ ports: { sshAliases: () => ({ aliases: ['source'] }) } });
    const other = editor.open('a.rawsend.yaml', POLICY);
    assert.deepEqual(
      await editor.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: other } }),
      [],
    );
  });
});
