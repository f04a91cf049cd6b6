import type { Begun } from '../../core/model/commands/receive';
import type { StreamRecord } from '../../core/model/stream';
import { stateNow } from '../host';
import type { Call } from '../shell/call';
import { print } from '../shell/shell';
import { NotAStream, StreamReader } from '../stream-bytes';

/** `zfs receive`, record by record as they arrive; a signal ends it as the end of the stream would. */
export async function receive(call: Call, { session, receiving }: Begun): Promise<number> {
  const { shell } = call;
  const { host, process, descriptors } = shell;
  const step = (record: StreamRecord | undefined): boolean => {
    session.state = stateNow(host);
    const { done, value } = receiving.next(record);
    host.state = session.state;
    if (done === true) ended = value;
    return done === true;
  };
  let ended: 'received' | 'failed' | undefined;
  const tell = async (): Promise<void> => {
    for (const [descriptor, lines] of [
      [1, session.out],
      [2, session.err],
    ] as const)
      await print(
        shell,
        descriptor,
        lines
          .splice(0)
          .map((line) => `${line}\n`)
          .join(''),
      );
  };
  const reader = new StreamReader();
  let isOver = step(undefined);
  try {
    while (!isOver) {
      const chunk = await descriptors.input.read(process.signal);
      if (chunk === undefined) break;
      for (const record of reader.take(chunk)) {
        isOver = step(record);
        if (isOver) break;
      }
      await tell();
    }
  } catch (error) {
    if (!(error instanceof NotAStream)) throw error;
    await print(shell, 2, 'cannot receive: invalid stream (bad magic number)\n');
    return 1;
  } finally {
    while (!isOver) isOver = step(undefined);
  }
  await tell();
  return ended === 'received' ? 0 : 1;
}
