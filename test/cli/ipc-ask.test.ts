import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { createIpcAsk } from '../../server/src/cli/ipc-ask';
import type { ChildMessage } from '../../server/src/protocol';

/** A parent that keeps what it is asked. */
function createParent(): {
  readonly channel: EventEmitter & { send: (message: ChildMessage) => boolean };
  readonly asked: ChildMessage[];
} {
  const asked: ChildMessage[] = [];
  const channel = Object.assign(new EventEmitter(), { send: (message: ChildMessage) => asked.push(message) > 0 });
  return { channel, asked };
}

const HOST_KEY = { kind: 'host-key', address: 'dest', algorithm: 'ssh-ed25519', fingerprint: 'SHA256:x' } as const;
const PASSPHRASE = { kind: 'passphrase', keyFile: 'id_ed25519', attempt: 1 } as const;

describe('questions to the parent', () => {
  it('are answered by their number, in any order', async () => {
    const { channel, asked } = createParent();
    const ask = createIpcAsk(channel);
    const answers = Promise.all([ask.hostKey(HOST_KEY), ask.passphrase(PASSPHRASE)]);
    assert.deepEqual(asked, [
      { type: 'ask', id: 1, question: HOST_KEY },
      { type: 'ask', id: 2, question: PASSPHRASE },
    ]);
    channel.emit('message', { type: 'cancel' });
    channel.emit('message', { type: 'answer', id: 7, answer: 'accept' });
    channel.emit('message', { type: 'answer', id: 2, answer: 'correct horse' });
    channel.emit('message', { type: 'answer', id: 1, answer: 'accept' });
    assert.deepEqual(await answers, [true, 'correct horse']);
  });

  it('are declined by null', async () => {
    const { channel } = createParent();
    const ask = createIpcAsk(channel);
    const answers = Promise.all([ask.hostKey(HOST_KEY), ask.passphrase(PASSPHRASE)]);
    channel.emit('message', { type: 'answer', id: 1, answer: null });
    channel.emit('message', { type: 'answer', id: 2, answer: null });
    assert.deepEqual(await answers, [false, undefined]);
  });

  it('are declined when the parent goes away, before or after', async () => {
    const { channel, asked } = createParent();
    const ask = createIpcAsk(channel);
    const open = ask.passphrase(PASSPHRASE);
    channel.emit('disconnect');
    assert.equal(await open, undefined);
    assert.equal(await ask.hostKey(HOST_KEY), false);
    assert.equal(asked.length, 1);
  });
});
