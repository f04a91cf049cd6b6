import assert from 'node:assert/strict';
import { apply } from '../../../server/src/core/model/apply';
import { newState } from '../../../server/src/core/model/new-state';
import { NotModelled } from '../../../server/src/core/model/outcome';
import type { State } from '../../../server/src/core/model/state';
import { cutStream, streamSize } from '../../../server/src/core/model/stream';
import { write } from '../../../server/src/core/model/write';
import { parseResumeToken } from '../../../server/src/core/zfs/token';

const KEY = 'a'.repeat(32);
const words = (line: string): readonly string[] => line.split(' ');

const fresh = (seed = 'test'): State =>
  newState({
    seed,
    now: 1_800_000_000,
    pools: [
      { name: 'tank', size: 2 ** 30 },
      { name: 'backup', size: 2 ** 30 },
    ],
    keyFiles: { '/key': KEY },
  });

function run(state: State, line: string): State {
  const { state: next, exitCode, stderr } = apply(state, words(line));
  assert.equal(exitCode, 0, `${line}: ${stderr}`);
  return next;
}

function tree(seed?: string): State {
  const made = run(fresh(seed), 'zfs create -o encryption=on -o keyformat=raw -o keylocation=file:///key tank/prod');
  return run(write(made, 'tank/prod', 300_000), 'zfs snapshot tank/prod@a');
}

function carry(state: State, sending: string, receiving: string, bytes = Infinity) {
  const sent = apply(state, words(sending));
  assert.ok(sent.stream, sent.stderr);
  return apply(sent.state, words(receiving), { stream: cutStream(sent.stream, bytes) });
}

const guid = (state: State): string | undefined => state.datasets.get('tank/prod')?.snapshots[0]?.guid;

const refused = (line: string, what: string): void =>
  assert.throws(
    () => apply(fresh(), words(line)),
    (error: unknown) => error instanceof NotModelled && error.message.includes(what),
  );

describe('the model of ZFS', () => {
  it('draws the same guids from the same seed', () => {
    assert.deepEqual(tree('x'), tree('x'));
    assert.notEqual(guid(tree('x')), guid(tree('y')));
  });

  it('leaves the state that it was given as it was', () => {
    const before = tree();
    const copy = structuredClone(before);
    carry(before, 'zfs send -w -R tank/prod@a', 'zfs receive -u backup/prod');
    assert.deepEqual(before, copy);
  });

  it('refuses by name what it does not know', () => {
    refused('zfs diff tank@a', 'zfs diff');
    refused('zfs get all tank', 'zfs get all');
    refused('zfs get overlay tank', 'overlay');
    refused('zfs set mountpoint=/tank/inner backup', 'a mount of backup and of tank within each other');
  });

  it('makes a vault of a raw stream: equal lineage, no key', () => {
    const { state, exitCode } = carry(tree(), 'zfs send -w -R tank/prod@a', 'zfs receive -u backup/prod');
    assert.equal(exitCode, 0);
    const [source, target] = [state.datasets.get('tank/prod'), state.datasets.get('backup/prod')];
    assert.equal(target?.snapshots[0]?.guid, source?.snapshots[0]?.guid);
    assert.equal(target?.snapshots[0]?.ivsetguid, source?.snapshots[0]?.ivsetguid);
    assert.equal(target?.crypto?.root, 'backup/prod');
    assert.equal(target?.crypto?.loaded, undefined);
  });

  it('keeps what arrived of a cut stream, with a token that can be read and that ends the stream', () => {
    const cut = carry(tree(), 'zfs send -w tank/prod@a', 'zfs receive -s -u backup/prod', 100_000);
    assert.equal(cut.exitCode, 1);
    const token = apply(cut.state, words('zfs get -H -o value receive_resume_token backup/prod')).stdout.trim();
    const parsed = parseResumeToken(token);
    assert.ok(parsed.ok && parsed.value.raw && parsed.value.toName === 'tank/prod@a', token);
    const resumed = carry(cut.state, `zfs send -t ${token}`, 'zfs receive -s -u backup/prod');
    assert.equal(resumed.exitCode, 0, resumed.stderr);
    assert.equal(resumed.state.datasets.get('backup/prod')?.partial, undefined);
  });

  it('cuts a stream to the byte', () => {
    const { stream } = apply(tree(), words('zfs send -w tank/prod@a'));
    assert.ok(stream);
    for (const bytes of [0, 311, 1012, 1324, 50_000, 200_000])
      assert.ok(streamSize(cutStream(stream, bytes)) <= bytes, `cut at ${bytes}`);
    assert.equal(cutStream(stream, Infinity), stream);
  });

  it('stays fast with many datasets: what is not changed is shared', () => {
    let state = fresh();
    for (let index = 0; index < 200; index++) state = run(state, `zfs create tank/d${index}`);
    const after = run(state, 'zfs snapshot tank/d7@a');
    const changed = [...after.datasets].filter(([name, dataset]) => state.datasets.get(name) !== dataset);
    assert.deepEqual(
      changed.map(([name]) => name),
      ['tank/d7'],
    );
  });
});
