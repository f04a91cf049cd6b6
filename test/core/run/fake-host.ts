import type { ExecResult, Host, StreamRequest, Transport } from '../../../server/src/core/run/host';
import { DATASET_PROPERTIES } from '../../../server/src/core/zfs/inventory-commands';
import { isWithin, parentOf } from '../../../server/src/core/zfs/names';
import { parseCommand } from '../../../server/src/core/zfs/parse-command';
import type { Command } from '../../../server/src/core/zfs/command';
import { failed, findSnapshot, succeeded } from './fake-pool';
import type { FakeDataset, FakePool, FakeVersion } from './fake-pool';
import { receive, send } from './fake-stream';
import type { Cut } from './fake-stream';
import { encodeToken } from './fake-token';

/** Decides before each command or stream whether the world fails it. */
export interface Faults {
  /** A failure in place of the command, e.g. a missing permission. */
  readonly command?: (argv: readonly string[]) => ExecResult | undefined;
  /** In which snapshot of the stream it is cut. */
  readonly cut?: (request: StreamRequest) => Cut;
}

/** Every command that was run, in order, for tests to look at. */
export type Log = string[];

export function createFakeHost(name: string, pool: FakePool, log: Log, faults: Faults = {}): Host {
  const exec = (argv: readonly string[]): ExecResult => {
    log.push(`${name}: ${argv.join(' ')}`);
    return faults.command?.(argv) ?? run(pool, argv);
  };
  return {
    name,
    exec: (argv) => Promise.resolve(exec(argv)),
    execAll: (commands) => Promise.resolve(commands.map(exec)),
    close: () => Promise.resolve(),
  };
}

export function createFakeTransport(
  pools: Readonly<Record<string, FakePool>>,
  log: Log,
  faults: Faults = {},
): Transport {
  return {
    stream(request) {
      log.push(
        `${request.source.name}: ${request.send.join(' ')} | ${request.target.name}: ${request.receive.join(' ')}`,
      );
      const [from, to] = [pools[request.source.name], pools[request.target.name]];
      if (from === undefined || to === undefined) throw new Error('no such pool');
      const stream = send(from, commandOf(request.send));
      // A receive that gets nothing says so, and the send is to blame (ZFS-FACTS hazard 1).
      if (!('parts' in stream)) {
        return Promise.resolve({
          send: stream,
          receive: failed('cannot receive: failed to read from stream'),
          bytes: 0,
        });
      }
      const result = receive(to, commandOf(request.receive), stream, faults.cut?.(request));
      request.onProgress(1000);
      // A send whose receive fails dies of SIGPIPE.
      const sent = { ...succeeded(), code: result.code === 0 ? 0 : 141 };
      return Promise.resolve({ send: sent, receive: result, bytes: 1000 });
    },
  };
}

function commandOf(argv: readonly string[]): Command {
  const { command, problems } = parseCommand(argv);
  if (command === undefined || problems.length > 0) throw new Error(`not a command: ${argv.join(' ')}`);
  return command;
}

function run(pool: FakePool, argv: readonly string[]): ExecResult {
  if (argv[0] === 'ps' || argv.join(' ').startsWith('zpool sync')) return succeeded();
  const command = commandOf(argv);
  return (LOOKS[`${command.program} ${command.subcommand}`] ?? pool.apply)(command, pool);
}

const LOOKS: Readonly<Record<string, (command: Command, pool: FakePool) => ExecResult>> = {
  'zfs version': () => succeeded('zfs-2.3.2-2\nzfs-kmod-2.3.2-2\n'),
  'zpool list': () => succeeded('pool\t1\tONLINE\t1000000\t900000\n'),
  'zfs get': ({ flags, operands }, pool) => listing(pool, operands.slice(1), flags, propertyRows),
  'zfs list': ({ flags, operands }, pool) => listing(pool, operands, flags, versionRows),
  'zfs holds': ({ operands }, pool) =>
    succeeded(
      operands
        .flatMap((name) => [...(findSnapshot(pool, name)?.holds ?? [])].map((tag) => `${name}\t${tag}\tnow\n`))
        .join(''),
    ),
  'zfs send': (command, pool) => {
    const stream = send(pool, command);
    return 'parts' in stream
      ? succeeded(`size\t${stream.parts.reduce((sum, part) => sum + 100 * part.snapshots.length, 0)}\n`)
      : stream;
  },
};

function listing(
  pool: FakePool,
  roots: readonly string[],
  flags: Command['flags'],
  rows: (pool: FakePool, dataset: FakeDataset) => readonly string[],
): ExecResult {
  const missing = roots.filter((root) => !pool.datasets.has(root));
  const listed = [...pool.datasets.values()].filter(({ name }) =>
    flags['recursive'] === true
      ? roots.some((root) => isWithin(name, root))
      : roots.length === 0 || roots.includes(name),
  );
  return {
    code: missing.length > 0 ? 1 : 0,
    stdout: listed.flatMap((dataset) => rows(pool, dataset)).join(''),
    stderr: missing.map((name) => `cannot open '${name}': dataset does not exist\n`).join(''),
  };
}

function propertyRows(pool: FakePool, dataset: FakeDataset): readonly string[] {
  const isVolume = dataset.kind === 'volume';
  const root = pool.datasets.get(dataset.root);
  const encrypted = {
    encryption: dataset.encrypted ? 'aes-256-gcm' : 'off',
    encryptionroot: dataset.encrypted ? dataset.root : '-',
    keystatus: dataset.encrypted ? (root?.keyLoaded === true ? 'available' : 'unavailable') : '-',
    keyformat: dataset.encrypted ? 'passphrase' : 'none',
    keylocation: dataset.encrypted && dataset.root === dataset.name ? dataset.keyLocation : 'none',
  };
  const values: Readonly<Record<string, string>> = {
    type: dataset.kind,
    guid: '1',
    createtxg: '1',
    ...encrypted,
    mountpoint: isVolume ? '-' : valueOf(pool, dataset, 'mountpoint', `/${dataset.name}`),
    canmount: isVolume ? '-' : (dataset.properties.get('canmount') ?? 'on'),
    mounted: isVolume ? '-' : dataset.mounted ? 'yes' : 'no',
    readonly: valueOf(pool, dataset, 'readonly', 'off'),
    used: '1000',
    referenced: '1000',
    written: String(dataset.written),
    volsize: isVolume ? '8388608' : '-',
    origin: '-',
    receive_resume_token: dataset.token === undefined ? '-' : encodeToken(dataset.token),
  };
  return DATASET_PROPERTIES.map((property) => `${dataset.name}\t${property}\t${values[property] ?? '-'}\tlocal\n`);
}

function valueOf(pool: FakePool, dataset: FakeDataset, property: string, fallback: string): string {
  const own = dataset.properties.get(property);
  if (own !== undefined) return own;
  const parent = pool.datasets.get(parentOf(dataset.name) ?? '');
  return parent === undefined ? fallback : valueOf(pool, parent, property, fallback);
}

function versionRows(_: FakePool, dataset: FakeDataset): readonly string[] {
  const row = (version: FakeVersion, delimiter: string, sizes: string): string =>
    `${dataset.name}${delimiter}${version.name}\t${version.guid}\t${dataset.encrypted ? version.ivsetguid : '-'}\t${version.txg}\t1700000000\t${sizes}\n`;
  return [
    ...dataset.snapshots.map((version) => row(version, '@', `0\t1000\t${version.holds.size}`)),
    ...dataset.bookmarks.map((version) => row(version, '#', '-\t1000\t-')),
  ];
}
