import { formatSize } from '../../core/model/show/format-value';
import type { Stream } from '../../core/model/stream';
import type { Call } from '../shell/call';
import { outputOf, print } from '../shell/shell';
import { recordBytes } from '../stream-bytes';

/** How often `zfs send -v` tells how far it is, in milliseconds. */
const INTERVAL = 1000;

/** Writes a stream, at the pace of whoever reads it. */
export async function send({ shell, args }: Call, stream: Stream): Promise<void> {
  const output = outputOf(shell, 1);
  const tells = flagsOf(args).includes('v');
  let told = Date.now();
  let sent = { snapshot: '', bytes: 0, isRaw: false };
  for (const record of stream.records) {
    if (record.kind === 'begin') sent = { snapshot: record.toName, bytes: 0, isRaw: record.isRaw };
    for (const chunk of recordBytes(record, sent.isRaw)) {
      await output.write(chunk, shell.process.signal);
      sent.bytes += chunk.length;
      if (!tells || Date.now() - told < INTERVAL) continue;
      told = Date.now();
      await print(shell, 2, progressLine(sent, flagsOf(args).includes('P')));
    }
  }
}

const flagsOf = (args: readonly string[]): string => args.filter((arg) => /^-[a-zA-Z]/.test(arg)).join('');

function progressLine(
  { snapshot, bytes }: { readonly snapshot: string; readonly bytes: number },
  exact: boolean,
): string {
  const time = new Date().toTimeString().slice(0, 8);
  return exact ? `${time}\t${bytes}\t${snapshot}\n` : `${time}   ${formatSize(bytes).padStart(5)}   ${snapshot}\n`;
}
