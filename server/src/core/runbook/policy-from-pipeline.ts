import { receivedDataset, sentDataset } from './describe-dataset';
import type { NamedDataset } from './describe-dataset';
import { elevationOf } from './describe-elevation';
import { routeOf } from './describe-host';
import { describePolicyGaps } from './describe-policy-gaps';
import { isStream } from './lens-send';
import { isRelayed, isStandby } from './describe-replication';
import type { Replication } from './describe-replication';
import type { HostRoute, Invocation, Runbook } from './runbook';
import { jumpOf, sshWayOf } from './ssh-way';

/** A policy that declares what a pipeline does, as the text of a policy file. */
export interface PolicyDraft {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes the policy of a send and the receive that gets its stream. What a policy does otherwise, and what the document
 * leaves unknown, is said in comments above it; a name that is not known stands as the document writes it, where the
 * author has to put the real one. Undefined where the document shows no receive.
 */
export function policyFromPipeline(send: Invocation, runbook: Runbook): PolicyDraft | undefined {
  const [receive] = runbook.receivers.get(send) ?? [];
  if (!receive || !isStream(send)) return undefined;
  const source = sentDataset(send) ?? NOT_NAMED;
  const target = receivedDataset(receive, send) ?? NOT_NAMED;
  const replication: Replication = { send, receive, source, target, runbook };
  const [from, to] = hostNames(routeOf(send), routeOf(receive));
  const name = from === to ? `${leafOf(source.name)}-copy` : `${from}-to-${to}`;
  const lines = [
    // What a script says must not leave the comment.
    ...describePolicyGaps(replication).map((gap) => `# ${gap.replaceAll(/[\s\p{Cc}]+/gu, ' ')}`),
    'version: 1',
    'hosts:',
    `  ${from}: ${declareHost(send, runbook)}`,
    ...(from === to ? [] : [`  ${to}: ${declareHost(receive, runbook)}`]),
    'policies:',
    `  ${name}:`,
    `    intent: ${isStandby(replication) ? 'standby' : 'vault'}`,
    `    source: ${scalar(`${from}:${source.name}`)}`,
    `    target: ${scalar(`${to}:${target.name}`)}`,
    ...options(replication).map((option) => `    ${option}`),
  ];
  return { name, text: `${lines.join('\n')}\n` };
}

const NOT_NAMED: NamedDataset = { name: '…', known: false };

/** Short names of the two hosts; the machine that runs the document is `here`. */
function hostNames(from: HostRoute, to: HostRoute): readonly [string, string] {
  const [source, target] = [hostName(from, 'source'), hostName(to, 'target')];
  const same = from.join('\n') === to.join('\n');
  return same || source !== target ? [source, target] : [source, `${target}-2`];
}

/** `vault` of `root@vault.example`; a host that only a run knows is named after what it is for. */
function hostName(route: HostRoute, otherwise: string): string {
  const destination = route.at(-1);
  if (destination === undefined) return 'here';
  const host = destination.slice(destination.lastIndexOf('@') + 1);
  if (/^[\d.]+$/.test(host)) return `host-${host.replaceAll('.', '-')}`;
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,40}/.exec(host)?.[0] ?? otherwise;
}

function declareHost(invocation: Invocation, runbook: Runbook): string {
  const destination = routeOf(invocation).at(-1);
  const elevation = elevationOf(invocation, runbook.text);
  const { user, port } = sshWayOf(invocation, runbook);
  const before = user === undefined || destination?.includes('@') ? '' : `${user}@`;
  const after = port === undefined ? '' : `:${port}`;
  const address = destination === undefined ? 'local: true' : `ssh: ${scalar(`${before}${destination}${after}`)}`;
  return `{ ${address}${elevation === undefined ? '' : `, elevate: ${elevation}`} }`;
}

const leafOf = (dataset: string): string => /[A-Za-z0-9][\w-]{0,40}$/.exec(dataset)?.[0] ?? 'dataset';

/** Only what differs from the defaults, and `recursive`, which a reader should see. */
function options(replication: Replication): readonly string[] {
  const { send, receive } = replication;
  const excluded = excludedChildren(replication);
  const { set, ignore } = properties(receive);
  const received = [
    ...(isStandby(replication) && !receive.flags['noMount'] ? ['mount: true'] : []),
    ...(set.length > 0 ? [`set: { ${set.join(', ')} }`] : []),
    ...(ignore.length > 0 ? [`ignore: [${ignore.join(', ')}]`] : []),
  ];
  return [
    `recursive: ${send.flags['replicate'] ? 'true' : 'false'}`,
    ...(excluded.length > 0 ? [`exclude: [${excluded.map(scalar).join(', ')}]`] : []),
    ...(send.flags['incremental'] && !send.flags['intermediates'] ? ['send: { intermediates: false }'] : []),
    ...(received.length > 0 ? [`receive: { ${received.join(', ')} }`] : []),
    ...transport(replication),
  ];
}

function excludedChildren({ send, source }: Replication): readonly string[] {
  const named = (send.flags['exclude'] ?? []).flatMap(({ value }) => value?.shown.split(',') ?? []);
  return named.flatMap((name) => (name.startsWith(`${source.name}/`) ? name.slice(source.name.length + 1) : []));
}

/** What a policy decides itself, and refuses here. */
const OWN = new Set(['mountpoint', 'canmount', 'keylocation', 'encryption', 'keyformat', 'pbkdf2iters']);

const isOurs = (name: string): boolean => /^[a-z0-9]\S*$/.test(name) && !OWN.has(name);

function properties({ flags }: Invocation): { readonly set: readonly string[]; readonly ignore: readonly string[] } {
  const valuesOf = (name: string): readonly string[] =>
    (flags[name] ?? []).flatMap(({ value }) => (value?.word.known ? value.shown : []));
  const set = valuesOf('set').map((item): readonly [string, string] => {
    const at = item.indexOf('=');
    return [item.slice(0, at), item.slice(at + 1)];
  });
  const names = new Set(set.map(([name]) => name));
  return {
    set: set
      .filter(([name, value]) => isOurs(name) && value !== '')
      .map(([name, value]) => `${name}: ${quoted(value)}`),
    ignore: valuesOf('ignore').filter((name) => isOurs(name) && !names.has(name)),
  };
}

function transport(replication: Replication): readonly string[] {
  if (isRelayed(replication)) return ['transport: { route: relay }'];
  const jump = jumpOf(replication);
  return jump === undefined ? [] : [`transport: { jump: ${scalar(jump)} }`];
}

const quoted = (text: string): string => JSON.stringify(text);

/** As YAML reads it as text, with quotes only where it must. */
const scalar = (text: string): string => (/^[A-Za-z][\w./@-]*(?::[\w./-]+)?$/.test(text) ? text : quoted(text));
