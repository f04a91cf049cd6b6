import { apply } from '../../../server/src/core/model/apply';
import { newState } from '../../../server/src/core/model/new-state';
import type { Dataset, State } from '../../../server/src/core/model/state';
import type { Stream } from '../../../server/src/core/model/stream';
import { change } from '../../../server/src/core/model/tree';
import { write } from '../../../server/src/core/model/write';
import type { ExecResult, Host, StreamRequest, Transport } from '../../../server/src/core/run/host';

export type Side = 'prod' | 'vault' | 'offsite';

/** Decides before each command or stream whether the world fails it. */
export interface Faults {
  /** A failure in place of the command, e.g. a missing permission. */
  readonly command?: (argv: readonly string[]) => ExecResult | undefined;
  /** In which snapshot of the stream it is cut, from 0; undefined for whole. */
  readonly cut?: (request: StreamRequest) => number | undefined;
}

/** Every command that was run, in order, for tests to look at. */
export type Log = string[];

/** Hosts of the model: prod with the pool tank, vault with the pool backup, and offsite with backup and far. */
export interface ModelHosts {
  readonly states: Record<Side, State>;
  readonly log: Log;
  /** Types a command that has to work. */
  readonly type: (side: Side, line: string) => void;
  readonly write: (side: Side, name: string, bytes: number) => void;
  /** Reaches into a dataset, for what no command does on purpose. */
  readonly spoil: (side: Side, name: string, edit: (dataset: Dataset) => Dataset) => void;
  readonly host: (side: Side, faults?: Faults) => Host;
  readonly transport: (faults?: Faults) => Transport;
}

export const failed = (stderr: string, code = 1): ExecResult => ({ code, stdout: '', stderr: `${stderr}\n` });

const KEY_FILES = { '/key': 'correct horse', '/other': 'battery staple' };
const SIZE = 2 ** 40;

const made = (seed: string, ...pools: readonly string[]): State =>
  newState({ seed, now: 1_700_000_000, pools: pools.map((name) => ({ name, size: SIZE })), keyFiles: KEY_FILES });

export function createModelHosts(): ModelHosts {
  const states: Record<Side, State> = {
    prod: made('prod', 'tank'),
    vault: made('vault', 'backup'),
    offsite: made('offsite', 'backup', 'far'),
  };
  const log: Log = [];
  const run = (side: Side, argv: readonly string[], stream?: Stream): ReturnType<typeof apply> => {
    states[side] = { ...states[side], now: states[side].now + 1 };
    const outcome = apply(states[side], argv, { text: KEY_FILES['/key'], ...(stream && { stream }) });
    states[side] = outcome.state;
    return outcome;
  };
  return {
    states,
    log,
    type(side, line) {
      const { exitCode, stderr } = run(side, line.split(' '));
      if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
    },
    write: (side, name, bytes) => void (states[side] = write(states[side], name, bytes)),
    spoil: (side, name, edit) => void (states[side] = change(states[side], name, edit)),
    host(side, faults = {}) {
      const exec = (argv: readonly string[]): ExecResult => {
        log.push(`${side}: ${argv.join(' ')}`);
        return faults.command?.(argv) ?? (argv[0] === 'ps' || argv[1] === 'sync' ? SILENT : resultOf(run(side, argv)));
      };
      return {
        name: side,
        exec: (argv) => Promise.resolve(exec(argv)),
        execAll: (commands) => Promise.resolve(commands.map(exec)),
        close: () => Promise.resolve(),
      };
    },
    transport: (faults = {}) => ({
      stream(request) {
        const [from, to] = [sideOf(request.source), sideOf(request.target)];
        log.push(`${from}: ${request.send.join(' ')} | ${to}: ${request.receive.join(' ')}`);
        const sent = run(from, request.send);
        const arrived = cutIn(sent.stream ?? { records: [] }, faults.cut?.(request));
        const received = run(to, request.receive, arrived);
        request.onProgress(1000);
        // A send whose receive fails dies of SIGPIPE.
        const code = sent.exitCode === 0 && received.exitCode !== 0 ? SIGPIPE : sent.exitCode;
        return Promise.resolve({ send: { ...resultOf(sent), code }, receive: resultOf(received), bytes: 1000 });
      },
    }),
  };
}

const SIGPIPE = 141;
const SILENT: ExecResult = { code: 0, stdout: '', stderr: '' };

const sideOf = ({ name }: Host): Side => (name === 'prod' || name === 'offsite' ? name : 'vault');

const resultOf = ({ exitCode, stdout, stderr }: ReturnType<typeof apply>): ExecResult => ({
  code: exitCode,
  stdout,
  stderr,
});

/** A stream that breaks off half-way through the data of one of its snapshots. */
function cutIn({ records }: Stream, snapshot: number | undefined): Stream {
  if (snapshot === undefined) return { records };
  const begins = records.flatMap(({ kind }, index) => (kind === 'begin' ? [index] : []));
  const begin = begins[snapshot];
  if (begin === undefined) return { records };
  const data = records[begin + 1];
  const half = data?.kind === 'data' ? [{ kind: 'data', bytes: Math.ceil(data.bytes / 2) } as const] : [];
  return { records: [...records.slice(0, begin + 1), ...half], isCut: true };
}
