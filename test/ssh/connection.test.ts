import assert from 'node:assert/strict';
import { askNobody } from '../../server/src/core/run/ask';
import type { Host } from '../../server/src/core/run/host';
import { openConnection } from '../../server/src/ssh/connection';
import { resolveTarget } from '../../server/src/ssh/ssh-target';
import { cancelButton, hostError, openSsh } from '../support/ssh-hosts';
import { runShell, startMuteServer, startOddServer } from '../support/ssh-odd-server';
import type { OddBehaviour } from '../support/ssh-odd-server';
import { needSshd, startSshd } from '../support/sshd';

describe('a connection', () => {
  it('gives fifty commands their turn on a server of ten sessions', async function () {
    needSshd(this);
    const sshd = await startSshd(['MaxSessions 10']);
    sshd.trust();
    const host = await openSsh(sshd.destination, { home: sshd.home });
    try {
      const numbers = Array.from({ length: 50 }, (_, index) => String(index));
      const results = await Promise.all(numbers.map((number) => host.exec(['echo', number])));
      assert.deepEqual(
        results.map(({ stdout }) => stdout.trim()),
        numbers,
      );
    } finally {
      await host.close();
      await sshd.stop();
    }
  });

  it('waits for a session of a server that has only one', async function () {
    needSshd(this);
    const sshd = await startSshd(['MaxSessions 1']);
    sshd.trust();
    const host = await openSsh(sshd.destination, { home: sshd.home });
    try {
      const results = await Promise.all(
        ['a', 'b', 'c'].map((word) => host.exec(['sh', '-c', `sleep 0.1; echo ${word}`])),
      );
      assert.deepEqual(
        results.map(({ stdout }) => stdout),
        ['a\n', 'b\n', 'c\n'],
      );
    } finally {
      await host.close();
      await sshd.stop();
    }
  });

  it('tries again when a session is refused', () =>
    withOdd({ refuseSession: (count) => count < 3 }, async (host) => {
      assert.equal((await host.exec(['echo', 'hello'])).stdout, 'hello\n');
    }));

  it('says so when no session comes free', () =>
    withOdd({ refuseSession: () => true }, async (host) => {
      assert.match((await hostError(host.exec(['true']), 'timeout')).message, /MaxSessions/);
    }));

  it('reports a connection that is lost in the middle, and stays lost', () =>
    withOdd(
      {
        onExec: (channel) => {
          channel.write('half');
        },
      },
      async (host, drop) => {
        const work = host.exec(['cat', '/dev/zero']);
        setTimeout(drop, 100);
        await hostError(work, 'disconnected');
        await hostError(host.exec(['true']), 'disconnected');
      },
    ));

  it('reports a channel that closes without an exit status', () =>
    withOdd({ onExec: (channel) => channel.close() }, async (host) => {
      await hostError(host.exec(['true']), 'disconnected');
    }));

  it('reports a login that runs no shell, with what it said', () =>
    withOdd(
      {
        onExec: (channel) => {
          channel.stderr.write('This account is not available\n');
          channel.exit(127);
          channel.end();
        },
      },
      async (host) => {
        const { message } = await hostError(host.exec(['true']), 'config');
        assert.match(message, /127: This account is not available/);
        await hostError(host.execAll([['true'], ['true']]), 'config');
      },
    ));

  it('is not confused by what a login shell prints first', () =>
    withOdd(
      {
        onExec: (channel, command) => {
          channel.write('hi\nno newline');
          channel.stderr.write('welcome, no newline');
          runShell(channel, command);
        },
      },
      async (host) => {
        const [first, second] = await host.execAll([
          ['echo', 'one'],
          ['echo', 'two'],
        ]);
        assert.deepEqual([first?.stdout, second?.stdout], ['one\n', 'two\n']);
        assert.deepEqual(await host.exec(['echo', 'three']), { code: 0, stdout: 'three\n', stderr: '' });
      },
    ));

  it('can be cancelled while the server does not answer', () =>
    withOdd({ silent: true }, async (host) => {
      const button = cancelButton();
      const work = host.exec(['true'], { cancel: button });
      setTimeout(button.press, 50);
      await hostError(work, 'cancelled');
    }));

  it('gives up on a server that never speaks', async () => {
    const server = await startMuteServer();
    try {
      const environment = { home: '/nowhere', localUser: 'me', variables: {} };
      const target = resolveTarget('vault', `127.0.0.1:${server.port}`, environment);
      const work = openConnection(target, { ask: askNobody, patience: 200 });
      assert.match((await hostError(work, 'timeout')).message, /did not answer/);
    } finally {
      server.stop();
    }
  });

  it('lets a person think longer than the server may', async () => {
    const server = await startOddServer();
    try {
      const environment = { home: '/nowhere', localUser: 'me', variables: {} };
      const target = resolveTarget('vault', server.destination, environment);
      const work = openConnection(target, { ask: { ...askNobody, hostKey: thinkAndRefuse }, patience: 200 });
      await hostError(work, 'host-key-unknown');
    } finally {
      await server.stop();
    }
  });
});

/** Opens a host on a server that misbehaves as told. */
async function withOdd(behaviour: OddBehaviour, check: (host: Host, drop: () => void) => Promise<void>): Promise<void> {
  const server = await startOddServer(behaviour);
  const host = await openSsh(server.destination, { home: server.home });
  try {
    await check(host, () => server.clients.at(-1)?.end());
  } finally {
    await host.close();
    await server.stop();
  }
}

const thinkAndRefuse = (): Promise<boolean> => new Promise((resolve) => setTimeout(() => resolve(false), 600));
