import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RawsendApi } from '../../../client/src/extension';
import type { DatasetNode, HostNode, Node } from '../../../client/src/hosts/node';
import { answering } from './dialogs';
import { activate, eventually, open, placeOf } from './window';

/** From the tree to a vault: on the lab or on real OpenZFS, through the extension's own commands, with a person's answers. */
export function zfsTests(): void {
  describe('two hosts', function () {
    this.timeout(400_000);
    let api: RawsendApi;
    before(async () => {
      api = await activate();
    });

    const children = async (node?: Node): Promise<readonly Node[]> => (await api.hosts.getChildren(node)) ?? [];

    async function hostNamed(name: string): Promise<HostNode> {
      const host = (await children()).find((node) => node.kind === 'host' && node.host.name === name);
      assert.ok(host?.kind === 'host', `there is no host ${name}`);
      return host;
    }

    async function datasetNamed(host: string, name: string): Promise<DatasetNode> {
      let level = await children(await hostNamed(host));
      for (;;) {
        const exact = level.find((node) => node.kind === 'dataset' && node.dataset.name === name);
        if (exact?.kind === 'dataset') return exact;
        const above = level.find(
          (node) => (node.kind === 'pool' || node.kind === 'dataset') && name.startsWith(`${node.dataset.name}/`),
        );
        assert.ok(above, `${name} is not in the tree of ${host}`);
        level = await children(above);
      }
    }

    const describeNode = async (node: Node): Promise<string> => {
      const { label, description } = await api.hosts.getTreeItem(node);
      return `${typeof label === 'string' ? label : ''} ${typeof description === 'string' ? description : ''}`;
    };

    it('expands a host to its pools, datasets and snapshots', async () => {
      const [pool] = await children(await hostNamed('prod'));
      assert.ok(pool?.kind === 'pool');
      assert.match(await describeNode(pool), /^tank ONLINE/);
      const prod = await datasetNamed('prod', 'tank/prod');
      assert.match(await describeNode(prod), /^prod key loaded · aes-\d+-gcm/);
      assert.ok((await children(prod)).some((node) => node.kind === 'snapshot'));
    });

    it('plans and estimates the policy without changing anything', async () => {
      const { uri } = await open('rawsend.yaml');
      for (const [command, title] of [
        ['plan', 'Plan of prod-to-vault'],
        ['estimate', 'Estimate of prod-to-vault'],
      ] as const) {
        const asked = await answering({}, () =>
          vscode.commands.executeCommand(`rawsend.${command}`, uri.toString(), 'prod-to-vault'),
        );
        assert.deepEqual(asked, []);
        const shown = await eventually(title, () =>
          vscode.window.visibleTextEditors.find(({ document }) => document.uri.path === `/${title}`),
        );
        assert.match(shown.document.getText(), /tank\/prod/);
      }
    });

    it('estimates a send from the tree', async () => {
      const node = await datasetNamed('prod', 'tank/prod/db');
      await answering({ picks: ['vault', 'backup/db'] }, () =>
        vscode.commands.executeCommand('rawsend.estimateSend', node),
      );
      const shown = await eventually('the estimate', () =>
        vscode.window.visibleTextEditors.find(({ document }) =>
          /^\/Estimate of (?!prod-to-vault)/.test(document.uri.path),
        ),
      );
      assert.match(shown.document.getText(), /Send tank\/prod\/db@\S+ to backup\/db/);
    });

    it('sends nothing that was not approved', async () => {
      const node = await datasetNamed('prod', 'tank/prod/db');
      const asked = await answering({ picks: ['vault', 'backup/db'] }, () =>
        vscode.commands.executeCommand('rawsend.sendRaw', node),
      );
      assert.match(asked.at(-1) ?? '', /^Send raw: /);
      await vscode.commands.executeCommand('rawsend.refreshHosts');
      await assert.rejects(datasetNamed('vault', 'backup/db'), /not in the tree/);
    });

    it('stops when it is cancelled, and says how to go on', async () => {
      await slowDown();
      const node = await datasetNamed('prod', 'tank/prod/db');
      const answers = { picks: ['vault', 'backup/db'], buttons: ['Send Raw'], cancelWhen: /MiB of .* [5-9]\d %/ };
      const asked = await answering(answers, async () => {
        assert.equal(await vscode.commands.executeCommand('rawsend.sendRaw', node), 'cancelled');
      });
      assert.match(asked.at(-1) ?? '', /: cancelled; .*resume token.*run the policy again/);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('finishes what was cut, and sends the rest', async () => {
      const node = await datasetNamed('prod', 'tank/prod/db');
      const answers = { picks: ['vault', 'backup/db'], buttons: ['Send Raw'] };
      const asked = await answering(answers, async () => {
        assert.equal(await vscode.commands.executeCommand('rawsend.sendRaw', node), 'done');
      });
      assert.match(asked.at(-1) ?? '', /: done: .*proven by \d+ checks/);
      await assertReceived('backup/db');
    });

    it('runs a policy, and shows the proof', async () => {
      const { uri } = await open('rawsend.yaml');
      const answers = { buttons: ['Send Raw', 'Open Receipt'] };
      await answering(answers, async () => {
        assert.equal(await vscode.commands.executeCommand('rawsend.run', uri.toString(), 'prod-to-vault'), 'done');
        await eventually('the receipt', () => receiptOnScreen());
      });
      await assertReceived('backup/prod');
    });

    async function assertReceived(name: string): Promise<void> {
      const received = await datasetNamed('vault', name);
      assert.match(await describeNode(received), /key not loaded/);
      assert.equal(received.dataset.mounted, false);
      assert.ok(received.dataset.snapshots.length > 0);
    }

    it('leaves a receipt that lists every check', () => {
      const path = receiptOnScreen();
      assert.ok(path !== undefined && existsSync(path));
      const receipt: { readonly outcome: string; readonly checks: readonly { readonly ok: boolean }[] } = JSON.parse(
        readFileSync(path, 'utf8'),
      );
      assert.equal(receipt.outcome, 'done');
      assert.ok(receipt.checks.length > 0 && receipt.checks.every(({ ok }) => ok));
    });

    it('proves the target again on demand', async () => {
      const { uri } = await open('rawsend.yaml');
      const asked = await answering({}, () =>
        vscode.commands.executeCommand('rawsend.verify', uri.toString(), 'prod-to-vault'),
      );
      const report = vscode.window.activeTextEditor?.document.getText();
      assert.match(asked.join('\n'), /prod-to-vault: every check passed/, report);
    });
  });
}

const receiptOnScreen = (): string | undefined =>
  vscode.window.visibleTextEditors
    .map(({ document }) => document.uri.fsPath)
    .find((file) => file.endsWith('.receipt.json'));

/** An edit that is not saved: a stream so slow that it is surely cut before its end. */
async function slowDown(): Promise<void> {
  const document = await open('rawsend.yaml');
  const [declared] = /transport: .*/.exec(document.getText()) ?? [];
  assert.ok(declared);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, placeOf(document, declared), 'transport: { route: relay, limit: 512KiB/s }');
  await vscode.workspace.applyEdit(edit);
}
