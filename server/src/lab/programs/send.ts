import { formatSize } from '../../core/model/show/format-value';
import { busyBy, heldBy, withoutSent, withSent } from '../../core/model/send/kept-sent';
import type { KeptSent } from '../../core/model/send/kept-sent';
import type { Stream } from '../../core/model/stream';
import { stateNow } from '../host';
import type { LabHost } from '../host';
import type { Call } from '../shell/call';
import { outputOf, print } from '../shell/shell';
import { recordBytes } from '../stream-bytes';

/** How often `zfs send -v` tells how far it is, in milliseconds. */
const INTERVAL = 1000;

/** Writes a stream, at the pace of whoever reads it. */
export async function send({ shell, args }: Call, stream: Stream): Promise<void> {
  const { host, process } = shell;
  const output = outputOf(shell, 1);
  const tells = flagsOf(args).includes('v');
  const end = keep(host, heldBy(stream, process.pid));
  let endOne: (() => void) | undefined;
  let told = Date.now();
  let sent = { snapshot: '', bytes: 0, isRaw: false };
  try {
    for (const record of stream.records) {
      if (record.kind === 'begin') {
        endOne?.();
        endOne = keep(host, busyBy(record));
        sent = { snapshot: record.toName, bytes: 0, isRaw: record.isRaw };
      }
      for (const chunk of recordBytes(record, sent.isRaw)) {
        await output.write(chunk, process.signal);
        sent.bytes += chunk.length;
        if (!tells || Date.now() - told < INTERVAL) continue;
        told = Date.now();
        await print(shell, 2, progressLine(sent, flagsOf(args).includes('P')));
      }
    }
  } finally {
    endOne?.();
    end();
  }
}

/** Keeps what is sent from being destroyed, until what it returns is called. */
function keep(host: LabHost, kept: KeptSent): () => void {
  host.state = withSent(stateNow(host), kept);
  return () => {
    host.state = withoutSent(stateNow(host), kept);
  };
}

const flagsOf = (args: readonly string[]): string => args.filter((arg) => /^-[a-zA-Z]/.test(arg)).join('');

function progressLine(
  { snapshot, bytes }: { readonly snapshot: string; readonly bytes: number },
  exact: boolean,
): string {
  const time = new Date().toTimeString().slice(0, 8);
  return exact ? `${time}\t${bytes}\t${snapshot}\n` : `${time}   ${formatSize(bytes).padStart(5)}   ${snapshot}\n`;
}
