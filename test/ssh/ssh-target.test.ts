import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostError } from '../../server/src/core/run/host';
import { parseDestination } from '../../server/src/ssh/destination';
import { resolveTarget } from '../../server/src/ssh/ssh-target';
import type { SshTarget } from '../../server/src/ssh/ssh-target';

describe('parseDestination', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['vault', '- vault -'],
    ['cr0x@vault', 'cr0x vault -'],
    ['cr0x@vault:2222', 'cr0x vault 2222'],
    ['[::1]:2222', '- ::1 2222'],
    ['cr0x@[fe80::1%eth0]', 'cr0x fe80::1%eth0 -'],
    ['cr0x@::1', 'cr0x ::1 -'],
    ['a@b@vault', 'a@b vault -'],
    ['', 'error'],
    ['@vault', 'error'],
    ['vault:', 'error'],
    ['vault:0', 'error'],
    ['vault:99999', 'error'],
    ['two words', 'error'],
    ['-oProxyCommand=x', 'error'],
    ['[::1', 'error'],
  ];
  for (const [text, expected] of cases) {
    it(`reads "${text}"`, () => {
      const result = parseDestination(text);
      assert.equal(
        result.ok ? `${result.value.user ?? '-'} ${result.value.host} ${result.value.port ?? '-'}` : 'error',
        expected,
      );
    });
  }
});

describe('resolveTarget', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'rawsend-config-'));
    mkdirSync(join(home, '.ssh', 'conf.d'), { recursive: true });
  });

  afterEach(() => rmSync(home, { recursive: true }));

  function resolve(ssh: string, config: string, variables: Record<string, string> = {}): SshTarget {
    writeFileSync(join(home, '.ssh', 'config'), config);
    return resolveTarget('vault', ssh, { home, localUser: 'me', variables });
  }

  function checkRefused(ssh: string, config: string, pattern: RegExp): void {
    assert.throws(
      () => resolve(ssh, config),
      (error) => error instanceof HostError && error.code === 'config' && pattern.test(error.message),
    );
  }

  it('has defaults for everything', () => {
    assert.deepEqual(resolve('dest', ''), {
      name: 'vault',
      hostName: 'dest',
      port: 22,
      user: 'me',
      address: 'dest',
      identityFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((file) => join(home, '.ssh', file)),
      identitiesOnly: false,
      knownHostsFiles: [join(home, '.ssh', 'known_hosts')],
    });
  });

  it('follows an alias, whatever the case of the directives', () => {
    const target = resolve(
      'dest',
      `host dest
  hostname %h.example.org
  USER cr0x
  Port 2222
  IdentityFile ~/.ssh/%n-%r
  IdentityFile "%d/with space"
  IdentitiesOnly yes
  UserKnownHostsFile ~/a \${FOLDER}/b
  IdentityAgent ~/agent.sock
Host *
  User nobody
  IdentityFile ~/.ssh/common`,
      { FOLDER: '/srv' },
    );
    assert.equal(`${target.user}@${target.hostName}:${target.port}`, 'cr0x@dest.example.org:2222');
    assert.equal(target.address, '[dest.example.org]:2222');
    assert.deepEqual(target.identityFiles, [
      join(home, '.ssh/dest-cr0x'),
      join(home, 'with space'),
      join(home, '.ssh/common'),
    ]);
    assert.deepEqual(target.knownHostsFiles, [join(home, 'a'), '/srv/b']);
    assert.equal(target.identitiesOnly, true);
    assert.equal(target.agentSocket, join(home, 'agent.sock'));
  });

  it('prefers what the policy says', () => {
    const target = resolve('root@dest:22', 'Host dest\n User cr0x\n Port 2222');
    assert.equal(`${target.user}:${target.port}`, 'root:22');
  });

  it('chooses the agent', () => {
    const variables = { SSH_AUTH_SOCK: '/run/agent', OTHER: '/run/other' };
    assert.equal(resolve('dest', '', variables).agentSocket, '/run/agent');
    assert.equal(resolve('dest', 'IdentityAgent SSH_AUTH_SOCK', variables).agentSocket, '/run/agent');
    assert.equal(resolve('dest', 'IdentityAgent $OTHER', variables).agentSocket, '/run/other');
    assert.equal(resolve('dest', 'IdentityAgent none', variables).agentSocket, undefined);
  });

  it('reads included files', () => {
    writeFileSync(join(home, '.ssh', 'conf.d', '10-vault'), 'Host dest\n Port 2200');
    writeFileSync(join(home, '.ssh', 'conf.d', '20-vault'), 'Host dest\n Port 2201\n User included');
    const target = resolve('dest', 'Include conf.d/*\nHost *\n User last');
    assert.equal(`${target.user}:${target.port}`, 'included:2200');
    checkRefused('dest', 'Include config', /16 deep/);
  });

  it('refuses proxies instead of going around them', () => {
    checkRefused('dest', 'Host dest\n ProxyJump bastion', /ProxyJump/);
    checkRefused('dest', 'Host *\n ProxyCommand nc %h %p', /ProxyCommand/);
    assert.equal(resolve('dest', 'Host dest\n ProxyJump none\nHost *\n ProxyJump bastion').hostName, 'dest');
  });

  it('refuses a destination that is none, and a configuration file that is not there', () => {
    checkRefused('two words', '', /no SSH destination/);
    const configFile = join(home, 'missing');
    assert.throws(
      () => resolveTarget('vault', 'dest', { home, localUser: 'me', variables: {}, configFile }),
      HostError,
    );
  });
});
