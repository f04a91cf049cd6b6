import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveEntry } from './cpio';
import type { HostName } from './hosts';
import type { LabKeys } from './keys';
import { GUEST_DIRECTORY } from './recipe';

const GUEST_FILES = [
  { name: 'inittab', path: 'etc/inittab', mode: 0o644 },
  { name: 'rc', path: 'etc/rc', mode: 0o755 },
  { name: 'sshd_config', path: 'etc/ssh/sshd_config', mode: 0o644 },
  { name: 'passwd', path: 'etc/passwd', mode: 0o644 },
  { name: 'group', path: 'etc/group', mode: 0o644 },
  { name: 'shadow', path: 'etc/shadow', mode: 0o600 },
  { name: 'nsswitch.conf', path: 'etc/nsswitch.conf', mode: 0o644 },
] as const;

/** Who may log in, and with which owner's files. */
const HOMES = [
  { path: 'root', owner: 0 },
  { path: 'home/alice', owner: 1000 },
] as const;

/** What makes a guest this guest: its settings and name, its host key, and the keys that may log in. */
export function overlayEntries(host: HostName, keys: LabKeys): ArchiveEntry[] {
  return [
    ...GUEST_FILES.map(({ name, path, mode }) => text(path, mode, readFileSync(join(GUEST_DIRECTORY, name), 'utf8'))),
    text('etc/hostname', 0o644, `${host}\n`),
    text('etc/hosts', 0o644, `127.0.0.1 localhost ${host}\n`),
    text('etc/ssh/ssh_host_ed25519_key', 0o600, keys.host[host].secret),
    ...HOMES.flatMap((home) => homeEntries(home, host, keys)),
  ];
}

const text = (path: string, mode: number, data: string, owner = 0): ArchiveEntry => ({
  kind: 'file',
  path,
  mode,
  owner,
  data: Buffer.from(data),
});

/** The source has a key of its own that both guests accept: it is what the direct route uses. */
function homeEntries({ path, owner }: (typeof HOMES)[number], host: HostName, keys: LabKeys): ArchiveEntry[] {
  return [
    { kind: 'directory', path, mode: 0o700, owner },
    { kind: 'directory', path: `${path}/.ssh`, mode: 0o700, owner },
    text(`${path}/.ssh/authorized_keys`, 0o600, keys.client.open + keys.source.open, owner),
    ...(host === 'source' ? [text(`${path}/.ssh/id_ed25519`, 0o600, keys.source.secret, owner)] : []),
  ];
}
