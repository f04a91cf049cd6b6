import type { Invocation, Runbook } from '../runbook/runbook';
import type { Transfer } from '../runbook/transfers';

/**
 * What the runbooks that are linted together say about datasets, by name. Hosts are not compared: a script does not say
 * what another one calls its machine. Made once for all of them, so a document has to leave out what it says itself.
 */
export interface Neighbours {
  readonly encryption: ReadonlyMap<string, readonly Encryption[]>;
  /** Targets that receive a raw stream. */
  readonly replicas: ReadonlyMap<string, readonly Said[]>;
  /** Streams by `pairKey`. */
  readonly pairs: ReadonlyMap<string, readonly Stream[]>;
  /** Datasets of which a snapshot is held or bookmarked. */
  readonly kept: ReadonlyMap<string, readonly Said[]>;
}

/** Which document says so. */
export interface Said {
  readonly path: string;
}

interface Encryption extends Said {
  readonly state: 'encrypted' | 'unencrypted';
  readonly proof: string;
}

interface Stream extends Said {
  readonly raw: Transfer['raw'];
}

/** Names one source→target pair. */
export const pairKey = (source: string, target: string): string => `${source}\n${target}`;

/** What one runbook says that others may want to know: plain data, so it can come from another thread. */
export interface Sayings extends Said {
  readonly encryption: readonly (Omit<Encryption, 'path'> & { readonly dataset: string })[];
  readonly replicas: readonly string[];
  /** By `pairKey`. */
  readonly pairs: readonly { readonly pair: string; readonly raw: Transfer['raw'] }[];
  readonly kept: readonly string[];
}

export function sayingsOf({ path, transfers, encryption, invocations }: Runbook): Sayings {
  const received = transfers.flatMap(({ source, target, raw }) =>
    target?.known === undefined ? [] : [{ source: source?.known, target: target.known, raw }],
  );
  return {
    path,
    encryption: [...encryption.values()].flatMap(({ dataset, state, proof }) =>
      dataset === undefined ? [] : [{ dataset, state, proof }],
    ),
    replicas: received.flatMap(({ target, raw }) => (raw === 'yes' ? [target] : [])),
    pairs: received.flatMap(({ source, target, raw }) =>
      source === undefined ? [] : [{ pair: pairKey(source, target), raw }],
    ),
    kept: invocations.flatMap(keptBy),
  };
}

function keptBy({ command, operands }: Invocation): readonly string[] {
  if (command?.subcommand !== 'hold' && command?.subcommand !== 'bookmark') return [];
  const snapshots = command.subcommand === 'hold' ? operands.slice(1) : operands.slice(0, 1);
  return snapshots.flatMap(({ known, shown }) => (known ? [shown.replace(/[@#].*/, '')] : []));
}

export function gatherNeighbours(said: readonly Sayings[]): Neighbours {
  const [encryption, replicas] = [new Map<string, Encryption[]>(), new Map<string, Said[]>()];
  const [pairs, kept] = [new Map<string, Stream[]>(), new Map<string, Said[]>()];
  for (const { path, ...own } of said) {
    for (const { dataset, state, proof } of own.encryption) add(encryption, dataset, { path, state, proof });
    for (const dataset of own.replicas) add(replicas, dataset, { path });
    for (const { pair, raw } of own.pairs) add(pairs, pair, { path, raw });
    for (const dataset of own.kept) add(kept, dataset, { path });
  }
  return { encryption, replicas, pairs, kept };
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
