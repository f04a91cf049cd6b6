import type { Command } from '../../zfs/command';
import { parseDatasetName } from '../../zfs/names';
import { failed, notModelled } from '../outcome';
import type { Outcome } from '../outcome';
import { sendMany } from '../send/send-many';
import { sendOne } from '../send/send-one';
import { sendOptions } from '../send/send-options';
import type { SendOptions } from '../send/send-options';
import { sendResume } from '../send/send-resume';
import type { State } from '../state';
import { usageError } from '../usage';

/** What `-t` cannot be combined with: the token says it (zfs_do_send of zfs_main.c). */
const NOT_WITH_TOKEN = ['incremental', 'intermediates', 'replicate', 'props', 'backup', 'holds', 'saved', 'redact'];

/** `zfs send`; the stream is in the outcome's `stream`. */
export function send(state: State, command: Command): Outcome {
  const { flags } = command;
  const options = sendOptions(command);
  const bad = options.excluded.find((name) => !name.includes('/') || !parseDatasetName(name).ok);
  if (bad !== undefined) return usageError(state, 'send', `-X ${bad}: not a valid non-root dataset name.`);
  if (!flags['dedup']) return sendBy(state, command, options);
  const outcome = sendBy(state, command, options);
  return { ...outcome, stderr: DEDUP + outcome.stderr };
}

const DEDUP =
  'WARNING: deduplicated send is no longer supported.  A regular,\nnon-deduplicated stream will be generated.\n\n';

function sendBy(state: State, { flags, operands }: Command, options: SendOptions): Outcome {
  if (options.excluded.length > 0 && !options.isRecursive)
    return failed(state, 'Cannot specify dataset exclusion (-X) on a non-recursive send.');
  const { token } = flags;
  if (typeof token === 'string') {
    if (NOT_WITH_TOKEN.some((name) => flags[name] !== undefined))
      return usageError(state, 'send', 'invalid flags combined with -t');
    return sendResume(state, token, options);
  }
  if (flags['incremental'] !== undefined && flags['intermediates'] !== undefined) return usageError(state, 'send');
  if (flags['saved'] && operands[0]?.includes('@')) {
    const problem = 'saved send must specify the dataset with partially-received state';
    return usageError(state, 'send', problem);
  }
  if (flags['redact'] || flags['saved']) return notModelled('zfs send --redact and --saved');
  if (options.skipsMissing && !options.isRecursive)
    return usageError(state, 'send', 'skip-missing flag can only be used in conjunction with replicate');
  const [name = ''] = operands;
  return options.isRecursive || options.hasIntermediates
    ? sendMany(state, name, options)
    : sendOne(state, name, options);
}
