import { createHmac } from 'node:crypto';
import type { HostKey } from './host-key';

/** One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHost extends HostKey {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly marker?: 'revoked' | 'cert-authority';
  /** A comma list of patterns, or one hashed name. */
  readonly hosts: string;
}

/** Lines that ssh could not read either are passed over. */
export function parseKnownHosts(text: string, file: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((content, index) => {
    const match = LINE.exec(content.trim());
    const { marker, hosts, algorithm, key } = match?.groups ?? {};
    if (hosts === undefined || algorithm === undefined || key === undefined || hosts.startsWith('#')) return [];
    const entry = { file, line: index + 1, hosts, algorithm, text: key };
    if (marker === undefined) return [entry];
    return marker === 'revoked' || marker === 'cert-authority' ? [{ ...entry, marker }] : [];
  });
}

const LINE =
  /^(?:@(?<marker>[\w-]+)\s+)?(?<hosts>\S+)\s+(?<algorithm>[\w@.-]+)\s+(?<key>[A-Za-z\d+/]+={0,2})(?:\s.*)?$/;

/** True when the line is about `address`, which is `host` or `[host]:port` in lower case. */
export function matchesAddress(hosts: string, address: string): boolean {
  if (hosts.startsWith('|')) return matchesHash(hosts, address);
  const patterns = hosts.split(',');
  const matches = (pattern: string): boolean => patternExpression(pattern).test(address);
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

function matchesHash(hosts: string, address: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(address).digest('base64') === hash;
}

function patternExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i');
}

export type KeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown'; readonly ignored?: KnownHost }
  | { readonly kind: 'changed' | 'revoked'; readonly known: KnownHost };

/**
 * Judges the key that a host shows. A host that is known by keys of other types only counts as changed: keys of known
 * types are asked for first, so such a host no longer has the key it had.
 */
export function judgeKey(entries: readonly KnownHost[], address: string, key: HostKey): KeyVerdict {
  const about = entries.filter((entry) => matchesAddress(entry.hosts, address));
  const revoked = about.find((entry) => entry.marker === 'revoked' && entry.text === key.text);
  if (revoked !== undefined) return { kind: 'revoked', known: revoked };
  const plain = about.filter((entry) => entry.marker === undefined);
  if (plain.some((entry) => entry.text === key.text)) return { kind: 'known' };
  const known = plain.find((entry) => entry.algorithm === key.algorithm) ?? plain[0];
  if (known !== undefined) return { kind: 'changed', known };
  const ignored = about.find((entry) => entry.marker === 'cert-authority');
  return { kind: 'unknown', ...(ignored === undefined ? {} : { ignored }) };
}

/** The types of the keys that `address` is known by. */
export function knownAlgorithms(entries: readonly KnownHost[], address: string): readonly string[] {
  const about = entries.filter((entry) => entry.marker === undefined && matchesAddress(entry.hosts, address));
  return [...new Set(about.map((entry) => entry.algorithm))];
}
