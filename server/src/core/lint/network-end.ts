import type { Call, Field } from '../runbook/runbook';
import { describe, isKnown, textOf } from '../shell/placed-text';

/** One end of a connection that a program makes for what goes through it. */
export interface NetworkEnd {
  readonly listens: boolean;
  /** Where it connects to or listens, as written; absent for every address. */
  readonly host?: string;
  readonly port?: string;
  /** `local`: nothing leaves the machine. */
  readonly kind: 'clear' | 'tls' | 'local';
  /** Words that may hold the option that encrypts. */
  readonly mayHoldTls?: readonly string[];
}

/** The connections that a program makes, by its arguments; none for programs that make no such, or only try a port. */
export function networkEnds({ name, args }: Call): readonly NetworkEnd[] {
  const read = READERS.get(name.replace(/^(nc|netcat)(?:6|\.\w+)$/, '$1'));
  return read?.(args).map((end) => (isLocal(end.host) ? { ...end, kind: 'local' } : end)) ?? [];
}

/** `/dev/tcp/HOST/PORT`, which bash and ksh connect to. */
export function deviceEnd(file: Field | undefined): NetworkEnd | undefined {
  const [, host, port] = (file && /^\/dev\/(?:tcp|udp)\/([^/]+)\/(.+)$/.exec(describe(file.text))) ?? [];
  if (host === undefined || port === undefined) return undefined;
  return { listens: false, host, port, kind: isLocal(host) ? 'local' : 'clear' };
}

const isLocal = (host = ''): boolean =>
  /^(?:127(?:\.\d+){3}|localhost|localhost\..*|ip6-localhost|\[?::1\]?)$/i.test(host);

type Reader = (args: readonly Field[]) => readonly NetworkEnd[];

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['nc', readNetcat],
  ['ncat', readNetcat],
  ['netcat', readNetcat],
  ['socat', (args) => args.flatMap(readSocatAddress)],
  ['mbuffer', readMbuffer],
  ['curl', (args) => args.flatMap(readUrl)],
  ['wget', (args) => args.flatMap(readUrl)],
  ['rsh', readRsh],
  ['remsh', readRsh],
]);

/** Flags of the several netcats that take an argument of their own. */
const VALUED =
  /^-[A-Za-z]*[bceGgIiMmOopqsTVWwXx]$|^--(?!(?:ssl|listen|keep-open|udp|sctp|verbose|send-only|recv-only|no|crlf|nodns)\b)[\w-]+$/;

function readNetcat(args: readonly Field[]): readonly NetworkEnd[] {
  const { flags, operands, values, unknown } = splitArguments(args, VALUED);
  const has = (letter: string, long: string): boolean =>
    flags.some((flag) => flag === `--${long}` || (/^-[A-Za-z]/.test(flag) && flag.includes(letter)));
  if (has('z', 'zero')) return [];
  const listens = has('l', 'listen');
  const [host, port] = listens && operands.length < 2 ? [values.get('s'), operands[0] ?? values.get('p')] : operands;
  if (!listens && host === undefined && unknown.length === 0) return [];
  const isSocket = has('U', 'unixsock') || flags.includes('--vsock');
  const isTls = flags.some((flag) => flag.startsWith('--ssl')) || values.has('-ssl-cert') || values.has('-ssl-key');
  return [
    {
      listens,
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      kind: isSocket ? 'local' : isTls ? 'tls' : 'clear',
      mayHoldTls: unknown,
    },
  ];
}

interface Arguments {
  readonly flags: readonly string[];
  readonly operands: readonly string[];
  /** The arguments of flags, by the flag without its dash. */
  readonly values: ReadonlyMap<string, string>;
  /** Unknown words that may hold flags. */
  readonly unknown: readonly string[];
}

function splitArguments(args: readonly Field[], valued: RegExp): Arguments {
  const [flags, operands, unknown]: [string[], string[], string[]] = [[], [], []];
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const field = args[index];
    const word = describe(field?.text ?? []);
    const mayBeFlags = field?.arity === 'list' || (field?.arity === 'some' && /opt|arg|flag|param/i.test(word));
    if (field && !isKnown(field.text) && mayBeFlags) unknown.push(word);
    else if (!word.startsWith('-') || word === '-') operands.push(word);
    else {
      flags.push(word);
      const attached = /^-([ps])(.+)$/.exec(word);
      if (attached) values.set(attached[1] ?? '', attached[2] ?? '');
      if (!valued.test(word)) continue;
      index += 1;
      values.set(word.startsWith('--') ? word.slice(1) : word.slice(-1), describe(args[index]?.text ?? []));
    }
  }
  return { flags, operands, values, unknown };
}

/** `TCP:host:port,option…`, `OPENSSL-LISTEN:port` …; the other addresses of socat stay on the machine. */
function readSocatAddress(field: Field): readonly NetworkEnd[] {
  const [, type = '', rest = ''] = /^([A-Za-z][\w-]*):(.*)$/s.exec(describe(field.text)) ?? [];
  const isTls = /^(?:openssl|ssl|dtls)/i.test(type);
  if (!isTls && !/^(?:tcp|udp|sctp)/i.test(type)) return [];
  const listens = /-l(?:isten)?$|^udp\d?-recv/i.test(type);
  const [address = '', ...options] = rest.split(',');
  const bind = options.find((option) => option.startsWith('bind='))?.slice('bind='.length);
  const cut = address.lastIndexOf(':');
  const host = listens ? bind : address.slice(0, Math.max(cut, 0));
  const port = address.slice(cut + 1);
  return [{ listens, ...(host !== undefined && { host }), port, kind: isTls ? 'tls' : 'clear' }];
}

/** Only `-I` and `-O` make it more than a buffer. */
function readMbuffer(args: readonly Field[]): readonly NetworkEnd[] {
  return args.flatMap((field, index): readonly NetworkEnd[] => {
    const [, letter, attached = ''] = /^-([IO])(.*)$/s.exec(describe(field.text)) ?? [];
    if (letter === undefined) return [];
    const address = attached === '' ? describe(args[index + 1]?.text ?? []) : attached;
    const cut = address.lastIndexOf(':');
    const host = cut > 0 ? { host: address.slice(0, cut) } : {};
    return [{ listens: letter === 'I', ...host, port: address.slice(cut + 1), kind: 'clear' }];
  });
}

function readUrl(field: Field): readonly NetworkEnd[] {
  const [, host, port] =
    /^(?:http|ftp|tftp):\/\/(?:[^/@]*@)?([^/:]+|\[[^\]]*\])(?::(\d+))?/.exec(textOf(field.text)) ?? [];
  return host === undefined ? [] : [{ listens: false, host, ...(port !== undefined && { port }), kind: 'clear' }];
}

function readRsh(args: readonly Field[]): readonly NetworkEnd[] {
  const { operands } = splitArguments(args, /^-l$/);
  return operands[0] === undefined ? [] : [{ listens: false, host: operands[0].replace(/^.*@/, ''), kind: 'clear' }];
}
