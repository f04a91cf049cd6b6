import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { InventoryRequest } from '../../../server/src/protocol';
import type { InventoryResult } from '../../../server/src/protocol';
import type { RawsendApi } from '../../../client/src/extension';
import { answering } from './dialogs';
import { activate, open, rulesOnceThere } from './window';

export function untrustedTests(): void {
  describe('a workspace that is not trusted', () => {
    let api: RawsendApi;
    before(async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      api = await activate();
    });

    it('is linted', async () => {
      await rulesOnceThere(await open('broken.rawsend.yaml'), 'policy-schema');
      await rulesOnceThere(await open('replicate.sh'), 'send-not-raw');
    });

    it('has no lenses', async () => {
      const { uri } = await open('rawsend.yaml');
      assert.deepEqual(await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri), []);
    });

    it('lists no hosts, and the server reads none', async () => {
      assert.deepEqual(await api.hosts.getChildren(), []);
      const { uri } = await open('rawsend.yaml');
      const result = await api.server.request<InventoryResult>(InventoryRequest, { uri: uri.toString(), host: 'prod' });
      assert.ok(!result.ok && result.code === 'untrusted');
    });

    it('starts nothing, whoever calls the command', async () => {
      const { uri } = await open('rawsend.yaml');
      for (const command of ['plan', 'estimate', 'run', 'verify', 'sendRaw', 'typeInTerminal']) {
        const asked = await answering({}, () =>
          vscode.commands.executeCommand(`rawsend.${command}`, uri.toString(), 'prod-to-vault'),
        );
        assert.match(asked.join('\n'), /trusted workspaces only/, command);
      }
    });
  });
}
