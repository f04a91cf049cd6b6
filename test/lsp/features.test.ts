import assert from 'node:assert/strict';
import type { Position } from 'vscode-languageserver/node';
import { CodeLensRequest, CompletionRequest, HoverRequest } from 'vscode-languageserver/node';
import { policySchema } from '../../server/src/core/policy/schema';
import type { PoliciesResult } from '../../server/src/protocol';
import { PoliciesRequest } from '../../server/src/protocol';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { POLICY, SCRIPT, positionOf } from './texts';

describe('hover', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await startEditor();
  });
  afterEach(() => editor.close());

  async function hover(uri: string, text: string, part: string): Promise<string | undefined> {
    const found = await editor.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: positionOf(text, part),
    });
    if (found === null) return undefined;
    assert.ok(typeof found.contents === 'object' && 'kind' in found.contents && found.contents.kind === 'markdown');
    return found.contents.value;
  }

  it('explains a key of a policy', async () => {
    assert.match((await hover(editor.open('a.rawsend.yaml', POLICY), POLICY, 'intent')) ?? '', /vault/);
  });

  it('explains a subcommand of zfs, also inside ssh', async () => {
    const uri = editor.open('a.sh', SCRIPT);
    assert.ok(await hover(uri, SCRIPT, 'send tank'));
    assert.ok(await hover(uri, SCRIPT, 'receive'));
  });

  it('says nothing where there is nothing to say', async () => {
    assert.equal(await hover(editor.open('a.sh', SCRIPT), SCRIPT, 'bash'), undefined);
    assert.equal(await hover('file:///not/open.sh', SCRIPT, 'bash'), undefined);
  });
});

describe('completion', () => {
  let editor: Editor;
  beforeEach(async () => {
    editor = await startEditor();
  });
  afterEach(() => editor.close());

  async function complete(uri: string, position: Position): Promise<ReadonlyMap<string, string | undefined>> {
    const found = await editor.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
    assert.ok(Array.isArray(found));
    return new Map(found.map(({ label, textEdit }) => [label, textEdit?.newText]));
  }

  it('offers the keys that are missing and the values of one that is there', async () => {
    const text = `${POLICY}    \n`;
    const uri = editor.open('a.rawsend.yaml', text);
    const keys = await complete(uri, { line: 10, character: 4 });
    assert.equal(keys.get('recursive'), 'recursive: ');
    assert.ok(!keys.has('intent'));
    const values = await complete(uri, { line: 6, character: 12 });
    assert.deepEqual([...values.keys()].toSorted(), ['standby', 'vault']);
  });

  it('shows defaults beside the keys, which stand as the schema has them', async () => {
    const uri = editor.open('a.rawsend.yaml', `${POLICY}    \n`);
    const position = { line: 10, character: 4 };
    const found = await editor.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
    assert.ok(Array.isArray(found));
    const labels = found
      .toSorted((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''))
      .map(({ label }) => label);
    const inSchema = Object.keys(policySchema.shape).filter((key) => labels.includes(key));
    assert.deepEqual(labels, inSchema);
    assert.equal(found.find(({ label }) => label === 'recursive')?.labelDetails?.description, 'default true');
  });

  it('is silent in a shell script', async () => {
    assert.equal((await complete(editor.open('a.sh', SCRIPT), { line: 3, character: 4 })).size, 0);
  });
});

describe('code lens', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  const lenses = (uri: string) => editor.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });

  it('stands four times over each policy, also in a file with mistakes', async () => {
    editor = await startEditor();
    const uri = editor.open('a.rawsend.yaml', POLICY.replace('version: 1', 'version: [1'));
    const good = editor.open('b.rawsend.yaml', POLICY);
    const found = (await lenses(good)) ?? [];
    assert.deepEqual(
      found.map(({ command }) => command?.title),
      ['Plan', 'Estimate', 'Run', 'Verify'],
    );
    assert.deepEqual(found[0]?.command?.arguments, [good, 'prod-to-vault']);
    assert.equal(found[0]?.range.start.line, 5);
    assert.ok(Array.isArray(await lenses(uri)));
  });

  it('stands once over a policy with several targets, and means all of them', async () => {
    editor = await startEditor();
    const text = POLICY.replace('hosts:\n', 'hosts:\n  far: { ssh: far }\n').replace(
      /target: (\S+:\S+)$/m,
      'target: [$1, far:tank/prod]',
    );
    assert.notEqual(text, POLICY);
    const uri = editor.open('several.rawsend.yaml', text);
    const found = (await lenses(uri)) ?? [];
    assert.deepEqual(
      found.map(({ command }) => command?.arguments),
      Array.from({ length: 4 }, () => [uri, 'prod-to-vault']),
    );
    const { policies } = await editor.connection.sendRequest<PoliciesResult>(PoliciesRequest);
    assert.deepEqual(
      policies.filter((policy) => policy.uri === uri).map(({ name }) => name),
      ['prod-to-vault', 'prod-to-vault:vault', 'prod-to-vault:far'],
    );
  });

  it('does not stand in an untrusted workspace', async () => {
    editor = await startEditor({ initializationOptions: { trusted: false } });
    assert.deepEqual(await lenses(editor.open('a.rawsend.yaml', POLICY)), []);
  });
});
