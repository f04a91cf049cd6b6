import type { ExecResult } from '../core/run/host';

/**
 * One script for several commands. Behind each command's output stands a frame, `MARKER INDEX STATUS` on a line of
 * its own, on standard output and on standard error alike; its first newline belongs to the frame, so output without
 * a last newline stays as it was. `commands` are quoted already.
 */
export function batchScript(commands: readonly string[], marker: string): string {
  const blocks = commands.map((command, index) =>
    [
      `( ${command} ) </dev/null`,
      `status=$?`,
      `printf '\\n%s %d %d\\n' '${marker}' ${index} "$status"`,
      `printf '\\n%s %d %d\\n' '${marker}' ${index} "$status" >&2`,
    ].join('\n'),
  );
  return blocks.join('\n');
}

export interface BatchOutput {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** One result for each command whose frames are both there: fewer than `count` when the script was ended. */
export function readBatch(output: BatchOutput, marker: string, count: number): readonly ExecResult[] {
  const stdout = split(output.stdout, marker, count);
  const stderr = split(output.stderr, marker, count);
  return stdout.flatMap((part, index) => {
    const other = stderr[index];
    return other === undefined ? [] : [{ code: part.code, stdout: part.text, stderr: other.text }];
  });
}

interface Part {
  readonly text: string;
  readonly code: number;
}

function split(bytes: Buffer, marker: string, count: number): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let index = 0; index < count; index += 1) {
    const frame = `\n${marker} ${index} `;
    const start = bytes.indexOf(frame, from);
    const end = start < 0 ? -1 : bytes.indexOf('\n', start + frame.length);
    if (end < 0) break;
    parts.push({
      text: bytes.subarray(from, start).toString(),
      code: Number(bytes.subarray(start + frame.length, end).toString()),
    });
    from = end + 1;
  }
  return parts;
}
