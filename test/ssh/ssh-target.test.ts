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

  describe('with jump hosts', () => {
    const ways: readonly (readonly [string, string, string])[] = [
      ['one', 'Host dest\n ProxyJump bastion', 'me@bastion:22 → me@dest:22'],
      ['several, in their order', 'Host dest\n ProxyJump a,b,c', 'me@a:22 → me@b:22 → me@c:22 → me@dest:22'],
      [
        'users, ports, addresses and URIs',
        'Host dest\n ProxyJump ann@a:2201,ssh://bob@[fd00::1]:2202/,ssh://c',
        'ann@a:2201 → bob@fd00::1:2202 → me@c:22 → me@dest:22',
      ],
      [
        'aliases with sections of their own, and not that of the host',
        'Host dest\n ProxyJump way\n User cr0x\n Port 2222\nHost way\n HostName %n.example.org\n User ann\n Port 2201',
        'ann@way.example.org:2201 → cr0x@dest:2222',
      ],
      [
        'what is written before the section',
        'Host dest\n ProxyJump bob@way:1\nHost way\n User ann\n Port 2',
        'bob@way:1 → me@dest:22',
      ],
      [
        'the tokens of the host',
        'Host dest\n HostName d\n User cr0x\n Port 7\n ProxyJump %r@%n-%h-%p',
        'cr0x@dest-d-7:22 → cr0x@d:7',
      ],
      ['the way to the first', 'Host dest\n ProxyJump a\nHost a\n ProxyJump b', 'me@b:22 → me@a:22 → me@dest:22'],
      [
        'only the way to the first',
        'Host dest\n ProxyJump a,b\nHost a\n ProxyJump c\nHost b\n ProxyJump d\nHost b\n ProxyCommand x',
        'me@c:22 → me@a:22 → me@b:22 → me@dest:22',
      ],
      ['none', 'Host dest\n ProxyJump None\nHost *\n ProxyJump bastion', 'me@dest:22'],
      ['none before a command', 'Host dest\n ProxyCommand none\nHost *\n ProxyJump bastion', 'me@dest:22'],
      ['what comes before a command', 'Host dest\n ProxyJump a\nHost *\n ProxyCommand x', 'error'],
      [
        'what comes before the command of others',
        'Host dest\n ProxyJump a\nHost dest\n ProxyCommand x',
        'me@a:22 → me@dest:22',
      ],
      ['all but the jump host itself', 'Host * !bastion\n ProxyJump bastion', 'me@bastion:22 → me@dest:22'],
      ['the same host twice in one list', 'Host dest\n ProxyJump a,b,a', 'me@a:22 → me@b:22 → me@a:22 → me@dest:22'],
      [
        'eight',
        `Host dest\n ProxyJump ${'abcdefgh'.split('').join(',')}`,
        `${'abcdefgh'
          .split('')
          .map((hop) => `me@${hop}:22 → `)
          .join('')}me@dest:22`,
      ],
    ];
    for (const [what, config, way] of ways) {
      it(`takes ${what}`, () => {
        if (way === 'error') checkRefused('dest', config, /reaches a, the jump host of vault, by ProxyCommand/);
        else assert.equal(wayTo(resolve('dest', config)), way);
      });
    }

    it('gives each its own keys and known hosts', () => {
      const config = `Host dest
  ProxyJump way
  IdentityFile ~/for-dest
Host way
  HostName 10.0.0.1
  Port 2201
  HostKeyAlias the-way
  IdentityFile ~/for-%n
  IdentitiesOnly yes
  UserKnownHostsFile ~/known-%h`;
      const target = resolve('dest', config);
      assert.deepEqual(target.via, {
        name: 'vault',
        jump: 'way',
        hostName: '10.0.0.1',
        port: 2201,
        user: 'me',
        address: 'the-way',
        identityFiles: [join(home, 'for-way')],
        identitiesOnly: true,
        knownHostsFiles: [join(home, 'known-10.0.0.1')],
      });
      assert.deepEqual(target.identityFiles, [join(home, 'for-dest')]);
    });

    it('refuses circles and ways without an end', () => {
      checkRefused('dest', 'Host *\n ProxyJump way', /circle \(dest → way → way\).* give way .*ProxyJump none/);
      checkRefused('dest', 'Host dest\n ProxyJump a\nHost a\n ProxyJump dest', /circle \(dest → a → dest\)/);
      checkRefused('dest', 'Host *\n ProxyJump x%n', /more than 8 jump hosts/);
      checkRefused('dest', 'Host dest\n ProxyJump a,b,c,d,e,f,g,h,i', /more than 8 jump hosts/);
      checkRefused('dest', 'Host dest\n ProxyJump a,b,c,d,e,f,g,h\nHost a\n ProxyJump z', /more than 8 jump hosts/);
    });

    it('refuses what is no list of hosts', () => {
      for (const list of ['a,', 'a , b', 'a,-oProxyCommand=x', 'ssh://a/path', 'a:0', '@a'])
        checkRefused('dest', `Host dest\n ProxyJump ${list}`, /reaches vault by ProxyJump, but ".*" (is|has) no/);
    });

    it('refuses a command instead of going around it', () => {
      checkRefused('dest', 'Host *\n ProxyCommand nc %h %p', /reaches vault by ProxyCommand.*starts none.*ProxyJump/);
      checkRefused('dest', 'ProxyJump none\nProxyCommand nc %h %p', /ProxyCommand/);
      checkRefused('dest', 'ProxyCommand nc %h %p\nProxyJump a', /ProxyCommand/);
    });
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

/** The way from here: `user@host:port`, one after the other. */
function wayTo(target: SshTarget): string {
  const before = target.via === undefined ? '' : `${wayTo(target.via)} → `;
  return `${before}${target.user}@${target.hostName}:${target.port}`;
}
