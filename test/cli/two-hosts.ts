import type { Connect } from '../../server/src/cli/io';
import type { ExecResult, Host, StreamRequest, StreamResult, Transport } from '../../server/src/core/run/host';

/**
 * A source and a target with one encrypted dataset each: just enough of ZFS for the command line to be run from its
 * arguments to its exit code. What plans and runs decide is tested with core, on far more.
 */
export interface TwoHosts {
  readonly connect: Connect;
  readonly source: FakeDataset;
  readonly target: FakeDataset;
  /** Every command that changed something, in order, as `host: argv`. */
  readonly changes: string[];
  /** Called while a stream flows; may change what comes of it. */
  onStream: (request: StreamRequest) => Promise<StreamResult | undefined> | StreamResult | undefined;
  /** How many connections are open. */
  readonly open: () => number;
}

export interface FakeDataset {
  readonly name: string;
  exists: boolean;
  written: number;
  keyStatus: 'available' | 'unavailable';
  readonly snapshots: { readonly name: string; readonly guid: string; readonly holds: Set<string> }[];
}

const DONE: ExecResult = { code: 0, stdout: '', stderr: '' };

export function createTwoHosts(): TwoHosts {
  const source: FakeDataset = { name: 'tank/prod', exists: true, written: 4096, keyStatus: 'available', snapshots: [] };
  const target: FakeDataset = {
    name: 'backup/prod',
    exists: false,
    written: 0,
    keyStatus: 'unavailable',
    snapshots: [],
  };
  const changes: string[] = [];
  let open = 0;
  const openHost = (name: string, dataset: FakeDataset): Host => {
    open++;
    const exec = (argv: readonly string[]): Promise<ExecResult> =>
      Promise.resolve(answer(name, dataset, argv, changes));
    return {
      name,
      exec,
      execAll: (commands) => Promise.all(commands.map((argv) => exec(argv))),
      close: () => {
        open--;
        return Promise.resolve();
      },
    };
  };
  const hosts: TwoHosts = {
    source,
    target,
    changes,
    open: () => open,
    onStream: () => undefined,
    connect: {
      openHost: (entry) => Promise.resolve(openHost(entry.name, entry.name === 'prod' ? source : target)),
      createTransport: () => transport,
    },
  };
  const transport: Transport = {
    stream: async (request) => (await hosts.onStream(request)) ?? carry(request, source, target, changes),
  };
  return hosts;
}

function carry(request: StreamRequest, source: FakeDataset, target: FakeDataset, changes: string[]): StreamResult {
  changes.push(`prod: ${request.send.join(' ')}`);
  const last = request.send.at(-1)?.split('@')[1];
  const upTo = source.snapshots.findIndex(({ name }) => name === last);
  target.exists = true;
  for (const { name, guid } of source.snapshots.slice(target.snapshots.length, upTo + 1))
    target.snapshots.push({ name, guid, holds: new Set() });
  request.onProgress(512);
  request.onProgress(1024);
  return { send: DONE, receive: DONE, bytes: 1024 };
}

function answer(host: string, dataset: FakeDataset, argv: readonly string[], changes: string[]): ExecResult {
  const [program, subcommand] = argv;
  const text = (stdout: string): ExecResult => ({ ...DONE, stdout });
  const pool = dataset.name.slice(0, dataset.name.indexOf('/'));
  if (program === 'zpool') return subcommand === 'list' ? text(`${pool}\t11\tONLINE\t1000000000\t900000000\n`) : DONE;
  if (program === 'ps') return DONE;
  if (subcommand === 'version') return text('zfs-2.3.2-2\nzfs-kmod-2.3.2-2\n');
  if (subcommand === 'get') return text(argv.includes(pool) ? poolRows(pool) : propertyRows(dataset));
  if (subcommand === 'list') return text(snapshotRows(dataset));
  if (subcommand === 'holds') return text(holdRows(dataset));
  if (subcommand === 'send') return { ...DONE, stdout: 'size\t1024\n' };
  changes.push(`${host}: ${argv.join(' ')}`);
  change(dataset, argv);
  return DONE;
}

function change(dataset: FakeDataset, argv: readonly string[]): void {
  const name = argv.at(-1)?.split('@')[1] ?? '';
  if (argv[1] === 'snapshot') {
    dataset.snapshots.push({ name, guid: `${100 + dataset.snapshots.length}`, holds: new Set() });
    dataset.written = 0;
  }
  const holds = dataset.snapshots.find((snapshot) => snapshot.name === name)?.holds;
  const tag = argv.at(-2) ?? '';
  if (argv[1] === 'hold') holds?.add(tag);
  if (argv[1] === 'release') holds?.delete(tag);
}

const rows = (name: string, properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(
      ([property, value]) =>
        `${name}\t${property}\t${value.replace('!', '')}\t${value.endsWith('!') ? 'local' : '-'}\n`,
    )
    .join('');

const poolRows = (pool: string): string =>
  rows(pool, {
    type: 'filesystem',
    guid: '1',
    createtxg: '1',
    encryption: 'off',
    mounted: 'no',
    readonly: 'off',
    used: '1',
    referenced: '1',
    written: '0',
  });

function propertyRows(dataset: FakeDataset): string {
  const { name, keyStatus, written } = dataset;
  if (!dataset.exists) return '';
  const isTarget = name.startsWith('backup/');
  return rows(name, {
    type: 'filesystem',
    guid: isTarget ? '21' : '20',
    createtxg: '10',
    encryption: 'aes-256-gcm',
    encryptionroot: name,
    keystatus: keyStatus,
    keyformat: 'passphrase!',
    keylocation: 'prompt!',
    mountpoint: isTarget ? 'none!' : '/tank/prod',
    canmount: 'on',
    mounted: isTarget ? 'no' : 'yes',
    readonly: isTarget ? 'on!' : 'off',
    used: '4096',
    referenced: '4096',
    written: `${written}`,
  });
}

/** Columns of the inventory: name, guid, ivsetguid, createtxg, creation, used, referenced, userrefs. */
const snapshotRows = ({ name, snapshots }: FakeDataset): string =>
  snapshots
    .map(
      (one, index) =>
        `${name}@${one.name}\t${one.guid}\t9${one.guid}\t${20 + index}\t17638${index}\t0\t4096\t${one.holds.size}\n`,
    )
    .join('');

const holdRows = ({ name, snapshots }: FakeDataset): string =>
  snapshots
    .flatMap((one) => [...one.holds].map((tag) => `${name}@${one.name}\t${tag}\tSun Nov 23  4:05 2025\n`))
    .join('');
