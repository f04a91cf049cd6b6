import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver/node';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { POLICY, SCRIPT } from './texts';

/** A text as it is while somebody types: a piece cut out, anything put in its place. */
const malformed = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(text.length), fc.nat(text.length), fc.string({ unit: 'binary', maxLength: 12 }))
    .map(([one, other, insert]) => text.slice(0, Math.min(one, other)) + insert + text.slice(Math.max(one, other)));

const OF_TEXT = [
  CodeLensRequest.method,
  DocumentLinkRequest.method,
  DocumentSymbolRequest.method,
  FoldingRangeRequest.method,
  SemanticTokensRequest.method,
];
const OF_PLACE = [
  HoverRequest.method,
  CompletionRequest.method,
  DefinitionRequest.method,
  DocumentHighlightRequest.method,
  PrepareRenameRequest.method,
];

describe('malformed documents', () => {
  let editor: Editor;
  const complaints: string[] = [];
  before(async () => {
    editor = await startEditor();
    editor.connection.onNotification(
      'window/logMessage',
      ({ message }: { message: string }) => void complaints.push(message),
    );
  });
  after(() => editor.close());

  for (const [name, text] of [
    ['a.rawsend.yaml', POLICY],
    ['a.sh', SCRIPT],
  ] as const) {
    it(`are answered for, whatever is asked of ${name}`, async () => {
      const uri = editor.open(name, text);
      let version = 1;
      const property = fc.asyncProperty(malformed(text), fc.nat(12), fc.nat(40), async (content, line, character) => {
        editor.change(uri, ++version, content);
        const at = { textDocument: { uri }, position: { line, character } };
        const range = { start: at.position, end: { line: line + 5, character: 0 } };
        await editor.pull(uri);
        await Promise.all([...OF_TEXT, ...OF_PLACE].map((method) => editor.connection.sendRequest(method, at)));
        await editor.connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } });
        await editor.connection.sendRequest(SelectionRangeRequest.type, { ...at, positions: [at.position] });
        await editor.connection.sendRequest(InlayHintRequest.type, { ...at, range });
        await editor.connection.sendRequest(CodeActionRequest.type, {
          textDocument: { uri },
          range,
          context: { diagnostics: [] },
        });
        assert.deepEqual(complaints, []);
      });
      await fc.assert(property, { numRuns: 60 });
    });
  }
});
