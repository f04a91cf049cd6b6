/**
 * What `zfs send -P` says about its stream: on standard output for a dry run, on standard error for a real
 * send, where `-v` adds a progress line a second.
 */
import type { OutputProblem } from './tab-output';
import { parseCount } from './tab-output';

export interface StreamPart {
  readonly kind: 'full' | 'incremental';
  /** As printed: a bare name for `-I` and `-R` (`a`), a full one for `-i` (`tank@a`, `tank#m`). */
  readonly from?: string;
  readonly snapshot: string;
  /** Bytes, estimated by zfs; zfs may leave it out. */
  readonly bytes?: number;
}

export type SendLine =
  | { readonly kind: 'part'; readonly part: StreamPart }
  | { readonly kind: 'size'; readonly bytes: number }
  /** Bytes of the current snapshot only; they start at 0 for each and may stop short of its estimate. */
  | { readonly kind: 'progress'; readonly time: string; readonly bytes: number; readonly snapshot: string }
  /** A snapshot or dataset that the stream leaves out; no error, but worth telling. */
  | { readonly kind: 'skipped'; readonly name: string; readonly text: string };

/** Reads one line, without its line end; undefined for any other text, such as a token's contents. */
export function parseSendLine(line: string): SendLine | undefined {
  const [first = '', ...fields] = line.split('\t');
  if (first === 'full') return partLine('full', undefined, fields);
  if (first === 'incremental') return partLine('incremental', fields[0], fields.slice(1));
  if (first === 'size') return sizeLine(fields);
  if (/^\d\d:\d\d:\d\d$/.test(first)) return progressLine(first, fields);
  const name = /^(?:WARNING: )?skipping (?:snapshot|dataset) (.+?)(?: because | and its children: |: )/.exec(line)?.[1];
  return name === undefined ? undefined : { kind: 'skipped', name, text: line };
}

export interface SendEstimate {
  readonly parts: readonly StreamPart[];
  /** Bytes of the whole stream; absent when the output was cut or the send failed. */
  readonly size?: number;
  readonly skipped: readonly string[];
  readonly problems: readonly OutputProblem[];
}

/** Reads both outputs of `zfs send -nP …`. The lines of skipped snapshots stand on standard error. */
export function parseSendEstimate(stdout: string, stderr = ''): SendEstimate {
  const parts: StreamPart[] = [];
  const problems: OutputProblem[] = [];
  let size: number | undefined;
  for (const [index, text] of stdout.split('\n').entries()) {
    const line = parseSendLine(text);
    if (line?.kind === 'part') parts.push(line.part);
    else if (line?.kind === 'size') size = line.bytes;
    else if (/^(?:full|incremental|size)\b/.test(text)) {
      problems.push({ code: 'odd-row', line: index + 1, message: `not a line of zfs send: ${JSON.stringify(text)}` });
    }
  }
  if (size === undefined) {
    problems.push({ code: 'truncated', line: stdout.split('\n').length, message: 'zfs send printed no size' });
  }
  const skipped = stderr.split('\n').flatMap((text) => {
    const line = parseSendLine(text);
    return line?.kind === 'skipped' ? [line.text] : [];
  });
  return { parts, ...(size === undefined ? {} : { size }), skipped, problems };
}

function partLine(kind: StreamPart['kind'], from: string | undefined, fields: readonly string[]): SendLine | undefined {
  const [snapshot, size, ...more] = fields;
  if (snapshot === undefined || !snapshot.includes('@') || more.length > 0) return undefined;
  const base = { kind, ...(from === undefined ? {} : { from }), snapshot };
  if (size === undefined) return { kind: 'part', part: base };
  const bytes = parseCount(size);
  return bytes === undefined ? undefined : { kind: 'part', part: { ...base, bytes } };
}

function sizeLine(fields: readonly string[]): SendLine | undefined {
  const bytes = fields.length === 1 ? parseCount(fields[0] ?? '') : undefined;
  return bytes === undefined ? undefined : { kind: 'size', bytes };
}

function progressLine(time: string, fields: readonly string[]): SendLine | undefined {
  const [sent = '', snapshot] = fields;
  const bytes = parseCount(sent);
  if (bytes === undefined || snapshot === undefined || fields.length !== 2) return undefined;
  return { kind: 'progress', time, bytes, snapshot };
}
