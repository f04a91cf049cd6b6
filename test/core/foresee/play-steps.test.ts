import assert from 'node:assert/strict';
import { playSteps } from '../../../server/src/core/foresee/play-steps';
import type { Played } from '../../../server/src/core/foresee/play-steps';
import { apply } from '../../../server/src/core/model/apply';
import type { State } from '../../../server/src/core/model/state';
import { commandStep, streamStep } from './steps';
import { source, replica } from './states';

const on = (state: State, ...steps: Parameters<typeof playSteps>[0]): Played => playSteps(steps, { prod: state });

const send = (line: string, receive: string) => streamStep('s1', line, receive);

/** The same stream, by the commands alone. */
function whole(state: State, sending: string, receiving: string): State {
  const { stream } = apply(state, sending.split(' '));
  assert.ok(stream);
  return apply(state, receiving.split(' '), { stream }).state;
}

describe('playSteps', () => {
  it('plays commands and streams in their order and leaves what it was given', () => {
    const before = source();
    const copy = structuredClone(before);
    const { states, steps, stop } = on(
      before,
      commandStep('s1', 'zfs snapshot -r tank/prod@c'),
      streamStep('s2', 'zfs send -w tank/prod@c', 'zfs receive -u backup/prod'),
    );
    assert.deepEqual(
      steps.map(({ id, exitCode }) => [id, exitCode]),
      [
        ['s1', 0],
        ['s2', 0],
      ],
    );
    assert.equal(stop, undefined);
    assert.equal(states['prod']?.datasets.get('backup/prod')?.snapshots.at(-1)?.name, 'c');
    assert.deepEqual(before, copy);
  });

  const streams: readonly (readonly [string, () => State, string, string])[] = [
    ['a full stream', source, 'zfs send -w tank/prod/db@a', 'zfs receive -s -u -o readonly=on backup/db'],
    ['increments', replica, 'zfs send -w -I @a tank/prod@b', 'zfs receive -s -u backup/prod'],
    ['an increment from a bookmark', replica, 'zfs send -w -i #old tank/prod/db@b', 'zfs receive -s -u backup/prod/db'],
    ['a stream that is refused', replica, 'zfs send -w tank/prod@b', 'zfs receive -s -u backup/prod'],
    ['one that mounts', source, 'zfs send tank/clear@x', 'zfs receive backup/clear'],
    ['a tree', replica, 'zfs send -w -R -i @a tank/prod@c', 'zfs receive -u backup/prod'],
    ['a forced one', replica, 'zfs send -w -I @a tank/prod@b', 'zfs receive -F -u backup/prod'],
  ];
  for (const [name, make, sending, receiving] of streams) {
    it(`has the outcome of the whole hosts for ${name}`, () => {
      const snapshots = ['tank/prod/db@b', 'tank/clear@x'];
      const taken = snapshots.reduce((state, snapshot) => apply(state, ['zfs', 'snapshot', snapshot]).state, make());
      const before = apply(taken, ['zfs', 'snapshot', '-r', 'tank/prod@c']).state;
      assert.deepEqual(on(before, send(sending, receiving)).states['prod'], whole(before, sending, receiving));
    });
  }

  it('stops at the first step that fails, with what zfs says', () => {
    const { steps, stop } = on(
      source(),
      commandStep('s1', 'zfs hold t tank/prod@absent'),
      commandStep('s2', 'zfs snapshot tank/prod@c'),
    );
    assert.equal(steps.length, 1);
    assert.deepEqual(stop, {
      step: 's1',
      reason: 'fails',
      message: "cannot hold snapshot 'tank/prod@absent': dataset does not exist",
    });
  });

  it('goes on past a failure that the step tolerates', () => {
    const again = { ...commandStep('s1', 'zfs hold mine tank/prod/db@a'), tolerates: ['hold-exists'] };
    const { steps, stop } = on(source(), again, commandStep('s2', 'zfs snapshot tank/prod@c'));
    assert.deepEqual([steps.length, stop], [2, undefined]);
  });

  it('blames the receive for a stream that it refuses', () => {
    const { stop } = on(replica(), send('zfs send -w tank/prod@b', 'zfs receive -u backup/prod'));
    assert.match(stop?.message ?? '', /^cannot receive new filesystem stream: destination 'backup\/prod' exists/);
  });

  it('names what the model does not know', () => {
    const step = send('zfs send -w tank/prod@a', 'zfs receive -u -o overlay=off backup/new');
    const { stop, steps } = on(source(), step);
    assert.deepEqual(stop, { step: 's1', reason: 'unknown', message: 'the model does not know the property overlay' });
    assert.deepEqual(steps, []);
  });
});
