import { BaseAgent, createAgent, utils } from 'ssh2';
import type { IdentityCallback, KnownPublicKeys, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { within } from './bounded';

/** An agent that offers only some of its keys, in our order: a server counts every key that it is offered. */
export class KeyAgent extends BaseAgent<ParsedKey> {
  constructor(
    readonly agent: BaseAgent,
    readonly keys: readonly ParsedKey[],
  ) {
    super();
  }

  override getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(null, [...this.keys]);
  }

  override sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    if (typeof options === 'function') this.agent.sign(key, data, options);
    else this.agent.sign(key, data, options, callback);
  }
}

/** An agent that does not answer is passed over after this many milliseconds. */
const AGENT_TIME = 5_000;

/** The agent with the keys it holds; undefined when it does not answer. */
export async function openAgent(socket: string): Promise<KeyAgent | undefined> {
  const agent = createAgent(socket);
  const answer = new Promise<KnownPublicKeys | undefined>((resolve) => {
    agent.getIdentities((error, found) => resolve(error ? undefined : found));
  });
  const found = await within(answer, AGENT_TIME, undefined);
  return found === undefined ? undefined : new KeyAgent(agent, found.flatMap(toKey));
}

function toKey(found: KnownPublicKeys[number]): readonly ParsedKey[] {
  const encoded = typeof found === 'object' && 'pubKey' in found ? found.pubKey : found;
  const key: unknown = typeof encoded === 'object' && 'pubKey' in encoded ? encoded.pubKey : encoded;
  if (isParsedKey(key)) return [key];
  const parsed = typeof key === 'string' || Buffer.isBuffer(key) ? utils.parseKey(key) : undefined;
  return parsed === undefined || parsed instanceof Error ? [] : [parsed];
}

const isParsedKey = (key: unknown): key is ParsedKey =>
  typeof key === 'object' && key !== null && 'getPublicSSH' in key;
