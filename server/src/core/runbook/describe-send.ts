import { parseResumeToken } from '../zfs/token';
import { describeHost, routeOf } from './describe-host';
import { code } from './describe-values';
import { datasetKey } from './runbook';
import { mayHold } from './runbook';
import type { Invocation, Runbook } from './runbook';

/** What a `zfs send` puts into its stream. */
export interface SendDescription {
  /** Begins a sentence that the way and the target end, e.g. "Sends `tank/a@b` raw, in full". */
  readonly stream: string;
  /** Sentences about what the stream is not. */
  readonly warnings: readonly string[];
}

export function describeSend(send: Invocation, runbook: Runbook): SendDescription {
  const { flags } = send;
  const place = routeOf(send).length > 0 ? ` on ${describeHost(routeOf(send))}` : '';
  if (flags['dryRun']) return { stream: `Sends nothing${place}: -n only says what would be sent`, warnings: [] };
  if (flags['token']) return describeResumed(send, place);
  const warnings = formOf(send, runbook);
  const raw = flags['raw'] ? ' raw' : '';
  if (flags['saved']) return { stream: `Sends the partly received state of ${sentName(send)}${place}${raw}`, warnings };
  const scope = flags['replicate'] ? ` and everything below it${without(send)}` : '';
  return { stream: `Sends ${sentName(send)}${scope}${place}${raw}, ${rangeOf(send)}`, warnings };
}

const sentName = ({ operands: [operand] }: Invocation): string =>
  operand === undefined ? 'a snapshot that is not named here' : code(operand.shown);

function without({ flags }: Invocation): string {
  const excluded = (flags['exclude'] ?? []).flatMap(({ value }) => (value ? code(value.shown) : []));
  return excluded.length === 0 ? '' : ` but ${excluded.join(' and ')}`;
}

/** What a stream that is not surely raw means. */
function formOf(send: Invocation, runbook: Runbook): readonly string[] {
  if (send.flags['raw']) return [];
  const variables = mayHold(send, 'raw');
  if (variables.length > 0) return [`Whether it is raw depends on ${variables.map(code).join(' and ')}.`];
  if (isUnencrypted(send, runbook)) return ['Not raw, which is all the same: the dataset is not encrypted.'];
  const refusing = Object.entries(CARRIES_PROPERTIES).find(([name]) => send.flags[name]);
  return refusing
    ? [`**Not raw: zfs refuses ${refusing[1]} without -w when the dataset is encrypted.**`]
    : ['**Not raw: encrypted data is decrypted here, and the stream carries it in plaintext.**'];
}

const CARRIES_PROPERTIES: Readonly<Record<string, string>> = {
  replicate: '-R',
  props: '-p',
  backup: '-b',
  holds: '-h',
};

function isUnencrypted(send: Invocation, runbook: Runbook): boolean {
  const dataset = send.operands[0]?.known ? send.operands[0].shown.replace(/[@#].*$/, '') : undefined;
  if (dataset === undefined) return false;
  return runbook.encryption.get(datasetKey(routeOf(send), dataset))?.state === 'unencrypted';
}

function rangeOf(send: Invocation): string {
  const { flags } = send;
  const base = (name: string): string | undefined => flags[name]?.at(-1)?.value?.shown;
  const [all, one] = [base('intermediates'), base('incremental')];
  if (all !== undefined) return `from ${code(all)} on with every snapshot between`;
  if (one !== undefined) return `from ${code(one)} on in one step`;
  const variables = mayHold(send, 'incremental');
  if (variables.length > 0) return `in full unless ${variables.map(code).join(' or ')} names a base`;
  return flags['replicate'] ? 'in full with the snapshots up to it' : 'in full without older snapshots';
}

function describeResumed({ flags }: Invocation, place: string): SendDescription {
  const token = flags['token']?.at(-1)?.value;
  const read = token?.word.known ? parseResumeToken(token.shown) : undefined;
  if (!read)
    return { stream: `Goes on with an interrupted stream${place}`, warnings: ['Its token decides whether it is raw.'] };
  if (!read.ok) return { stream: `Goes on with nothing${place}: ${read.error.message}`, warnings: [] };
  return {
    stream: `Goes on${place} with the interrupted${read.value.raw ? ' raw' : ''} stream of ${code(read.value.toName)}`,
    warnings: read.value.raw ? [] : ['**Not raw, as its token says.**'],
  };
}
