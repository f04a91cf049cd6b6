import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HostKey } from './host-key';

/**
 * Writes an accepted key; nothing else in Rawsend writes known_hosts. The line goes out in one append, so that writers
 * at the same time cannot mix, and starts a line of its own after a file that ends without a newline.
 */
export async function appendKnownHost(file: string, address: string, key: HostKey): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const { O_APPEND, O_CREAT, O_RDWR } = constants;
  const handle = await open(file, O_APPEND | O_CREAT | O_RDWR, 0o600);
  try {
    const start = (await endsInsideLine(handle)) ? '\n' : '';
    await handle.write(`${start}${address} ${key.algorithm} ${key.text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function endsInsideLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== 0x0a;
}
