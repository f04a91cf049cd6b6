import { createHash } from 'node:crypto';

/** A host's public key, as SSH sends it. */
export interface HostKey {
  /** The key's type, e.g. `ssh-ed25519`; an RSA key is `ssh-rsa` whatever it signs with. */
  readonly algorithm: string;
  /** Base64, as known_hosts has it. */
  readonly text: string;
}

/** Reads the key's type out of its first field (RFC 4253, section 6.6). */
export function readHostKey(blob: Buffer): HostKey {
  const length = blob.length < 4 ? 0 : blob.readUInt32BE(0);
  return { algorithm: blob.subarray(4, 4 + length).toString('latin1'), text: blob.toString('base64') };
}

/** `SHA256:…`, as ssh-keygen -l prints it. */
export function fingerprint(key: Pick<HostKey, 'text'>): string {
  const digest = createHash('sha256').update(Buffer.from(key.text, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}
