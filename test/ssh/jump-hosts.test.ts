import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askNobody } from '../../server/src/core/run/ask';
import type { Ask } from '../../server/src/core/run/ask';
import type { Host } from '../../server/src/core/run/host';
import { openConnection } from '../../server/src/ssh/connection';
import { fingerprint } from '../../server/src/ssh/host-key';
import { resolveTarget } from '../../server/src/ssh/ssh-target';
import { cancelButton, eventually, hostError, openSsh } from '../support/ssh-hosts';
import type { HostSettings } from '../support/ssh-hosts';
import { passOn, startMuteServer, startOddServer } from '../support/ssh-odd-server';
import type { OddBehaviour, OddServer } from '../support/ssh-odd-server';
import { configSection, knownHosts, makeKey, needSshd, publicKey, startSshd } from '../support/sshd';
import type { Sshd } from '../support/sshd';

describe('jump hosts', () => {
  let vault: Sshd;
  let bastion: Sshd;
  let inner: Sshd;

  before(async function () {
    needSshd(this);
    [vault, bastion, inner] = await Promise.all([startSshd(), startSshd(), startSshd()]);
  });

  after(async () => {
    for (const sshd of [vault, bastion, inner]) await sshd?.stop();
  });

  beforeEach(() => {
    for (const sshd of [vault, bastion, inner]) sshd.trust();
  });

  function open(config: readonly string[], settings: Partial<HostSettings> = {}): Promise<Host> {
    const configFile = join(vault.home, 'client_config');
    writeFileSync(configFile, config.join(''));
    return openSsh('dest', { home: vault.home, configFile, ...settings });
  }

  async function check(config: readonly string[], settings: Partial<HostSettings> = {}): Promise<void> {
    const host = await open(config, settings);
    try {
      assert.equal((await host.exec(['echo', 'hello'])).stdout, 'hello\n');
    } finally {
      await host.close();
    }
  }

  const byOne = (): readonly string[] => [
    configSection('dest', vault, ['ProxyJump way']),
    configSection('way', bastion),
  ];
  const behind = (
    behaviour: OddBehaviour,
    use: (config: readonly string[], server: OddServer) => Promise<void>,
  ): Promise<void> =>
    withWay(behaviour, (way, server) => use([configSection('dest', vault, ['ProxyJump way']), way], server));

  describe('of real servers', () => {
    it('lead to a host', () => check(byOne()));

    it('lead on, one after the other', () =>
      check([
        configSection('dest', vault, ['ProxyJump way,second']),
        configSection('way', bastion),
        configSection('second', inner),
      ]));

    it('lead to the jump host that needs one', () =>
      check([
        configSection('dest', vault, ['ProxyJump second']),
        configSection('second', inner, ['ProxyJump way']),
        configSection('way', bastion),
      ]));

    it('look up what the host is called', () =>
      check([
        configSection('dest', vault, ['ProxyJump way', 'HostName localhost', `HostKeyAlias [127.0.0.1]:${vault.port}`]),
        configSection('way', bastion),
      ]));

    it('carry many bytes unchanged', async () => {
      const host = await open(byOne());
      try {
        const bytes = 'x'.repeat(8_000_000);
        assert.equal((await host.exec(['cat'], { input: bytes })).stdout, bytes);
      } finally {
        await host.close();
      }
    });

    it('are refused while their key is unknown, and asked about where somebody is', async () => {
      writeFileSync(knownHosts(bastion), '');
      const { message, host } = await hostError(open(byOne()), 'host-key-unknown');
      assert.match(message, /^way \(\[127\.0\.0\.1\]:\d+\), the jump host of vault, is not known and shows/);
      assert(message.includes(keyOf(bastion)));
      assert.equal(host, 'vault');
      const asked: string[] = [];
      const hostKey: Ask['hostKey'] = async (question) => {
        asked.push(question.fingerprint);
        return true;
      };
      await check(byOne(), { ask: { ...askNobody, hostKey } });
      assert.deepEqual(asked, [keyOf(bastion)]);
      assert.equal(readFileSync(knownHosts(bastion), 'utf8'), `[127.0.0.1]:${bastion.port} ${bastion.hostKey}\n`);
    });

    it('are refused when their key changed, and the host behind them is never reached', async () => {
      makeKey(join(bastion.home, 'other'));
      writeFileSync(knownHosts(bastion), `[127.0.0.1]:${bastion.port} ${publicKey(join(bastion.home, 'other'))}\n`);
      writeFileSync(knownHosts(vault), '');
      const asked: string[] = [];
      const hostKey: Ask['hostKey'] = async (question) => asked.push(question.address) > 0;
      const work = open(byOne(), { ask: { ...askNobody, hostKey } });
      assert.match((await hostError(work, 'host-key-changed')).message, /^way .*the jump host of vault, is known by/);
      assert.deepEqual(asked, []);
    });

    it('do not weaken what the host itself must show', async () => {
      writeFileSync(knownHosts(vault), '');
      assert.match((await hostError(open(byOne()), 'host-key-unknown')).message, /^vault \(/);
      writeFileSync(knownHosts(vault), `[127.0.0.1]:${vault.port} ${bastion.hostKey}\n`);
      assert.match((await hostError(open(byOne()), 'host-key-changed')).message, /^vault \(/);
    });

    it('need not show the key that the policy file asks of the host', async () => {
      await check(byOne(), { hostKey: keyOf(vault) });
      await hostError(open(byOne(), { hostKey: keyOf(bastion) }), 'host-key-changed');
    });

    it('say so when they do not take the login', async () => {
      const wrong = [
        configSection('dest', vault, ['ProxyJump way']),
        configSection('way', bastion).replace(/IdentityFile .*/, 'IdentityFile /nowhere/key'),
      ];
      const { message } = await hostError(open(wrong), 'authentication');
      assert.match(message, /^way \(\S+@127\.0\.0\.1\), the jump host of vault, did not accept the login/);
    });

    it('say so when they cannot be reached, or cannot reach the host', async () => {
      const nobody = byOne().map((text) => text.replace(`Port ${bastion.port}`, 'Port 1'));
      assert.match(
        (await hostError(open(nobody), 'unreachable')).message,
        /^way .*, the jump host of vault, cannot be reached: it refused/,
      );
      const nowhere = byOne().map((text) => text.replace(`Port ${vault.port}`, 'Port 1'));
      const { message } = await hostError(open(nowhere), 'unreachable');
      assert.match(message, /^way .*, the jump host of vault, cannot connect on to 127\.0\.0\.1 port 1: .*refused/);
    });

    it('say so when they forbid it', async () => {
      const strict = await startSshd(['AllowTcpForwarding no']);
      strict.trust();
      try {
        const { message } = await hostError(
          open([configSection('dest', vault, ['ProxyJump way']), configSection('way', strict)]),
          'config',
        );
        assert.match(
          message,
          /^way .*, the jump host of vault, does not let this login connect on to 127\.0\.0\.1 port/,
        );
        assert.match(message, /AllowTcpForwarding/);
      } finally {
        await strict.stop();
      }
    });
  });

  describe('that misbehave', () => {
    it('are left when all is done', () =>
      behind({ onForward: passOn }, async (config, server) => {
        const host = await open(config);
        assert.equal(server.clients.length, 1);
        await host.close();
      }));

    it('say so when they know no forwarding', () =>
      behind({}, async (config) => {
        assert.match((await hostError(open(config), 'config')).message, /^way .* does not let this login connect on/);
      }));

    it('are left when the host refuses the login', () =>
      behind({ onForward: passOn }, async (config) => {
        await hostError(
          open(config.map((text) => text.replace(/IdentityFile .*/, 'IdentityFile /nowhere'))),
          'authentication',
        );
      }));

    it('are named when they go away while the host is asked', () =>
      behind({ onForward: (accept) => void accept() }, async (config, server) => {
        const work = open(config);
        assert(await eventually(() => server.clients.length === 1));
        setTimeout(() => server.clients.at(-1)?.end(), 100);
        const { message } = await hostError(work, 'disconnected');
        assert.match(message, /^The connection to way .*, the jump host of vault, was lost/);
      }));

    it('are named when they go away before they answer', () =>
      behind({ onForward: () => undefined }, async (config, server) => {
        const work = open(config);
        assert(await eventually(() => server.clients.length === 1));
        setTimeout(() => server.clients.at(-1)?.end(), 100);
        assert.match((await hostError(work, 'disconnected')).message, /the jump host of vault, was lost/);
      }));

    it('are named when they go away in the middle of a command', () =>
      behind({ onForward: passOn }, async (config, server) => {
        const host = await open(config);
        const work = host.exec(['sleep', '1000']);
        setTimeout(() => server.clients.at(-1)?.end(), 300);
        assert.match((await hostError(work, 'disconnected')).message, /the jump host of vault, was lost/);
        await hostError(host.exec(['true']), 'disconnected');
        await host.close();
      }));

    it('are left when the host goes away', async () => {
      const dest = await startOddServer();
      try {
        await withWay({ onForward: passOn }, async (way, server) => {
          const port = dest.destination.split(':')[1] ?? '';
          const config = `Host dest\n  HostName 127.0.0.1\n  Port ${port}\n  ProxyJump way\n  UserKnownHostsFile ${dest.home}/.ssh/known_hosts\n`;
          const host = await open([config, way]);
          assert.equal(server.clients.length, 1);
          dest.clients.at(-1)?.end();
          assert(await eventually(() => server.clients.length === 0));
          assert.match((await hostError(host.exec(['true']), 'disconnected')).message, /^The connection to vault/);
        });
      } finally {
        await dest.stop();
      }
    });

    for (const [when, onForward] of [
      ['do not answer', () => undefined],
      ['lead to a host that does not answer', (accept) => void accept()],
    ] satisfies readonly (readonly [string, OddBehaviour['onForward']])[]) {
      it(`are left when they ${when} and somebody cancels`, () =>
        behind({ onForward }, async (config, server) => {
          const button = cancelButton();
          const work = open(config, { cancel: button });
          assert(await eventually(() => server.clients.length === 1));
          setTimeout(button.press, 100);
          await hostError(work, 'cancelled');
        }));

      it(`are left when they ${when} for too long`, () =>
        behind({ onForward }, async (config) => {
          const configFile = join(vault.home, 'client_config');
          writeFileSync(configFile, config.join(''));
          const target = resolveTarget('vault', 'dest', {
            home: vault.home,
            localUser: 'me',
            variables: {},
            configFile,
          });
          const work = openConnection(target, { ask: askNobody, patience: 500 });
          assert.match((await hostError(work, 'timeout')).message, /^vault .*did not answer within 0\.5 s/);
        }));
    }

    it('can be cancelled while they are silent themselves, and before anything is begun', async () => {
      const mute = await startMuteServer();
      try {
        const config = byOne().map((text) => text.replace(`Port ${bastion.port}`, `Port ${mute.port}`));
        const button = cancelButton();
        const work = open(config, { cancel: button });
        setTimeout(button.press, 100);
        await hostError(work, 'cancelled');
        await hostError(open(byOne(), { cancel: button }), 'cancelled');
      } finally {
        mute.stop();
      }
    });
  });
});

const keyOf = (sshd: Sshd): string => fingerprint({ text: sshd.hostKey.split(' ')[1] ?? '' });

/** Uses a jump host that misbehaves as told; nobody may be left on it. */
async function withWay(behaviour: OddBehaviour, use: (way: string, server: OddServer) => Promise<void>): Promise<void> {
  const server = await startOddServer(behaviour);
  const [, port = ''] = server.destination.split(':');
  const way = `Host way\n  HostName 127.0.0.1\n  Port ${port}\n  UserKnownHostsFile ${server.home}/.ssh/known_hosts\n`;
  try {
    await use(way, server);
    assert(await eventually(() => server.clients.length === 0), 'no connection is left');
  } finally {
    await server.stop();
  }
}
