import type { Call, Field, Invocation, PipelineUse, Runbook } from '../../runbook/runbook';
import { describe } from '../../shell/placed-text';
import { span } from '../../text/span';
import type { Span } from '../../text/span';
import { carriedCalls, isReceive, isSend, placeCalls } from '../carried-calls';
import type { StagePlace } from '../carried-calls';
import { defineRule } from '../define-rule';
import type { Report } from '../finding';
import { deviceEnd, networkEnds } from '../network-end';
import type { NetworkEnd } from '../network-end';
import { cipherOf } from '../stream-programs';

export const plaintextTransport = defineRule({
  kind: 'runbook',
  id: 'plaintext-transport',
  summary: 'A stream over the network with neither SSH nor TLS',
  severity: 'warning',
  docs: `
\`nc\`, \`socat tcp:\`, \`mbuffer -O\` and bash's \`/dev/tcp\` move bytes as they are and ask nobody who he is. Whoever is on the way reads a plain stream
and can change any; whoever reaches the listening port first decides what the receiver gets. \`zfs receive\` has no way to tell: it takes any
well-formed stream.

A raw stream keeps the blocks sealed, and not the rest: names, sizes and properties are readable. This is what somebody on the way sees of an
encrypted dataset of OpenZFS 2.3.2 on which \`org.example:owner=finance\` was set:

\`\`\`text
$ zfs send -w -p tank/t@a | strings -n 6 | grep -E '^tank/t@a|org.example|finance'
tank/t@a
org.example:owner
finance
tank/t@a
\`\`\`

And a raw stream of *another* dataset is as well-formed as the right one.

Send it through ssh. Where ssh is too slow: \`ncat --ssl\`, \`socat openssl:HOST:PORT,verify=1\` with certificates on both sides, a WireGuard or
IPsec link, or a listener on 127.0.0.1 that is reached by \`ssh -L\`.

Nothing is said of 127.0.0.1, localhost and unix sockets, of a listening port that an \`ssh -L\` or \`-R\` of the document leads to, of a stream that
openssl, gpg or age encrypts first, of a document that speaks of WireGuard, IPsec, a VPN or stunnel, nor of \`nc -z\` and a mere buffer.
`,
  examples: {
    bad: [
      {
        text: `zfs send -w tank/prod@a | nc vault 9000
#                         ^^^^^^^^^^^^^ nc carries the stream to vault in the clear
`,
      },
      {
        text: `ssh vault "mbuffer -q -I 9090 | zfs receive -u backup/prod" &
#          ^^^^^^^^^^^^^^^^^^ mbuffer takes a stream from whoever reaches port 9090 first
zfs send -w tank/prod@a | mbuffer -q -m 512M -O vault:9090
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mbuffer carries the stream to vault in the clear
`,
      },
    ],
    good: [
      `zfs send -w tank/prod@a | mbuffer -m 512M | ssh vault zfs receive -u backup/prod
`,
      `ssh -f -N -L 9000:localhost:9000 vault
zfs send -w tank/prod@a | nc localhost 9000
`,
      `zfs send -w tank/prod@a | ncat --ssl --ssl-verify vault 9000
`,
      `nc -z vault 22 && zfs send -w tank/prod@a | ssh vault zfs receive -u backup/prod
`,
    ],
  },
  *check(runbook) {
    if (PROTECTED.test(runbook.text)) return;
    const mayConnect =
      runbook.calls.some((call) => networkEnds(call).length > 0) || /\/dev\/(?:tcp|udp)\//.test(runbook.text);
    if (!mayConnect) return;
    const places = placeCalls(runbook);
    const found = [
      ...runbook.pipelines.flatMap((pipeline) => inPipeline(pipeline, places)),
      ...runbook.invocations.flatMap(inRedirect),
      ...runbook.calls.flatMap(inItself),
    ];
    const tunnelled = tunnelPorts(runbook, found);
    const open = found.filter(({ end }) => end.kind === 'clear' && !(end.listens && tunnelled.has(end.port ?? '')));
    const others = new Map(open.map((use) => [`${use.end.listens} ${use.end.port}`, use]));
    for (const use of open) {
      const other = use.end.port === undefined ? undefined : others.get(`${!use.end.listens} ${use.end.port}`);
      yield toReport(use, other);
    }
  },
});

/** What the author says about the network, or starts in the document. */
const PROTECTED =
  /wire-?guard|\bwg(?:-quick|\d+)\b|tailscale|tailnet|\.ts\.net\b|zerotier|nebula|openvpn|ipsec|strongswan|\bvpn\b|stunnel|sshuttle|macsec/i;

/** A stream's end on the network. */
interface Use {
  readonly end: NetworkEnd;
  readonly program: string;
  readonly span: Span;
  readonly raw: boolean;
}

function inPipeline(pipeline: PipelineUse, places: ReadonlyMap<Call, StagePlace>): readonly Use[] {
  const carried = carriedCalls(pipeline, places);
  // What is encrypted on the way is nobody's to read.
  if (carried.some((call) => cipherOf(call) !== undefined)) return [];
  const sends = pipeline.stages.flatMap((stage) => stage.invocations.filter(isSend));
  const raw = sends.length > 0 && sends.every(({ flags }) => flags['raw']);
  return carried.flatMap((call) => endsOf(call, raw));
}

function endsOf(call: Call, raw: boolean): readonly Use[] {
  const devices = [...usesDevice(call.reads, raw), ...usesDevice(call.writes, raw)];
  const at = { program: call.name, span: extentOf(call), raw };
  return [...networkEnds(call).map((end): Use => ({ end, ...at })), ...devices];
}

function usesDevice(file: Field | undefined, raw: boolean): readonly Use[] {
  const end = deviceEnd(file);
  return file && end ? [{ end, program: '/dev/tcp', span: file.span, raw }] : [];
}

/** `zfs send … > /dev/tcp/HOST/PORT`. */
function inRedirect(invocation: Invocation): readonly Use[] {
  if (isSend(invocation)) return usesDevice(invocation.writes, invocation.flags['raw'] !== undefined);
  return isReceive(invocation) ? usesDevice(invocation.reads, false) : [];
}

/** `socat TCP-LISTEN:9000 EXEC:"zfs receive …"`. */
function inItself(call: Call): readonly Use[] {
  if (call.name !== 'socat') return [];
  const runsZfs = call.args.some((field) =>
    /^(?:exec|system):.*\bzfs\s+(?:send|receive|recv)\b/is.test(describe(field.text)),
  );
  return runsZfs ? endsOf(call, false) : [];
}

/** From the program to its last argument, as far as they stand together. */
function extentOf({ programSpan, args, span: whole }: Call): Span {
  const end = args.at(-1)?.span.end ?? programSpan.end;
  const isTogether = whole.start <= programSpan.start && programSpan.end <= end && end <= whole.end;
  return isTogether ? span(programSpan.start, end) : programSpan;
}

/** Ports that are reached through a tunnel: those that ssh forwards, and those that somebody connects to on the machine itself. */
function tunnelPorts({ calls }: Runbook, found: readonly Use[]): ReadonlySet<string> {
  const ports = found.flatMap(({ end }) => (end.kind === 'local' && !end.listens && end.port ? [end.port] : []));
  const forwards = calls
    .filter(({ name }) => name === 'ssh' || name === 'autossh')
    .flatMap(({ args }) => args.flatMap(forwarded));
  return new Set([...ports, ...forwards]);
}

function forwarded(field: Field, index: number, args: readonly Field[]): readonly string[] {
  const [, attached] = /^-[A-Za-z]*[LR](.*)$/.exec(describe(field.text)) ?? [];
  if (attached === undefined) return [];
  return (attached === '' ? describe(args[index + 1]?.text ?? []) : attached).split(':');
}

function toReport({ end, program, span: at, raw }: Use, other: Use | undefined): Report {
  const secret = raw
    ? 'the blocks are sealed, but whoever is on the way reads the names and can put in another stream'
    : 'whoever is on the way can read it and change it';
  const effect = end.listens
    ? `${program} takes a stream from whoever reaches port ${end.port ?? 'of it'} first, in the clear: zfs receive cannot tell whose it is`
    : `${program} carries the stream to ${end.host ?? 'another host'} in the clear: ${secret}`;
  const unless = end.mayHoldTls?.length ? `, unless ${end.mayHoldTls.join(' or ')} holds --ssl` : '';
  return {
    span: at,
    message: `${effect}${unless}; send it through ssh, or use ncat --ssl, socat openssl: or a VPN`,
    related: other ? [{ span: other.span, message: 'the other end of it' }] : [],
  };
}
