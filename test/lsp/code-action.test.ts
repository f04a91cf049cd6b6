import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver/node';
import { CodeActionKind, CodeActionRequest, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { BROKEN_POLICY, POLICY, SCRIPT } from './texts';

const EVERYWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

describe('code actions', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await startEditor();
  });
  afterEach(() => editor.close());

  async function actionsAt(
    uri: string,
    range: Range,
    only?: string[],
    diagnostics: Diagnostic[] = [],
  ): Promise<readonly CodeAction[]> {
    const context = { diagnostics, ...(only === undefined ? {} : { only }) };
    const found = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context,
    });
    return (found ?? []).filter((action): action is CodeAction => !('arguments' in action));
  }

  it('offer each fix for the findings in the selection, and say which is not safe', async () => {
    const uri = editor.open('a.sh', SCRIPT);
    const line = { start: { line: 3, character: 0 }, end: { line: 3, character: 8 } };
    const [fix] = await actionsAt(uri, line, [CodeActionKind.QuickFix]);
    assert.match(fix?.title ?? '', /-w.* \(unsafe\)$/);
    assert.equal(fix?.isPreferred, false);
    assert.match(apply(SCRIPT, fix), /^zfs send -w tank/m);
    assert.deepEqual(await actionsAt(uri, { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }), []);
  });

  it('prefer the safe fix and name the diagnostic that it cures', async () => {
    const uri = editor.open('a.rawsend.yaml', BROKEN_POLICY);
    const shown = await editor.pull(uri);
    const [fix] = await actionsAt(uri, EVERYWHERE, [CodeActionKind.QuickFix], [...shown]);
    assert.equal(fix?.isPreferred, true);
    assert.deepEqual(fix.diagnostics, shown);
    assert.match(apply(BROKEN_POLICY, fix), /^ {4}recursive: true$/m);
  });

  it('write a policy in another way: all of it spelt out, or as a vault', async () => {
    const standby = POLICY.replace('intent: vault', 'intent: standby\n    keys: { load: manual }');
    const uri = editor.open('a.rawsend.yaml', standby);
    const line = { start: { line: 6, character: 8 }, end: { line: 6, character: 8 } };
    const [spelt, vault, ...others] = await actionsAt(uri, line, [CodeActionKind.RefactorRewrite]);
    assert.deepEqual(
      [spelt, vault, ...others].map((action) => action?.title),
      ['Spell out the defaults', 'Make this a vault'],
    );
    assert.match(
      apply(standby, spelt),
      /keys: \{ load: manual, location: prompt \}\n[^]*\n {4}receive:\n {6}mount: false\n/,
    );
    assert.equal(apply(standby, vault), POLICY);
    assert.deepEqual(await actionsAt(uri, EVERYWHERE, [CodeActionKind.RefactorRewrite]), []);
    const script = editor.open('a.sh', SCRIPT);
    assert.deepEqual(await actionsAt(script, line, [CodeActionKind.RefactorRewrite]), []);
  });

  it('fix all that is safe and nothing else', async () => {
    const policy = editor.open('a.rawsend.yaml', BROKEN_POLICY);
    for (const only of ['source', 'source.fixAll', 'source.fixAll.rawsend']) {
      const [fixAll, ...others] = await actionsAt(policy, EVERYWHERE, [only]);
      assert.equal(fixAll?.kind, 'source.fixAll.rawsend');
      assert.deepEqual(others, []);
      assert.equal(apply(BROKEN_POLICY, fixAll), BROKEN_POLICY.replace('recursve', 'recursive'));
    }
    assert.deepEqual(await actionsAt(policy, EVERYWHERE, ['source.fixAll.other']), []);
    assert.deepEqual(await actionsAt(editor.open('ok.rawsend.yaml', POLICY), EVERYWHERE, ['source.fixAll']), []);
  });

  it('are computed from the text, not from the diagnostics that are sent back', async () => {
    const uri = editor.open('a.rawsend.yaml', BROKEN_POLICY);
    editor.change(uri, 2, POLICY);
    assert.deepEqual(await actionsAt(uri, EVERYWHERE), []);
  });
});

function apply(text: string, action: CodeAction | undefined): string {
  const [change] = action?.edit?.documentChanges ?? [];
  assert.ok(change && TextDocumentEdit.is(change), 'there is no versioned edit');
  assert.equal(change.textDocument.version, 1);
  const edits = change.edits.flatMap((edit) => ('newText' in edit ? [edit] : []));
  return TextDocument.applyEdits(TextDocument.create('x:y', 'x', 1, text), edits);
}
