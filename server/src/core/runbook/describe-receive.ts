import { receivedDataset } from './describe-dataset';
import { mayHold } from './runbook';
import { code } from './describe-values';
import type { Invocation } from './runbook';

/** What a `zfs receive` makes of its stream, in sentences: mounted or not, what a cut costs, what is lost. */
export function describeReceive(receive: Invocation, send: Invocation | undefined): readonly string[] {
  const { flags } = receive;
  if (flags['dryRun']) return ['It receives nothing: -n only says what it would.'];
  return [`The target ${mounting(receive)}, ${resuming(receive)}.`, forcing(receive, send), ...changing(receive)];
}

/** Where the stream goes, for people. */
export function receivedName(receive: Invocation, send: Invocation | undefined): string {
  const target = receivedDataset(receive, send);
  if (!target) return 'a dataset that is not named here';
  return target.name.endsWith('/…') ? `a dataset below ${code(target.name.slice(0, -2))}` : code(target.name);
}

/** `no -u`, or the variable that may bring the flag. */
function unless(receive: Invocation, flag: string, spelled: string): string {
  const variables = mayHold(receive, flag);
  return variables.length === 0 ? `no ${spelled}` : `unless ${variables.map(code).join(' or ')} holds ${spelled}`;
}

function mounting(receive: Invocation): string {
  if (receive.flags['noMount']) return 'is not mounted now (-u)';
  const unmounted = receive.flags['set']?.find(({ value }) => value?.shown === 'mountpoint=none')?.value;
  if (unmounted) return `is not mounted (${code(unmounted.shown)})`;
  return `is **mounted** where its properties say (${unless(receive, 'noMount', '-u')})`;
}

const resuming = (receive: Invocation): string =>
  receive.flags['resumable']
    ? 'and a cut stream can be resumed (-s)'
    : `and a cut stream begins again from nothing (${unless(receive, 'resumable', '-s')})`;

function forcing(receive: Invocation, send: Invocation | undefined): string {
  const name = receivedName(receive, send);
  if (!receive.flags['force']) return `Nothing there is destroyed (${unless(receive, 'force', '-F')}).`;
  const isIncrement = Boolean(send?.flags['incremental'] ?? send?.flags['intermediates']);
  if (isIncrement && send?.flags['replicate'])
    return `⚠ **-F first destroys every snapshot of ${name} and every dataset below it that the source lacks.**`;
  return isIncrement
    ? `⚠ **-F first rolls ${name} back to the base: newer snapshots and later changes are lost.**`
    : `⚠ **-F destroys in ${name} what is in the way of the stream.**`;
}

function changing({ flags }: Invocation): readonly string[] {
  const valuesOf = (name: string): readonly string[] =>
    (flags[name] ?? []).flatMap(({ value }) => (value ? code(value.shown) : []));
  const [set, ignored] = [valuesOf('set'), valuesOf('ignore')];
  return [
    ...(set.length > 0 ? [`It sets ${set.join(', ')}.`] : []),
    ...(ignored.length > 0 ? [`It takes no ${ignored.join(', ')} from the stream.`] : []),
  ];
}
