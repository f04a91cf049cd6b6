import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A connection to QEMU's control socket. */
export interface Monitor {
  /** Runs one command and returns its result; throws what QEMU says when it refuses. */
  readonly execute: (command: string, args?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly close: () => void;
}

/** Connects as soon as the socket is there, which is some milliseconds after QEMU was started. */
export async function openMonitor(path: string, isAlive: () => boolean): Promise<Monitor> {
  const socket = await connectWhenThere(path, isAlive);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const reply = async (): Promise<unknown> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('QEMU ended while the lab was talking to it');
      const message: unknown = JSON.parse(value);
      if (!isObject(message)) continue;
      if (isObject(message['error'])) throw new Error(`QEMU: ${String(message['error']['desc'])}`);
      // Events come in between; they have neither of the two.
      if ('return' in message) return message['return'];
    }
  };
  const execute: Monitor['execute'] = (command, args = {}) => {
    socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`);
    return reply();
  };
  await execute('qmp_capabilities');
  return { execute, close: () => socket.destroy() };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

async function connectWhenThere(path: string, isAlive: () => boolean): Promise<Socket> {
  for (;;) {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      if (!isAlive()) throw new Error('QEMU did not start');
      await sleep(20);
    }
  }
}
