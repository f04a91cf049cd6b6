import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import type { Ask } from '../core/run/ask';
import { KeyAgent, openAgent } from './agent-keys';
import { readPrivateKey, readPublicKey } from './private-key';
import type { SshTarget } from './ssh-target';

/** The ways to log in, one after the other, and what to say when none was accepted. */
export interface Identities {
  /** Undefined when there is nothing left to try. */
  readonly next: () => Promise<AnyAuthMethod | undefined>;
  /** What was offered and what could not be, without any secret. */
  readonly tried: () => readonly string[];
}

/**
 * In ssh's order: the agent's keys, configured ones first, then key files; a passphrase is asked for only when no key
 * before was accepted. `none` comes first: some hosts need no more, and the others tell what they accept.
 */
export function identities(target: SshTarget, ask: Ask): Identities {
  const tried: string[] = [];
  const methods = generate(target, ask, tried);
  return {
    next: async () => {
      const { value } = await methods.next();
      return value ?? undefined;
    },
    tried: () => tried,
  };
}

async function* generate(target: SshTarget, ask: Ask, tried: string[]): AsyncGenerator<AnyAuthMethod, undefined> {
  const { user: username } = target;
  yield { type: 'none', username };
  const agent = await chooseAgentKeys(target, tried);
  if (agent !== undefined && agent.keys.length > 0) {
    tried.push(`${agent.keys.length === 1 ? 'a key' : `${agent.keys.length} keys`} of the agent`);
    yield { type: 'agent', username, agent };
  }
  for (const file of target.identityFiles) {
    const known = await readPublicKey(file);
    if (known !== undefined && agent?.keys.some(sameAs(known)) === true) continue;
    const found = await readPrivateKey(file, ask);
    if (found.kind === 'key') {
      tried.push(file);
      yield { type: 'publickey', username, key: found.key };
    } else if (found.reason !== undefined) {
      tried.push(found.reason);
    }
  }
  return undefined;
}

async function chooseAgentKeys(target: SshTarget, tried: string[]): Promise<KeyAgent | undefined> {
  if (target.agentSocket === undefined) return undefined;
  const agent = await openAgent(target.agentSocket);
  if (agent === undefined) {
    tried.push(`the agent at ${target.agentSocket} does not answer`);
    return undefined;
  }
  const found = await Promise.all(target.identityFiles.map(readPublicKey));
  const configured = found.filter((key) => key !== undefined);
  const isConfigured = (key: ParsedKey): boolean => configured.some(sameAs(key));
  const first = agent.keys.filter(isConfigured);
  const others = target.identitiesOnly ? [] : agent.keys.filter((key) => !isConfigured(key));
  return new KeyAgent(agent.agent, [...first, ...others]);
}

const sameAs =
  (key: ParsedKey) =>
  (other: ParsedKey): boolean =>
    other.getPublicSSH().equals(key.getPublicSSH());
