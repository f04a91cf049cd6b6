import type { Runbook } from '../runbook/runbook';
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

export function gatherNeighbours(runbooks: readonly Runbook[]): Neighbours {
  const [encryption, replicas] = [new Map<string, Encryption[]>(), new Map<string, Said[]>()];
  const [pairs, kept] = [new Map<string, Stream[]>(), new Map<string, Said[]>()];
  for (const { path, transfers, encryption: own, invocations } of runbooks) {
    for (const { dataset, state, proof } of own.values()) {
      if (dataset !== undefined) add(encryption, dataset, { path, state, proof });
    }
    for (const { source, target, raw } of transfers) {
      if (target?.known === undefined) continue;
      if (raw === 'yes') add(replicas, target.known, { path });
      if (source?.known !== undefined) add(pairs, pairKey(source.known, target.known), { path, raw });
    }
    for (const { command, operands } of invocations) {
      if (command?.subcommand !== 'hold' && command?.subcommand !== 'bookmark') continue;
      const snapshots = command.subcommand === 'hold' ? operands.slice(1) : operands.slice(0, 1);
      for (const { known, shown } of snapshots) if (known) add(kept, shown.replace(/[@#].*/, ''), { path });
    }
  }
  return { encryption, replicas, pairs, kept };
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
