import type { Ask } from '../core/run/ask';
import type { AskParams, ChildMessage } from '../protocol';

/** The part of a forked process that talks to its parent. */
export interface IpcChannel {
  readonly send?: ((message: ChildMessage) => boolean) | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/**
 * Puts questions to the program that forked us: `{ type: 'ask', id, question }` goes out and
 * `{ type: 'answer', id, answer }` comes back. When that program goes away, every question is declined.
 */
export function createIpcAsk(channel: IpcChannel): Ask {
  const waiting = new Map<number, (answer: string | undefined) => void>();
  let nextId = 1;
  let connected = true;
  const settle = (id: number, answer: string | undefined): void => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  };
  channel.on('message', (message) => {
    const reply = toAnswer(message);
    if (reply !== undefined) settle(reply.id, reply.answer);
  });
  channel.on('disconnect', () => {
    connected = false;
    for (const id of waiting.keys()) settle(id, undefined);
  });
  const put = (question: AskParams): Promise<string | undefined> =>
    new Promise((resolve) => {
      if (!connected || channel.send === undefined) return resolve(undefined);
      const id = nextId++;
      waiting.set(id, resolve);
      channel.send({ type: 'ask', id, question });
    });
  return {
    hostKey: async (question) => (await put(question)) === 'accept',
    passphrase: put,
  };
}

/** The other message that the parent sends: stop the run cleanly. */
export const isCancel = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'cancel';

function toAnswer(message: unknown): { readonly id: number; readonly answer: string | undefined } | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id, answer }: { type?: unknown; id?: unknown; answer?: unknown } = message;
  if (type !== 'answer' || typeof id !== 'number') return undefined;
  return { id, answer: typeof answer === 'string' ? answer : undefined };
}
