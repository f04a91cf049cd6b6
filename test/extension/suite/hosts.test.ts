import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RawsendApi } from '../../../client/src/extension';
import type { Node } from '../../../client/src/hosts/node';
import { activate } from './window';

export function hostsTests(): void {
  describe('hosts view', () => {
    let api: RawsendApi;
    before(async () => {
      api = await activate();
    });

    const children = async (node?: Node): Promise<readonly Node[]> => (await api.hosts.getChildren(node)) ?? [];
    const labelOf = async (node: Node): Promise<unknown> => (await api.hosts.getTreeItem(node)).label;

    it('lists the hosts of all policy files without connecting', async () => {
      const started = Date.now();
      const hosts = await children();
      assert.deepEqual(await Promise.all(hosts.map(labelOf)), ['prod', 'vault', 'broken.rawsend.yaml']);
      assert.ok(Date.now() - started < 5000, 'the list waited for something');
    });

    it('gives every row an id of its own', async () => {
      const ids = await Promise.all((await children()).map(async (host) => (await api.hosts.getTreeItem(host)).id));
      assert.equal(new Set(ids).size, ids.length);
    });

    it('says why a host cannot be read, and offers to try again', async () => {
      const [host] = await children();
      assert.ok(host);
      const [failure, retry] = await children(host);
      assert.ok(failure?.kind === 'failure' && retry?.kind === 'retry');
      assert.notEqual(failure.message, '');
      const { command } = await api.hosts.getTreeItem(retry);
      assert.equal(command?.command, 'rawsend.refreshHost');
      await vscode.commands.executeCommand('rawsend.refreshHost', retry);
      assert.equal((await children(host))[0]?.kind, 'failure');
    });
  });
}
