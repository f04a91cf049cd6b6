import { getCiphers } from 'node:crypto';
import type { Algorithms, CipherAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';

/** SSH's names and OpenSSL's. AES-GCM first: the others cost twice the time without ssh2's native addon. */
const CIPHERS: readonly (readonly [CipherAlgorithm, string])[] = [
  ['aes128-gcm@openssh.com', 'aes-128-gcm'],
  ['aes256-gcm@openssh.com', 'aes-256-gcm'],
  ['aes128-ctr', 'aes-128-ctr'],
  ['aes192-ctr', 'aes-192-ctr'],
  ['aes256-ctr', 'aes-256-ctr'],
  ['chacha20-poly1305@openssh.com', 'chacha20'],
];

/** How a host may sign, by the type of its key; RSA with SHA-1 is left out, as in OpenSSH. */
const SIGNATURES: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/** What to offer: the ciphers this runtime has (Electron lacks some), and first the key types the host is known by. */
export function chooseAlgorithms(knownKeyTypes: readonly string[]): Algorithms {
  const available = new Set(getCiphers());
  const known = knownKeyTypes.filter((type) => type in SIGNATURES);
  const others = Object.keys(SIGNATURES).filter((type) => !known.includes(type));
  return {
    cipher: CIPHERS.filter(([, openssl]) => available.has(openssl)).map(([name]) => name),
    serverHostKey: [...known, ...others].flatMap((type) => SIGNATURES[type] ?? []),
  };
}
