import assert from 'node:assert/strict';
import type { HostEntry } from '../../server/src/core/policy/policy';
import { parsePolicy } from '../../server/src/core/policy/parse-policy';
import { HostError } from '../../server/src/core/run/host';
import type { Inventory } from '../../server/src/core/zfs/inventory';
import type { ReadRequest } from '../../server/src/lsp/context';
import type {
  AdHocPolicyParams,
  AdHocPolicyResult,
  AskParams,
  AskResult,
  HostsResult,
  InventoryResult,
  PoliciesResult,
} from '../../server/src/protocol';
import {
  AdHocPolicyRequest,
  AskRequest,
  HostsRequest,
  InventoryRequest,
  PoliciesRequest,
} from '../../server/src/protocol';
import type { Editor } from './editor';
import { startEditor } from './editor';
import { BROKEN_POLICY, POLICY } from './texts';

const INVENTORY: Inventory = {
  schema: 1,
  host: 'prod',
  takenAt: '2026-01-02T03:04:05.000Z',
  zfsVersion: { userland: '2.3.2', kernel: '2.3.2' },
  pools: [],
  datasets: [],
};

const FILES = { 'rawsend.yaml': POLICY };

describe('hosts', () => {
  let editor: Editor;
  afterEach(() => editor.close());

  interface Reading {
    readonly trusted?: boolean;
    readonly sshConfig?: string;
    readonly read?: (entry: HostEntry, request: ReadRequest) => Promise<Inventory>;
  }

  const start = async ({
    read = () => Promise.resolve(INVENTORY),
    ...initializationOptions
  }: Reading): Promise<void> => {
    editor = await startEditor({ files: FILES, initializationOptions, ports: { readInventory: read } });
  };
  const request = <R>(method: string, params?: object): Promise<R> =>
    params === undefined ? editor.connection.sendRequest<R>(method) : editor.connection.sendRequest<R>(method, params);
  const readHost = (host: string): Promise<InventoryResult> =>
    request<InventoryResult>(InventoryRequest, { uri: editor.uriOf('rawsend.yaml'), host });

  const make = (params: Pick<AdHocPolicyParams, 'source' | 'target'>): Promise<AdHocPolicyResult> =>
    request<AdHocPolicyResult>(AdHocPolicyRequest, { uri: editor.uriOf('rawsend.yaml'), ...params });

  it('are listed without connecting, and broken files are named', async () => {
    await start({ trusted: true, read: () => assert.fail('it connected') });
    const broken = editor.open('broken.rawsend.yaml', BROKEN_POLICY);
    const uri = editor.uriOf('rawsend.yaml');
    assert.deepEqual(await request<HostsResult>(HostsRequest), {
      hosts: [
        { name: 'prod', uri, address: 'cr0x@source' },
        { name: 'vault', uri, address: 'cr0x@target' },
      ],
      broken: [broken],
    });
    const { policies } = await request<PoliciesResult>(PoliciesRequest);
    assert.deepEqual(
      policies.map(({ name }) => name),
      ['prod-to-vault', 'prod-to-vault'],
    );
  });

  it('are those of the open text, not of the file below it', async () => {
    await start({ trusted: true });
    editor.open('rawsend.yaml', POLICY.replaceAll('prod:', 'primary:'));
    const { hosts } = await request<HostsResult>(HostsRequest);
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ['primary', 'vault'],
    );
  });

  it('are read on request', async () => {
    const entries: HostEntry[] = [];
    await start({
      trusted: true,
      sshConfig: '/etc/lab/ssh_config',
      read: (entry, { sshConfig }) => {
        assert.equal(sshConfig, '/etc/lab/ssh_config');
        entries.push(entry);
        return Promise.resolve(INVENTORY);
      },
    });
    assert.deepEqual(await readHost('prod'), { ok: true, inventory: INVENTORY });
    assert.deepEqual(entries, [{ name: 'prod', ssh: 'cr0x@source', local: false, elevate: 'none' }]);
  });

  for (const trusted of [false, undefined]) {
    it(`are never read when trust is ${String(trusted)}`, async () => {
      await start({ ...(trusted === undefined ? {} : { trusted }), read: () => assert.fail('it connected') });
      const result = await readHost('prod');
      assert.ok(!result.ok && result.code === 'untrusted');
    });
  }

  it('that cannot be read say why', async () => {
    await start({
      trusted: true,
      read: () => Promise.reject(new HostError('unreachable', 'prod', 'no route to source')),
    });
    assert.deepEqual(await readHost('prod'), { ok: false, code: 'unreachable', message: 'no route to source' });
    assert.equal((await readHost('gone')).ok, false);
  });

  it('may ask the person, who may decline', async () => {
    const questions: AskParams[] = [];
    await start({
      trusted: true,
      read: async (_, { ask }) => {
        const known = await ask.hostKey({
          kind: 'host-key',
          address: 'source',
          algorithm: 'ssh-ed25519',
          fingerprint: 'SHA256:x',
        });
        const secret = await ask.passphrase({ kind: 'passphrase', keyFile: '/k', attempt: 1 });
        throw new HostError('authentication', 'prod', `${known} ${secret ?? 'none'}`);
      },
    });
    editor.connection.onRequest(AskRequest, (question: AskParams): AskResult => {
      questions.push(question);
      return { answer: question.kind === 'host-key' ? 'accept' : null };
    });
    assert.deepEqual(await readHost('prod'), { ok: false, code: 'authentication', message: 'true none' });
    assert.deepEqual(
      questions.map(({ kind }) => kind),
      ['host-key', 'passphrase'],
    );
  });

  describe('a policy for one send', () => {
    it('is a vault with every default, by the way that is known', async () => {
      await start({ trusted: true });
      const made = await make({
        source: { host: 'prod', dataset: 'tank/it s' },
        target: { host: 'vault', dataset: 'backup/x' },
      });
      assert.ok(made.ok);
      const { file, problems } = parsePolicy(made.text);
      assert.deepEqual(problems, []);
      const policy = file?.policies[made.policy];
      assert.deepEqual(policy?.source, { host: 'prod', dataset: 'tank/it s' });
      assert.equal(policy?.intent, 'vault');
      assert.deepEqual(policy?.transport, { route: 'relay', limit: 10 * 1024 * 1024 });
      assert.equal(file?.hosts['vault']?.elevate, 'sudo');
    });

    it('has a name of its own for each pair, so that holds are never shared', async () => {
      await start({ trusted: true });
      const target = { host: 'vault', dataset: 'backup/x' };
      const names = new Set<string>();
      for (const dataset of ['tank/a-b', 'tank/a/b', 'tank/A-b', 'other/a-b']) {
        const made = await make({ source: { host: 'prod', dataset }, target });
        assert.ok(made.ok);
        names.add(made.policy);
      }
      assert.equal(names.size, 4);
    });

    it('is the declared one where there is one', async () => {
      await start({ trusted: true });
      const made = await make({
        source: { host: 'prod', dataset: 'tank/prod' },
        target: { host: 'vault', dataset: 'backup/prod' },
      });
      assert.deepEqual(made, { ok: true, policy: 'prod-to-vault', text: POLICY });
    });

    it('is refused for a host that is not declared', async () => {
      await start({ trusted: true });
      const made = await make({ source: { host: 'nobody', dataset: 'a/b' }, target: { host: 'vault', dataset: 'c' } });
      assert.equal(made.ok, false);
    });
  });
});
