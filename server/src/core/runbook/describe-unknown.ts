import { routeOf } from './describe-host';
import { code, unknownNames } from './describe-values';
import { datasetKey } from './runbook';
import type { Invocation, Runbook } from './runbook';

/** What a reader of a command cannot know from the document, and what would settle it. */
export function describeUnknown(invocation: Invocation, runbook: Runbook): readonly string[] {
  const flagNames = new Set(invocation.unknownFlags);
  const values = unknownNames(invocation).filter((name) => !flagNames.has(name));
  return [
    ...[...flagNames].map((name) => `${code(name)} may hold more flags: ${whatSettles(name)}`),
    ...values.map((name) => `${code(name)}: ${whatSettles(name)}`),
    ...hostsOf(invocation, runbook).map((name) => `which host ${code(name)} is: ${whatSettles(name)}`),
    ...encryption(invocation, runbook),
    ...opaqueStages(invocation, runbook),
  ];
}

/** Where the value comes from decides what would make it known. */
function whatSettles(name: string): string {
  if (/^\$\(|^`/.test(name)) return 'only a run makes it';
  if (/^\$\{?[0-9@*]/.test(name)) return 'it is an argument: a call in this document would settle it';
  return 'an assignment in this document, on every way to this line, would settle it';
}

/** The hosts that the command and the other end of its stream are on, where a variable names them. */
function hostsOf(invocation: Invocation, { receivers, senders }: Runbook): readonly string[] {
  const ends = [invocation, ...(receivers.get(invocation) ?? []), ...(senders.get(invocation) ?? [])];
  return [...new Set(ends.flatMap(routeOf).filter((host) => host.includes('$')))];
}

/** Only a send that is not raw asks whether its dataset is encrypted. */
function encryption(invocation: Invocation, runbook: Runbook): readonly string[] {
  const { program, subcommand, flags } = invocation;
  const [operand] = invocation.operands;
  const isSend = program === 'zfs' && subcommand?.name === 'send';
  if (!isSend || !operand?.known || flags['raw'] || flags['token'] || flags['dryRun']) return [];
  const dataset = operand.shown.replace(/[@#].*$/, '');
  if (runbook.encryption.has(datasetKey(routeOf(invocation), dataset))) return [];
  return [`whether ${code(dataset)} is encrypted: ${code(`zfs get encryption ${dataset}`)} tells`];
}

function opaqueStages(invocation: Invocation, { pipelines, text }: Runbook): readonly string[] {
  const pipeline = pipelines.find(({ stages }) => stages.some((stage) => stage.invocations.includes(invocation)));
  return (pipeline?.stages ?? [])
    .filter((stage) => stage.opaque && !stage.invocations.includes(invocation))
    .map(
      ({ span }) => `what ${code(text.slice(span.start, span.end))} does to the stream: its program is in a variable`,
    );
}
