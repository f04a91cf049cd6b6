import { readFileSync } from 'node:fs';
import type { Ask } from '../core/run/ask';
import { HostError } from '../core/run/host';
import { appendKnownHost } from './append-known-host';
import { fingerprint } from './host-key';
import type { HostKey } from './host-key';
import { judgeKey, parseKnownHosts } from './known-hosts';
import type { KeyVerdict, KnownHost } from './known-hosts';
import type { SshTarget } from './ssh-target';
import { subjectOf } from './subject';

const SYSTEM_FILE = '/etc/ssh/ssh_known_hosts';

/** Every line that may speak about the target; a file that cannot be read has none. */
export function readKnownHosts(target: SshTarget): readonly KnownHost[] {
  return [...target.knownHostsFiles, SYSTEM_FILE].flatMap((file) => parseKnownHosts(readText(file), file));
}

/** Resolves when the key may be trusted; rejects with a HostError that says why not. */
export async function verifyHostKey(target: SshTarget, key: HostKey, ask: Ask): Promise<void> {
  if (target.requiredKey !== undefined && fingerprint(key) !== target.requiredKey) throw notRequired(target, key);
  const verdict = judgeKey(readKnownHosts(target), target.address, key);
  if (verdict.kind === 'known') return;
  if (verdict.kind !== 'unknown') throw refusal(target, key, verdict);
  await askAboutKey(target, key, { ask, ignored: verdict.ignored });
}

async function askAboutKey(
  target: SshTarget,
  key: HostKey,
  context: { readonly ask: Ask; readonly ignored: KnownHost | undefined },
): Promise<void> {
  const { address, name } = target;
  const { algorithm } = key;
  const accepted = await context.ask.hostKey({ kind: 'host-key', address, algorithm, fingerprint: fingerprint(key) });
  if (!accepted) {
    const ignored =
      context.ignored === undefined
        ? ''
        : `; ${place(context.ignored)} was ignored: host certificates are not supported`;
    const shown = describe(key);
    const advice = `compare it with the host's own and accept it once, for example with ssh`;
    throw new HostError(
      'host-key-unknown',
      name,
      `${subjectOf(target, address)} is not known and shows ${shown}${ignored}; ${advice}`,
    );
  }
  const [file] = target.knownHostsFiles;
  if (file === undefined) return;
  try {
    await appendKnownHost(file, address, key);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError(
      'config',
      name,
      `The accepted key of ${subjectOf(target)} cannot be written to ${file}: ${reason}`,
    );
  }
}

function refusal(
  target: SshTarget,
  key: HostKey,
  verdict: Extract<KeyVerdict, { kind: 'changed' | 'revoked' }>,
): HostError {
  const { address, name } = target;
  const subject = subjectOf(target, address);
  const { known } = verdict;
  return verdict.kind === 'revoked'
    ? new HostError(
        'host-key-changed',
        name,
        `${subject} shows ${describe(key)}, which ${place(known)} revokes; do not connect to it`,
      )
    : new HostError(
        'host-key-changed',
        name,
        `${subject} is known by ${describe(known)} (${place(known)}) but shows ${describe(key)}; somebody may be in between, or the host was installed anew: find out, then remove that line`,
      );
}

function notRequired({ name, address, requiredKey = '' }: SshTarget, key: HostKey): HostError {
  const message = `${name} (${address}) shows ${describe(key)}, but its hostKey in the policy file is ${requiredKey}; somebody may be in between, the host was installed anew, or it has several keys: compare with \`ssh-keygen -lf\` on the host itself, then correct hostKey`;
  return new HostError('host-key-changed', name, message);
}

const describe = (key: HostKey): string => `the ${key.algorithm} key ${fingerprint(key)}`;

const place = (known: KnownHost): string => `${known.file}:${known.line}`;

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
