import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientCapabilities } from 'vscode-languageserver/node';
import {
  DiagnosticRefreshRequest,
  ErrorCodes,
  LogMessageNotification,
  RegistrationRequest,
  ResponseError,
} from 'vscode-languageserver/node';
import type { Editor } from './editor';
import { PULLING, codesOf, eventually, pause, startEditor } from './editor';
import { POLICY } from './texts';

/** Encrypted by what the policy says, and by nothing else. */
const SCRIPT = 'zfs send tank/prod@a >stream\n';

const WATCHING: ClientCapabilities = {
  ...PULLING,
  workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
};

describe('refresh', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  function countRefreshes(): () => number {
    let count = 0;
    editor.connection.onRequest(DiagnosticRefreshRequest.type, () => void count++);
    return () => count;
  }

  it('is no reason to end where the editor fails to watch files', async () => {
    editor = await startEditor({ capabilities: WATCHING });
    const asked: unknown[] = [];
    const told: string[] = [];
    editor.connection.onNotification(LogMessageNotification.type, ({ message }) => void told.push(message));
    editor.connection.onRequest(RegistrationRequest.type, (params) => {
      asked.push(params);
      throw new ResponseError(ErrorCodes.InternalError, 'no inotify');
    });
    await eventually('a warning', () => told.find((message) => message.includes('no inotify')));
    assert.equal(asked.length, 1);
    assert.deepEqual(await editor.pull(editor.open('rawsend.yaml', POLICY)), []);
  });

  it('is asked for once when a policy is typed', async () => {
    editor = await startEditor();
    const refreshes = countRefreshes();
    const uri = editor.open('rawsend.yaml', '');
    for (let version = 2; version < 12; version++) editor.change(uri, version, POLICY.slice(0, version * 20));
    await eventually('a refresh', () => (refreshes() > 0 ? true : undefined));
    await pause(300);
    assert.equal(refreshes(), 1);
  });

  it('is not asked for when a script is typed', async () => {
    editor = await startEditor();
    const refreshes = countRefreshes();
    editor.change(editor.open('a.sh', SCRIPT), 2, `${SCRIPT}true\n`);
    await pause(400);
    assert.equal(refreshes(), 0);
  });

  it('brings what a policy on the disk now says', async () => {
    editor = await startEditor({ capabilities: WATCHING });
    const registered: unknown[] = [];
    editor.connection.onRequest(
      RegistrationRequest.type,
      ({ registrations }) => void registered.push(...registrations),
    );
    const refreshes = countRefreshes();
    const uri = editor.open('a.sh', SCRIPT);
    const before = await editor.pull(uri);
    writeFileSync(join(editor.folder, 'rawsend.yaml'), POLICY);
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: editor.uriOf('rawsend.yaml'), type: 1 }],
    });
    await eventually('a refresh', () => (refreshes() > 0 ? true : undefined));
    const after = await editor.pull(uri);
    assert.notDeepEqual(after, before);
    assert.deepEqual(codesOf(after), ['send-not-raw']);
    assert.equal(registered.length, 1);
  });

  it('publishes anew to a client that cannot pull', async () => {
    editor = await startEditor({ capabilities: {} });
    const uri = editor.open('a.sh', SCRIPT);
    const first = await eventually('diagnostics', () => editor.pushed.find((push) => push.uri === uri));
    editor.open('rawsend.yaml', POLICY);
    await eventually('other diagnostics', () =>
      editor.pushed.find(
        (push) => push.uri === uri && JSON.stringify(push.diagnostics) !== JSON.stringify(first.diagnostics),
      ),
    );
  });
});
