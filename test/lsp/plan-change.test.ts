import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CodeLensRefreshRequest, CodeLensRequest, DidSaveTextDocumentNotification } from 'vscode-languageserver/node';
import type { CodeLens } from 'vscode-languageserver/node';
import type { InventoryResult, PlanChangeResult } from '../../server/src/protocol';
import { InventoryRequest, PlanChangeRequest } from '../../server/src/protocol';
import { inventories } from '../core/plan/notation';
import type { Editor, EditorOptions } from './editor';
import { PULLING, eventually, startEditor } from './editor';

const POLICY = `version: 1
hosts: { prod: { ssh: root@source }, vault: { ssh: root@dest } }
policies:
  p:
    intent: vault
    source: prod:tank/src
    target: vault:backup/dst
  q: { intent: vault, source: "prod:tank/q", target: "vault:backup/q" }
`;
const EDITED = POLICY.replace(
  '    source',
  '    receive: { force: rollback, resumable: false }\n    replica: true\n    source',
);

describe('what an edit of a policy changes in the plan', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  const start = async (options: EditorOptions = {}): Promise<void> => {
    editor = await startEditor({
      files: { 'rawsend.yaml': POLICY },
      initializationOptions: { trusted: false, hasCommands: true },
      ...options,
    });
  };
  const lensesOf = async (uri: string): Promise<readonly CodeLens[]> => {
    const found = await editor.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    return (found ?? []).filter(({ command }) => command?.command === 'rawsend.showPlanChange');
  };
  const change = (uri: string): Promise<PlanChangeResult> =>
    editor.connection.sendRequest<PlanChangeResult>(PlanChangeRequest, { uri });
  const refusal = async (uri: string): Promise<string> => {
    const result = await change(uri);
    return result.ok ? 'nothing' : result.message;
  };

  it('is a lens over the policy that the edit changes, in an untrusted workspace too', async () => {
    await start();
    const [lens, ...more] = await lensesOf(editor.open('rawsend.yaml', EDITED));
    assert.ok(lens && more.length === 0);
    assert.equal(lens.command?.title, 'Edit changes the plan: 3 steps, now allows -F, declared a replica, 1 more');
    assert.deepEqual(lens.command?.arguments, [editor.uriOf('rawsend.yaml'), 'p']);
    assert.equal(lens.range.start.line, 3);
  });

  it('is no lens while the text is that of the file, does the same, or has errors', async () => {
    await start();
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.deepEqual(await lensesOf(uri), []);
    editor.change(uri, 2, `# a comment\n${POLICY}`);
    assert.deepEqual(await lensesOf(uri), []);
    editor.change(uri, 3, EDITED.replace('vault', 'vualt'));
    assert.deepEqual(await lensesOf(uri), []);
    editor.change(uri, 4, EDITED);
    assert.equal((await lensesOf(uri)).length, 1);
    editor.change(uri, 5, POLICY);
    assert.deepEqual(await lensesOf(uri), []);
  });

  it('is no lens for an editor that could not show it', async () => {
    await start({ initializationOptions: {} });
    assert.deepEqual(await lensesOf(editor.open('rawsend.yaml', EDITED)), []);
  });

  it('is asked for anew when the file is saved', async () => {
    await start({
      capabilities: { ...PULLING, workspace: { ...PULLING.workspace, codeLens: { refreshSupport: true } } },
    });
    let refreshed = 0;
    editor.connection.onRequest(CodeLensRefreshRequest.type, () => void refreshed++);
    const uri = editor.open('rawsend.yaml', EDITED);
    assert.equal((await lensesOf(uri)).length, 1);
    writeFileSync(path.join(editor.folder, 'rawsend.yaml'), EDITED);
    await editor.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
    await eventually('a refresh', () => (refreshed > 0 ? true : undefined));
    assert.deepEqual(await lensesOf(uri), []);
  });

  it('comes as two texts and words, for each policy that changes', async () => {
    await start();
    const uri = editor.open('rawsend.yaml', EDITED.replace('  q:', '  r:'));
    const result = await change(uri);
    assert.ok(result.ok);
    assert.deepEqual(
      result.policies.map(({ policy, title }) => `${policy} ${title}`),
      ['p changed: 3 steps, now allows -F, declared a replica, 1 more', 'r renamed: 3 steps, hold tag changes'],
    );
    const [p] = result.policies;
    assert.match(p?.words.join('\n') ?? '', /^! allows `zfs receive -F`/);
    assert.match(p?.before ?? '', /\| vault: zfs receive -s -u /);
    assert.match(p?.after ?? '', /\| vault: zfs receive -u /);
  });

  const startRead = async (children: number): Promise<string> => {
    const tree = { '': 'root @rep-a1 @rep-b2* +', ...repeated('@rep-a3*', children) };
    const known = inventories({ src: tree, dst: { '': 'root @rep-a1 @rep-b2', ...repeated('@rep-a3', children) } });
    await start({
      initializationOptions: { trusted: true, hasCommands: true },
      ports: {
        readInventory: ({ name }) => {
          const found = known[name];
          assert.ok(found);
          return Promise.resolve(found);
        },
      },
    });
    const uri = editor.open('rawsend.yaml', EDITED);
    for (const host of ['prod', 'vault'])
      assert.ok((await editor.connection.sendRequest<InventoryResult>(InventoryRequest, { uri, host })).ok);
    return uri;
  };

  it('is planned from what was read of the hosts', async () => {
    const uri = await startRead(0);
    const result = await change(uri);
    assert.match(
      result.ok ? (result.policies[0]?.after ?? '') : '',
      /^# Planned for what the hosts held: prod as read/,
    );
    assert.match((await lensesOf(uri))[0]?.command?.title ?? '', /^Edit changes the plan: 1 step, now allows -F/);
  });

  it('plans a sample for the lens where there are very many datasets', async () => {
    const uri = await startRead(300);
    assert.match((await lensesOf(uri))[0]?.command?.title ?? '', /^Edit changes the plan: 3 steps, now allows -F/);
  });

  it('says why there is nothing to compare', async () => {
    await start({ files: { 'rawsend.yaml': POLICY, 'broken.rawsend.yaml': POLICY.replace('vault', 'vualt') } });
    assert.match(
      await refusal(editor.open('rawsend.yaml', EDITED.replace('intent: vault', 'intent: x'))),
      /has errors: fix them/,
    );
    assert.match(await refusal(editor.open('broken.rawsend.yaml', POLICY)), /saved file has errors/);
    assert.match(await refusal(editor.open('new.rawsend.yaml', POLICY)), /no saved file/);
    assert.match(await refusal(editor.open('a.sh', 'zfs list')), /Open a policy file first/);
  });

  it('reads a saved file as the editor does', async () => {
    await start({ files: { 'rawsend.yaml': `\uFEFF${POLICY.replaceAll('\n', '\r\n')}` } });
    const uri = editor.open('rawsend.yaml', POLICY);
    assert.deepEqual(await lensesOf(uri), []);
    assert.deepEqual(await change(uri), { ok: true, policies: [] });
  });

  it('is nothing for a text that does the same', async () => {
    await start();
    const result = await change(editor.open('rawsend.yaml', `# a comment\n${POLICY}`));
    assert.deepEqual(result, { ok: true, policies: [] });
  });
});

const repeated = (notation: string, count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, notation]));
