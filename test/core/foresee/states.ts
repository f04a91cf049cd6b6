/** Hosts of the model in the shapes that replication leaves, each made by commands. */
import { apply } from '../../../server/src/core/model/apply';
import { newState } from '../../../server/src/core/model/new-state';
import type { Release, State } from '../../../server/src/core/model/state';
import { cutStream } from '../../../server/src/core/model/stream';
import { write } from '../../../server/src/core/model/write';

export const NOW = 1_800_000_000;

const words = (line: string): readonly string[] => line.split(' ');

export function run(state: State, ...lines: readonly string[]): State {
  return lines.reduce((before, line) => {
    const { state: after, exitCode, stderr } = apply(before, words(line));
    if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
    return after;
  }, state);
}

/** One host with both pools, so that a stream needs no second one. */
export function fresh(release: Release = '2.3'): State {
  const pools = ['tank', 'backup'].map((name) => ({ name, size: 2 ** 40 }));
  return newState({ release, seed: 'states', now: NOW, pools, keyFiles: { '/key': 'k'.repeat(32) } });
}

const KEY = '-o encryption=on -o keyformat=raw -o keylocation=file:///key';

/** An encrypted tree with a volume, snapshots, holds, bookmarks and a child with a key of its own. */
export function source(release?: Release): State {
  const made = run(
    fresh(release),
    `zfs create ${KEY} tank/prod`,
    'zfs create tank/prod/db',
    `zfs create ${KEY} -o readonly=on -o canmount=off tank/prod/own`,
    'zfs create -V 1G -s tank/prod/vol',
    'zfs create -o mountpoint=none tank/clear',
    'zfs snapshot -r tank/prod@a',
    'zfs bookmark tank/prod/db@a tank/prod/db#old',
    'zfs hold -r rawsend:p:vault tank/prod@a',
    'zfs hold mine tank/prod/db@a',
  );
  return run(write(write(made, 'tank/prod', 900_000), 'tank/prod/db', 4096), 'zfs snapshot tank/prod@b');
}

export function carry(state: State, sending: string, receiving: string, bytes = Infinity): State {
  const sent = apply(state, words(sending));
  if (sent.stream === undefined) throw new Error(`${sending}: ${sent.stderr}`);
  return apply(sent.state, words(receiving), { stream: cutStream(sent.stream, bytes) }).state;
}

const RECEIVE = 'zfs receive -s -u -o mountpoint=none -o readonly=on backup/prod';

export const replica = (): State => carry(source(), 'zfs send -w -R tank/prod@a', RECEIVE);

/** By name, what a host may look like. */
export const STATES: Readonly<Record<string, () => State>> = {
  'empty pools': () => fresh(),
  'a source': () => source(),
  'a source on 2.1': () => source('2.1'),
  'a source whose keys are not loaded': () =>
    run(source(), 'zfs unmount tank/prod/db', 'zfs unmount tank/prod', 'zfs unload-key -r tank/prod'),
  'a clone': () => run(source(), 'zfs clone tank/prod/db@a tank/prod/clone', 'zfs snapshot tank/prod/clone@c'),
  'a replica with received properties': replica,
  'a first stream that was cut': () => carry(source(), 'zfs send -w tank/prod@b', RECEIVE, 400_000),
  'an increment that was cut': () =>
    carry(replica(), 'zfs send -w -i @a tank/prod@b', 'zfs receive -s -u backup/prod', 400_000),
};
