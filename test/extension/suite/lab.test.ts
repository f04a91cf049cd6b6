import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { RawsendApi } from '../../../client/src/extension';
import type { Node } from '../../../client/src/hosts/node';
import { answering } from './dialogs';
import { activate, eventually, rulesOnceThere } from './window';

/** "Open the Lab" as somebody does it who has no ZFS. */
export function labTests(): void {
  describe('the lab in a window', function () {
    this.timeout(120_000);
    let api: RawsendApi;
    let folder: string;
    before(async () => {
      api = await activate();
    });

    const children = async (node?: Node): Promise<readonly Node[]> => (await api.hosts.getChildren(node)) ?? [];
    const documentNamed = (name: string): vscode.TextDocument | undefined =>
      vscode.window.visibleTextEditors
        .map(({ document }) => document)
        .find(({ fileName }) => fileName.startsWith(folder) && fileName.endsWith(name));

    it('opens a policy and a runbook with findings', async () => {
      const asked = await answering({ picks: ['healthy'] }, () => vscode.commands.executeCommand('rawsend.openLab'));
      assert.match(asked[0] ?? '', /fresh \| healthy \| diverged/);
      const policy = vscode.window.visibleTextEditors.find(({ document }) =>
        /rawsend-lab-.*rawsend\.yaml$/.test(document.fileName),
      );
      assert.ok(policy, asked.join('\n'));
      folder = dirname(policy.document.fileName);
      const runbook = documentNamed('replicate.sh');
      assert.ok(runbook);
      assert.ok((await rulesOnceThere(runbook, 'send-not-raw')).includes('receive-force'));
    });

    it('fills the hosts view', async () => {
      const vault = (await children()).find(
        (node) => node.kind === 'host' && node.host.uri.includes(folder) && node.host.name === 'vault',
      );
      assert.ok(vault, 'the lab is not in the view');
      const [pool] = await children(vault);
      assert.ok(pool?.kind === 'pool', JSON.stringify(pool));
      assert.equal(pool.dataset.name, 'backup');
    });

    it('runs its policy', async () => {
      const policy = documentNamed('rawsend.yaml');
      assert.ok(policy);
      await answering({ buttons: ['Send Raw'] }, async () => {
        const outcome = await vscode.commands.executeCommand('rawsend.run', policy.uri.toString(), 'prod-to-vault');
        assert.equal(outcome, 'done');
      });
    });

    it('leaves nothing behind when it is closed', async () => {
      await vscode.commands.executeCommand('rawsend.closeLab');
      await eventually('the end of the lab', () => (existsSync(folder) ? undefined : true));
    });
  });
}
