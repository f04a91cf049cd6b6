import assert from 'node:assert/strict';
import type { InventoryResult } from '../../server/src/protocol';
import { InventoryRequest } from '../../server/src/protocol';
import { inventories } from '../core/plan/notation';
import type { Editor } from './editor';
import { codesOf, startEditor } from './editor';

const POLICY = `version: 1
hosts: { prod: { ssh: root@source }, vault: { ssh: root@dest } }
policies:
  nightly:
    intent: vault
    source: prod:tank/src
    target: vault:backup/dst
`;

describe('what an inventory shows about a policy', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  /** An editor in which a person had `prod` read, so many hours ago. */
  const start = async (hours: number): Promise<void> => {
    const { prod } = inventories({ src: { '': 'root @a1', tmp: 'clear @a2' } });
    assert.ok(prod);
    const takenAt = new Date(Date.now() - hours * 3_600_000).toISOString();
    editor = await startEditor({
      files: { 'rawsend.yaml': POLICY, 'other.rawsend.yaml': POLICY },
      initializationOptions: { trusted: true },
      ports: { readInventory: () => Promise.resolve({ ...prod, takenAt }) },
    });
  };
  const read = async (): Promise<void> => {
    const params = { uri: editor.uriOf('rawsend.yaml'), host: 'prod' };
    const result = await editor.connection.sendRequest<InventoryResult>(InventoryRequest, params);
    assert.ok(result.ok);
  };

  it('is told with its age, once somebody had the host read', async () => {
    await start(3);
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.ok(!codesOf(await editor.pull(uri)).includes('policy-live'));
    await read();
    const found = (await editor.pull(uri)).filter(({ code }) => code === 'policy-live');
    assert.equal(found.length, 1);
    assert.match(JSON.stringify(found[0]?.message), /^"tank\/src\/tmp is not encrypted.*\(prod as read 3 h ago\)"$/);
    assert.deepEqual(found[0]?.range.start, { line: 5, character: 12 });
  });

  it('is no fact about the hosts of another file', async () => {
    await start(0);
    await read();
    const found = await editor.pull(editor.open('other.rawsend.yaml', POLICY));
    assert.ok(!codesOf(found).includes('policy-live'));
  });

  it('is no fact about the runbooks of another folder', async () => {
    const { prod } = inventories({ src: 'root @a1' });
    assert.ok(prod);
    editor = await startEditor({
      folders: ['one', 'two'],
      files: {
        'one/rawsend.yaml': POLICY.replaceAll('src', 'other'),
        'two/rawsend.yaml': POLICY.replaceAll('src', 'other'),
      },
      initializationOptions: { trusted: true },
      ports: { readInventory: () => Promise.resolve(prod) },
    });
    const params = { uri: editor.uriOf('one/rawsend.yaml'), host: 'prod' };
    await editor.connection.sendRequest<InventoryResult>(InventoryRequest, params);
    const codes = async (name: string) =>
      codesOf(await editor.pull(editor.open(name, 'zfs send tank/src@a >stream\n')));
    // The release of a host is known from its inventory alone.
    const hazards = [await codes('one/a.sh'), await codes('two/a.sh')].map((found) => found.includes('version-hazard'));
    assert.deepEqual(hazards, [true, false]);
  });
});
