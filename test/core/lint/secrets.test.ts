import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { lintDocument } from '../../../server/src/core/lint/lint-document';
import { findSecrets } from '../../../server/src/core/lint/secrets';

const FIXTURE = path.join(__dirname, '../../fixtures/policy-files/err/secrets.rawsend.yaml');

const found = (text: string): readonly string[] =>
  findSecrets(text).map(({ span, what }) => `${what}: ${text.slice(span.start, span.end)}`);

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'.split('')), minLength: length, maxLength: length });

describe('findSecrets', () => {
  it('finds every key of 32 bytes, in hex and in base64', () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => new Set(bytes).size > 20);
    fc.assert(
      fc.property(key, (bytes) => {
        const [asHex, asBase64] = [Buffer.from(bytes).toString('hex'), Buffer.from(bytes).toString('base64')];
        assert.deepEqual(found(`# ${asHex}\n`), [`a key of 32 bytes in hex: ${asHex}`]);
        assert.deepEqual(found(`key: "${asBase64}"\n`), [`a key of 32 bytes in base64: ${asBase64}`]);
      }),
    );
  });

  it('finds no key in text of another length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 63 }).chain(hex), (text) => assert.deepEqual(found(`# ${text}\n`), [])),
    );
    fc.assert(
      fc.property(fc.integer({ min: 65, max: 129 }).chain(hex), (text) => assert.deepEqual(found(`# ${text}\n`), [])),
    );
  });

  it('takes no sentence about a passphrase for one', () => {
    for (const sentence of [
      'passphrase: in the safe',
      'the passphrase is printed twice',
      'password: prompt',
      'password: see ops/vault.md',
      'Secret: nothing here',
      'passphrase: elsewhere',
      'password:',
      'zfs load-key asks for the passphrase: type it',
    ])
      assert.deepEqual(found(`# ${sentence}\n`), [], sentence);
  });

  it('finds a private key as a whole, also without its end', () => {
    const begin = ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' ');
    const end = begin.replace('BEGIN', 'END');
    const key = `${begin}\n# b3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n# ${end}`;
    assert.deepEqual(found(`# ${key}\n`), [`a private key: ${key}`]);
    assert.deepEqual(found(`# ${begin}\n`), [`a private key: ${begin}`]);
  });

  it('tells a place once', () => {
    const key = '3b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfe';
    assert.deepEqual(found(`passphrase: ${key}\n`), [`a passphrase or password: ${key}`]);
  });

  it('is quick on text that is meant to hurt', () => {
    const started = performance.now();
    for (const piece of [
      'a',
      'ab_',
      'password',
      'password: ',
      'x:',
      'http://',
      '-----BEGIN ',
      '\\x41',
      'A1+/',
      '?key=',
    ])
      findSecrets(piece.repeat(Math.ceil(200_000 / piece.length)));
    const millis = performance.now() - started;
    assert.ok(millis < 10_000, `${millis} ms`);
  });
});

describe('a policy file with secrets', () => {
  it('has no finding that repeats one', () => {
    const text = readFileSync(FIXTURE, 'utf8');
    const secrets = findSecrets(text).map(({ span }) =>
      text.slice(span.start, span.end).replaceAll(/^["']|["']$/g, ''),
    );
    assert.ok(secrets.length > 10);
    const findings = lintDocument({ path: 'rawsend.yaml', text }, { profile: 'strict' });
    const told = findings.flatMap(({ message, fixes, related }) => [
      message,
      ...fixes.map(({ title }) => title),
      ...related.map((place) => place.message),
    ]);
    for (const secret of secrets)
      assert.deepEqual(
        told.filter((line) => line.includes(secret)),
        [],
        secret,
      );
  });
});
