import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompletionRequest, HoverRequest } from 'vscode-languageserver/node';
import { InventoryRequest } from '../../server/src/protocol';
import { dataset, inventory } from '../core/policy/inventories';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { POLICY, positionOf } from './texts';

const SHARING = `version: 1
include: [hosts.yaml]
policies:
  one: { intent: vault, source: prod:tank/prod, target: vault:backup/one }
`;
const SHARED = POLICY.slice(0, POLICY.indexOf('policies:'));

describe('what is known of hosts', () => {
  let editor: Editor;
  let reads = 0;
  beforeEach(async () => {
    reads = 0;
    const takenAt = new Date(Date.now() - 10 * 60_000).toISOString();
    editor = await startEditor({
      files: { 'rawsend.yaml': POLICY, 'other.rawsend.yaml': POLICY },
      initializationOptions: { trusted: true, sshConfig: '/my/config' },
      ports: {
        readInventory: ({ name }) => {
          reads++;
          return Promise.resolve({ ...inventory(name, [dataset('tank'), dataset('tank/prod')]), takenAt });
        },
        sshAliases: (file) => ({ aliases: file === '/my/config' ? ['cold'] : [] }),
      },
    });
  });
  afterEach(() => editor.close());

  const read = (host: string): Promise<unknown> =>
    editor.connection.sendRequest(InventoryRequest, { uri: editor.uriOf('rawsend.yaml'), host });

  async function complete(uri: string, text: string, at: string): Promise<readonly string[]> {
    const params = { textDocument: { uri }, position: positionOf(text, at) };
    const found = await editor.connection.sendRequest(CompletionRequest.type, params);
    assert.ok(Array.isArray(found));
    return found.map(({ label }) => label);
  }

  async function hover(uri: string, at: string): Promise<string> {
    const params = { textDocument: { uri }, position: positionOf(POLICY, at) };
    const found = await editor.connection.sendRequest(HoverRequest.type, params);
    assert.ok(found !== null && typeof found.contents === 'object' && 'value' in found.contents);
    return found.contents.value;
  }

  it('is known to every file that includes the host, whichever it was read for', async () => {
    writeFileSync(join(editor.folder, 'hosts.yaml'), SHARED);
    const texts = { 'rawsend.yaml': SHARING, 'other.rawsend.yaml': SHARING.replaceAll('one', 'two') };
    for (const [name, text] of Object.entries(texts)) editor.open(name, text);
    await read('prod');
    for (const [name, text] of Object.entries(texts))
      assert.deepEqual(await complete(editor.uriOf(name), text, 'tank/prod'), ['tank', 'tank/prod'], name);
  });

  it('completes datasets once somebody had the host read, and reads nothing by itself', async () => {
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.deepEqual(await complete(uri, POLICY, 'tank/prod'), []);
    assert.equal(reads, 0);
    await read('prod');
    assert.deepEqual(await complete(uri, POLICY, 'tank/prod'), ['tank', 'tank/prod']);
    assert.deepEqual(await complete(uri, POLICY, 'backup/prod'), [], 'of another host');
    const other = editor.open('other.rawsend.yaml', POLICY);
    assert.deepEqual(
      await complete(other, POLICY, 'tank/prod'),
      [],
      'of another file, where the name is of another host',
    );
    assert.equal(reads, 1);
  });

  it('completes the aliases of the ssh configuration that the client names', async () => {
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.deepEqual(await complete(uri, POLICY, 'source }'), ['cold']);
  });

  it('tells in a hover what was there, and how old that is', async () => {
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.doesNotMatch(await hover(uri, 'prod:tank'), /as read/);
    await read('prod');
    assert.match(await hover(uri, 'prod:tank'), /On `prod`, as read 10 min ago:\n\n- filesystem, not encrypted/);
    assert.match(await hover(uri, 'prod: {'), /OpenZFS 2\.3\.2/);
  });
});
