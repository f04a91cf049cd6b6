import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendKnownHost } from '../../server/src/ssh/append-known-host';
import type { HostKey } from '../../server/src/ssh/host-key';
import { judgeKey, knownAlgorithms, matchesAddress, parseKnownHosts } from '../../server/src/ssh/known-hosts';

const KEY: HostKey = { algorithm: 'ssh-ed25519', text: 'AAAAkey1' };
const OTHER: HostKey = { algorithm: 'ssh-ed25519', text: 'AAAAkey2' };
const RSA: HostKey = { algorithm: 'ssh-rsa', text: 'AAAArsa1' };

function hashed(address: string): string {
  const salt = Buffer.from('0123456789abcdefghij');
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(address).digest('base64')}`;
}

/** The verdict on `key` in a few letters, with the line that decided. */
function check(text: string, address: string, key: HostKey = KEY): string {
  const verdict = judgeKey(parseKnownHosts(text, 'f'), address, key);
  const entry = 'known' in verdict ? verdict.known : 'ignored' in verdict ? verdict.ignored : undefined;
  return entry === undefined ? verdict.kind : `${verdict.kind} ${entry.file}:${entry.line}`;
}

describe('known_hosts', () => {
  it('matches names, ports, lists, wildcards, negations and hashes', () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ['vault', 'vault', true],
      ['Vault', 'vault', true],
      ['vault', 'vault2', false],
      ['a,vault,10.0.0.1', '10.0.0.1', true],
      ['[vault]:2222', '[vault]:2222', true],
      ['vault', '[vault]:2222', false],
      ['[vault]:2222', 'vault', false],
      ['*.lan', 'vault.lan', true],
      ['*.lan,!vault.lan', 'vault.lan', false],
      ['!vault.lan', 'other.lan', false],
      ['vault?', 'vault1', true],
      ['[::1]:22', '[::1]:22', true],
      [hashed('vault'), 'vault', true],
      [hashed('[vault]:2222'), '[vault]:2222', true],
      [hashed('vault'), 'other', false],
      ['|1|broken', 'vault', false],
    ];
    for (const [hosts, address, expected] of cases)
      assert.equal(matchesAddress(hosts, address), expected, `${hosts} ${address}`);
  });

  it('judges keys', () => {
    assert.equal(check('vault ssh-ed25519 AAAAkey1 comment', 'vault'), 'known');
    assert.equal(check('# vault ssh-ed25519 AAAAkey1\n\nnonsense\n', 'vault'), 'unknown');
    assert.equal(check('\n  vault\tssh-ed25519   AAAAkey1\r\n', 'vault'), 'known');
    assert.equal(check('vault ssh-rsa AAAArsa1\nvault ssh-ed25519 AAAAkey2', 'vault'), 'changed f:2');
    assert.equal(check('vault ssh-ed25519 AAAAkey2\nvault ssh-ed25519 AAAAkey1', 'vault'), 'known');
    assert.equal(check('vault ssh-rsa AAAArsa1', 'vault'), 'changed f:1');
    assert.equal(check('vault ssh-ed25519 AAAAkey1\n@revoked * ssh-ed25519 AAAAkey1', 'vault'), 'revoked f:2');
    assert.equal(check('@cert-authority *.lan ssh-ed25519 AAAAkey1', 'vault.lan'), 'unknown f:1');
    assert.equal(check('@unheard-of vault ssh-ed25519 AAAAkey1', 'vault'), 'unknown');
    assert.equal(check(`${hashed('vault')} ssh-ed25519 AAAAkey2`, 'vault'), 'changed f:1');
    assert.equal(check('vault ssh-ed25519 AAAAkey1', 'vault', RSA), 'changed f:1');
  });

  it('knows which types of key to ask for', () => {
    const entries = parseKnownHosts(
      'vault ssh-rsa AAAArsa1\n@revoked vault ssh-ed25519 AAAAkey1\nvault ssh-rsa AAAA',
      'f',
    );
    assert.deepEqual(knownAlgorithms(entries, 'vault'), ['ssh-rsa']);
  });
});

describe('appendKnownHost', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rawsend-known-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes the folder and a private file', async () => {
    const file = join(folder, '.ssh', 'known_hosts');
    await appendKnownHost(file, '[vault]:2222', KEY);
    assert.equal(readFileSync(file, 'utf8'), '[vault]:2222 ssh-ed25519 AAAAkey1\n');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, '.ssh')).mode & 0o777, 0o700);
  });

  it('starts a line of its own behind a file without a last newline', async () => {
    const file = join(folder, 'known_hosts');
    writeFileSync(file, 'a ssh-rsa AAAA');
    await appendKnownHost(file, 'vault', KEY);
    assert.equal(readFileSync(file, 'utf8'), 'a ssh-rsa AAAA\nvault ssh-ed25519 AAAAkey1\n');
  });

  it('keeps every line of writers at the same time', async () => {
    const file = join(folder, 'known_hosts');
    writeFileSync(file, 'a ssh-rsa AAAA');
    const names = Array.from({ length: 40 }, (_, index) => `host${index}`);
    await Promise.all(names.map((name) => appendKnownHost(file, name, OTHER)));
    const found = parseKnownHosts(readFileSync(file, 'utf8'), file).map((entry) => entry.hosts);
    assert.deepEqual(found.toSorted(), ['a', ...names].toSorted());
  });
});
