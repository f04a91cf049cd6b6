/** `zfs send -t TOKEN` (zfs_send_resume of libzfs_sendrecv.c). */
import { parseResumeToken } from '../../zfs/token';
import type { ResumeToken } from '../../zfs/token';
import { isReadable } from '../keys';
import { openProblem } from '../names';
import { failed, textOf } from '../outcome';
import type { Outcome } from '../outcome';
import type { Dataset, Snapshot, State, Version } from '../state';
import { totalLine } from './estimate-lines';
import { estimateLine, sizeOf } from './estimate-lines';
import type { SendOptions } from './send-options';
import { snapshotRecords } from './snapshot-records';
import type { Sent } from './snapshot-records';

export function sendResume(state: State, text: string, options: SendOptions): Outcome {
  const cannot = (why: string): Outcome => failed(state, `cannot resume send: ${why}`, 255);
  const parsed = parseResumeToken(text);
  if (!parsed.ok) return cannot(`resume token is corrupt (${CORRUPT[parsed.error.code]})`);
  const token = parsed.value;
  const said = options.isVerbose ? contents(token) : [];
  const found = findByGuid(state, token.toGuid, token.toName);
  if (found === undefined) {
    const why =
      openProblem(state, token.toName, 'any') === undefined
        ? 'is no longer the same snapshot used in the initial send'
        : 'used in the initial send no longer exists';
    return withSaid(cannot(`'${token.toName}' ${why}`), said, options);
  }
  const from = token.fromGuid === undefined ? undefined : versionOf(found.dataset, token.fromGuid);
  if (token.fromGuid !== undefined && from === undefined) {
    return withSaid(cannot(`incremental source ${hex(token.fromGuid)} no longer exists`), said, options);
  }
  const isRaw = found.dataset.crypto !== undefined && (token.raw || options.isRaw);
  const sent: Sent = { ...found, ...(from && { from: from.version }), isRaw, resumedAt: token.bytes };
  const shown = from && `${found.dataset.name}${from.mark}${from.version.name}`;
  const lines = options.isVerbose
    ? [...said, estimateLine(sent, shown, options.isParsable), totalLine(sizeOf(sent), options.isParsable)]
    : [];
  if (options.isDryRun) return { state, stdout: textOf(lines), stderr: '', exitCode: 0 };
  if (!isRaw && !isReadable(state, found.dataset)) {
    const name = `${found.dataset.name}@${found.snapshot.name}`;
    return failed(state, [...lines, `warning: cannot send '${name}': source key must be loaded`], 255);
  }
  return { state, stdout: '', stderr: textOf(lines), exitCode: 0, stream: { records: snapshotRecords(sent) } };
}

const CORRUPT = {
  format: 'invalid format',
  version: 'invalid version',
  checksum: 'incorrect checksum',
  payload: 'decompression failed',
} as const;

const hex = (text: string | number): string => `0x${BigInt(text).toString(16)}`;

/** As nvlist_print shows the token. */
function contents(token: ResumeToken): readonly string[] {
  return [
    'resume token contents:',
    'nvlist version: 0',
    ...(token.fromGuid === undefined ? [] : [`\tfromguid = ${hex(token.fromGuid)}`]),
    `\tobject = ${hex(token.object)}`,
    `\toffset = ${hex(token.offset)}`,
    `\tbytes = ${hex(token.bytes)}`,
    `\ttoguid = ${hex(token.toGuid)}`,
    `\ttoname = ${token.toName}`,
    ...(token.embedded ? ['\tembedok = 1'] : []),
    ...(token.compressed ? ['\tcompressok = 1'] : []),
    ...(token.raw ? ['\trawok = 1'] : []),
  ];
}

function withSaid(outcome: Outcome, said: readonly string[], options: SendOptions): Outcome {
  return options.isDryRun
    ? { ...outcome, stdout: textOf(said) }
    : { ...outcome, stderr: textOf(said) + outcome.stderr };
}

/** The snapshot of this guid, first where the token says, then anywhere in that pool. */
function findByGuid(
  state: State,
  guid: string,
  name: string,
): { readonly dataset: Dataset; readonly snapshot: Snapshot } | undefined {
  const [first = ''] = name.split('@');
  const pool = first.split('/', 1)[0] ?? '';
  const others = [...state.datasets.values()].filter((each) => each.name === pool || each.name.startsWith(`${pool}/`));
  for (const dataset of [state.datasets.get(first), ...others]) {
    const snapshot = dataset?.snapshots.find((each) => each.guid === guid);
    if (dataset && snapshot) return { dataset, snapshot };
  }
  return undefined;
}

function versionOf(
  dataset: Dataset,
  guid: string,
): { readonly version: Version; readonly mark: '@' | '#' } | undefined {
  const snapshot = dataset.snapshots.find((each) => each.guid === guid);
  if (snapshot) return { version: snapshot, mark: '@' };
  const bookmark = dataset.bookmarks.find((each) => each.guid === guid);
  return bookmark && { version: bookmark, mark: '#' };
}
