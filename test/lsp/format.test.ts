import assert from 'node:assert/strict';
import { DocumentFormattingRequest } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Editor, startEditor } from './editor';
import { POLICY, SCRIPT } from './texts';

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe('formatting', () => {
  let editor: Editor;
  before(async () => {
    editor = await startEditor();
  });
  after(() => editor.close());

  /** The text after the answer was applied, as an editor applies it. */
  async function format(name: string, text: string): Promise<string> {
    const uri = editor.open(name, text);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await editor.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options,
    });
    return TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, text), edits ?? []);
  }

  it('is offered', () => assert.equal(editor.initialized.capabilities.documentFormattingProvider, true));

  it('lays out a policy, whatever its line ends', async () => {
    const tidy = POLICY.replace('\nhosts', '\n\nhosts').replace('\npolicies', '\n\npolicies');
    assert.equal(await format('a.rawsend.yaml', POLICY), tidy);
    assert.equal(await format('b.rawsend.yaml', tidy), tidy);
    assert.equal(await format('c.rawsend.yaml', crlf(POLICY)), crlf(tidy));
    const wide = POLICY.replaceAll('  ', '      ');
    assert.equal(await format('d.rawsend.yaml', crlf(wide)), crlf(tidy));
  });

  it('leaves alone what has errors in its syntax, and scripts', async () => {
    const open = `${POLICY}    exclude: [a\n`;
    assert.equal(await format('e.rawsend.yaml', open), open);
    assert.equal(await format('a.sh', SCRIPT), SCRIPT);
  });
});
