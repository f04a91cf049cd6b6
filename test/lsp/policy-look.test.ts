import assert from 'node:assert/strict';
import { InlayHintRequest, SemanticTokensRequest } from 'vscode-languageserver/node';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { POLICY, SCRIPT } from './texts';

const UNSAFE = POLICY.replace('transport:', 'send: { raw: false }\n    transport:');

describe('the look of a policy', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await startEditor();
  });
  afterEach(() => editor.close());

  /** Each token as `TYPE.MODIFIER TEXT`. */
  async function tokensOf(uri: string, text: string): Promise<readonly string[] | null> {
    const found = await editor.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
    if (found === null) return null;
    const { legend } = editor.initialized.capabilities.semanticTokensProvider ?? {};
    const lines = text.split('\n');
    const tokens: string[] = [];
    let [line, start] = [0, 0];
    for (let at = 0; at < found.data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = found.data.slice(at, at + 5);
      [line, start] = [line + down, down > 0 ? right : start + right];
      const said = legend?.tokenModifiers.filter((_, bit) => ((modifiers >> bit) & 1) === 1) ?? [];
      tokens.push(
        `${[legend?.tokenTypes[type], ...said].join('.')} ${(lines[line] ?? '').slice(start, start + length)}`,
      );
    }
    return tokens;
  }

  it('tells names, datasets and unsafe values apart', async () => {
    assert.deepEqual(await tokensOf(editor.open('a.rawsend.yaml', UNSAFE), UNSAFE), [
      'namespace.declaration prod',
      'namespace.declaration vault',
      'class.declaration prod-to-vault',
      'namespace prod',
      'variable tank/prod',
      'namespace vault',
      'variable backup/prod',
      'keyword.unsafe false',
    ]);
    assert.equal(await tokensOf(editor.open('a.sh', SCRIPT), SCRIPT), null);
  });

  it('shows the defaults that decide, in the part of the text that is in sight', async () => {
    const uri = editor.open('a.rawsend.yaml', UNSAFE);
    const hints = async (from: number, to: number): Promise<readonly unknown[]> => {
      const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
      const found = await editor.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range });
      return (found ?? []).map(({ position, label }) => [position.line, label]);
    };
    assert.deepEqual(await hints(0, 20), [[5, 'recursive, never mounted, never forced, resumable, no keys loaded']]);
    assert.deepEqual(await hints(6, 20), []);
  });
});
