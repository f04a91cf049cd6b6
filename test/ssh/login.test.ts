import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askNobody } from '../../server/src/core/run/ask';
import type { Ask, HostKeyQuestion, PassphraseQuestion } from '../../server/src/core/run/ask';
import { fingerprint } from '../../server/src/ssh/host-key';
import { eventually, hostError, openSsh } from '../support/ssh-hosts';
import type { HostSettings } from '../support/ssh-hosts';
import { makeKey, needSshd, publicKey, startSshd } from '../support/sshd';
import type { Sshd } from '../support/sshd';

describe('login', () => {
  let sshd: Sshd;

  before(async function () {
    needSshd(this);
    sshd = await startSshd();
  });

  after(() => sshd?.stop());

  beforeEach(() => sshd.trust());

  /** Opens the host and says hello over it. */
  async function check(settings: Partial<HostSettings> = {}, destination = sshd.destination): Promise<void> {
    const host = await openSsh(destination, { home: sshd.home, ...settings });
    try {
      assert.equal((await host.exec(['echo', 'hello'])).stdout, 'hello\n');
    } finally {
      await host.close();
    }
  }

  const refused = (settings: Partial<HostSettings> = {}): Promise<unknown> => check(settings);
  const knownHosts = (): string => join(sshd.home, '.ssh', 'known_hosts');

  /** A configuration file for the alias `dest`. */
  function configure(lines: readonly string[]): string {
    const file = join(sshd.home, 'client_config');
    const common = ['HostName 127.0.0.1', `Port ${sshd.port}`, `User ${sshd.user}`];
    writeFileSync(file, ['Host dest', ...common, ...lines].join('\n  '));
    return file;
  }

  describe('the host key', () => {
    it('is found in a hashed file', async () => {
      execFileSync('ssh-keygen', ['-q', '-H', '-f', knownHosts()], { stdio: 'ignore' });
      assert.match(readFileSync(knownHosts(), 'utf8'), /^\|1\|/);
      await check();
    });

    it('must be the one of the policy file, though known_hosts has it', async () => {
      const shown = fingerprint({ text: sshd.hostKey.split(' ')[1] ?? '' });
      await check({ hostKey: shown });
      const other = `SHA256:${'A'.repeat(43)}`;
      const error = await hostError(refused({ hostKey: other }), 'host-key-changed');
      assert(error.message.includes(shown) && error.message.includes(other), error.message);
    });

    it('is refused when nobody can be asked, and nothing is written', async () => {
      rmSync(knownHosts());
      const error = await hostError(refused(), 'host-key-unknown');
      assert(error.message.includes(fingerprint({ text: sshd.hostKey.split(' ')[1] ?? '' })));
      assert(!existsSync(knownHosts()));
    });

    it('is written once a person accepts it', async () => {
      rmSync(knownHosts());
      const questions: HostKeyQuestion[] = [];
      const hostKey: Ask['hostKey'] = async (question) => {
        questions.push(question);
        return true;
      };
      await check({ ask: { ...askNobody, hostKey } });
      await check();
      assert.equal(readFileSync(knownHosts(), 'utf8'), `[127.0.0.1]:${sshd.port} ${sshd.hostKey}\n`);
      assert.deepEqual(
        questions.map(({ address, algorithm }) => [address, algorithm]),
        [[`[127.0.0.1]:${sshd.port}`, 'ssh-ed25519']],
      );
    });

    it('is refused when it changed, with both fingerprints and the line', async () => {
      makeKey(join(sshd.home, 'other'));
      const other = publicKey(join(sshd.home, 'other'));
      writeFileSync(knownHosts(), `# mine\n[127.0.0.1]:${sshd.port} ${other}\n`);
      const yes: Ask = { ...askNobody, hostKey: () => Promise.resolve(true) };
      const { message } = await hostError(refused({ ask: yes }), 'host-key-changed');
      for (const key of [sshd.hostKey, other]) assert(message.includes(fingerprint({ text: key.split(' ')[1] ?? '' })));
      assert(message.includes(`${knownHosts()}:2`));
    });

    it('is refused when it was revoked', async () => {
      appendFileSync(knownHosts(), `@revoked * ${sshd.hostKey}\n`);
      await hostError(refused(), 'host-key-changed');
    });

    it('is looked up in every file of the configuration, under its alias', async () => {
      rmSync(knownHosts());
      const file = join(sshd.home, 'second');
      writeFileSync(file, `the-vault ${sshd.hostKey}\n`);
      await check({ configFile: configure([`UserKnownHostsFile /nowhere ${file}`, 'HostKeyAlias the-vault']) }, 'dest');
    });
  });

  describe('a key with a passphrase', () => {
    const SECRET = 'correct horse';
    let configFile: string;

    before(() => {
      const locked = join(sshd.home, 'locked');
      makeKey(locked, SECRET);
      appendFileSync(join(sshd.home, '.ssh', 'authorized_keys'), `${publicKey(locked)}\n`);
    });

    beforeEach(() => {
      configFile = configure([`IdentityFile ${join(sshd.home, 'locked')}`, `UserKnownHostsFile ${knownHosts()}`]);
    });

    it('is opened by the right answer, also the third', async () => {
      const { ask, asked } = answers('wrong', 'wrong too', SECRET);
      await check({ ask, configFile }, 'dest');
      assert.deepEqual(
        asked.map(({ attempt, keyFile }) => [attempt, keyFile]),
        [1, 2, 3].map((attempt) => [attempt, join(sshd.home, 'locked')]),
      );
    });

    it('is given up after three wrong answers, which no message holds', async () => {
      const { ask, asked } = answers('wrong1', 'wrong2', 'wrong3', SECRET);
      const { message } = await hostError(check({ ask, configFile }, 'dest'), 'authentication');
      assert.equal(asked.length, 3);
      assert(!/wrong\d/.test(message) && message.includes('locked'));
    });

    it('is passed over when nobody answers', async () => {
      const { message } = await hostError(check({ configFile }, 'dest'), 'authentication');
      assert.match(message, /nobody gave.*publickey/);
    });

    it('is not asked for when another key is accepted', async () => {
      const { ask, asked } = answers();
      const files = [
        `IdentityFile ${join(sshd.home, '.ssh', 'id_ed25519')}`,
        `IdentityFile ${join(sshd.home, 'locked')}`,
      ];
      await check({ ask, configFile: configure([...files, `UserKnownHostsFile ${knownHosts()}`]) }, 'dest');
      assert.equal(asked.length, 0);
    });
  });

  describe('the agent', () => {
    let agent: ChildProcess;
    let socket: string;

    before(async () => {
      socket = join(sshd.home, 'agent.sock');
      agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
      assert(await eventually(() => existsSync(socket)));
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      // Seven keys that are not accepted: one more than sshd hears out.
      for (let index = 0; index < 7; index += 1) {
        makeKey(join(sshd.home, `stranger${index}`));
        execFileSync('ssh-add', ['-q', join(sshd.home, `stranger${index}`)], { env, stdio: 'ignore' });
      }
      makeKey(join(sshd.home, 'carried'));
      appendFileSync(join(sshd.home, '.ssh', 'authorized_keys'), `${publicKey(join(sshd.home, 'carried'))}\n`);
      execFileSync('ssh-add', ['-q', join(sshd.home, 'carried')], { env, stdio: 'ignore' });
      // The agent has the private key; the file beside it only says which one.
      rmSync(join(sshd.home, 'carried'));
    });

    after(() => agent?.kill());

    const common = (): readonly string[] => [`IdentityAgent ${socket}`, `UserKnownHostsFile ${knownHosts()}`];

    it('offers the configured key first', async () => {
      const configFile = configure([...common(), `IdentityFile ${join(sshd.home, 'carried')}`]);
      await check({ configFile }, 'dest');
    });

    it('offers only configured keys where the configuration says so', async () => {
      const identity = `IdentityFile ${join(sshd.home, 'stranger1')}`;
      const configFile = configure([...common(), identity, 'IdentitiesOnly yes']);
      const { message } = await hostError(check({ configFile }, 'dest'), 'authentication');
      assert.match(message, /tried a key of the agent;/);
    });

    it('says so when the host counted too many keys', async () => {
      const configFile = configure([...common(), 'IdentityFile /nowhere/key']);
      const { message } = await hostError(check({ configFile }, 'dest'), 'authentication');
      assert.match(message, /IdentitiesOnly/);
    });

    it('is passed over when it does not answer', async () => {
      const lines = ['IdentityAgent /nowhere/agent', `UserKnownHostsFile ${knownHosts()}`];
      const configFile = configure([...lines, `IdentityFile ${join(sshd.home, '.ssh', 'id_ed25519')}`]);
      await check({ configFile }, 'dest');
    });
  });

  it('reads the configuration file that the environment names', async () => {
    process.env['RAWSEND_SSH_CONFIG'] = configure([`UserKnownHostsFile ${knownHosts()}`]);
    try {
      await check({}, 'dest');
    } finally {
      delete process.env['RAWSEND_SSH_CONFIG'];
    }
  });

  it('says so when there is no key at all', async () => {
    const home = join(sshd.home, 'empty');
    mkdirSync(home, { recursive: true });
    const configFile = configure([`UserKnownHostsFile ${knownHosts()}`, 'IdentityAgent none']);
    const { message } = await hostError(openSsh('dest', { home, configFile }), 'authentication');
    assert.match(message, /no key was found/);
  });

  it('says so when nothing listens or the name is unknown', async () => {
    const { message } = await hostError(check({}, `${sshd.user}@127.0.0.1:1`), 'unreachable');
    assert.match(message, /127\.0\.0\.1 port 1.*refused/);
    await hostError(check({}, 'no-such-host.invalid'), 'unreachable');
  });
});

/** Answers with these, in order; remembers what was asked. */
function answers(...given: readonly string[]): { readonly ask: Ask; readonly asked: PassphraseQuestion[] } {
  const asked: PassphraseQuestion[] = [];
  const passphrase: Ask['passphrase'] = async (question) => {
    asked.push(question);
    return given[asked.length - 1];
  };
  return { ask: { ...askNobody, passphrase }, asked };
}
