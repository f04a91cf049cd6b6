import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../server/src/cli/exit-code';
import type { Connect, StopReason } from '../../server/src/cli/io';
import { openHost } from '../../server/src/connect';
import { startMuteServer } from '../support/ssh-odd-server';
import type { Ended } from './io-double';
import { checkEnd, createPlace, type Place } from './run-place';

const CUT = { code: 130, stdout: '', stderr: '' };

/** Runs both policies; while the first stream flows these requests to stop arrive. */
async function stopBy(reasons: readonly StopReason[]): Promise<{ readonly ended: Ended; readonly place: Place }> {
  const place = createPlace();
  let stop: ((reason: StopReason) => void) | undefined;
  place.hosts.onStream = ({ cancel }) => {
    for (const reason of reasons) stop?.(reason);
    assert.equal(cancel?.requested(), true);
    return { send: CUT, receive: CUT, bytes: 0 };
  };
  const onListen = (listener: (reason: StopReason) => void): void => {
    stop = listener;
  };
  return { place, ended: await place.run(['--yes', 'prod-to-vault', 'missing'], { onListen }) };
}

describe('stopping a run', () => {
  for (const reason of ['interrupt', 'terminate', 'cancel', 'parent-gone'] as const)
    it(`is clean after ${reason}, and says how to go on`, async () => {
      const { ended, place } = await stopBy([reason]);
      checkEnd(ended, { outcome: 'cancelled', code: EXIT.failed, message: /again/ });
      assert.match(ended.stderr, /to go on: rawsend run prod-to-vault missing\n/);
      assert.deepEqual(ended.aborted, []);
      assert.deepEqual(readdirSync(path.join(place.state, 'locks')), []);
      assert.equal(place.hosts.open(), 0);
    });

  it('is immediate at the second Ctrl-C', async () =>
    assert.deepEqual((await stopBy(['interrupt', 'interrupt'])).ended.aborted, [EXIT.failed]));

  it('is not forced by the parent that cancelled and went away', async () =>
    assert.deepEqual((await stopBy(['cancel', 'parent-gone'])).ended.aborted, []));

  it('does not wait for a host that says nothing while it is connected to', async () => {
    const mute = await startMuteServer();
    let stop: ((reason: StopReason) => void) | undefined;
    const connect: Connect = {
      openHost: (entry, options) => {
        setTimeout(() => stop?.('interrupt'), 100);
        return openHost({ ...entry, ssh: `me@127.0.0.1:${mute.port}` }, { ...options, home: '/nowhere' });
      },
      createTransport: () => assert.fail('there is nothing to carry'),
    };
    const onListen = (listener: (reason: StopReason) => void): void => {
      stop = listener;
    };
    try {
      const ended = await createPlace().run(['--yes', 'prod-to-vault'], { connect, onListen });
      checkEnd(ended, { outcome: 'cancelled', code: EXIT.failed, message: /Cancelled on prod/ });
    } finally {
      mute.stop();
    }
  });

  it('leaves a run that can be repeated', async () => {
    const { place } = await stopBy(['interrupt']);
    place.hosts.onStream = () => undefined;
    checkEnd(await place.run(['--yes', 'prod-to-vault']), { outcome: 'done', code: EXIT.done });
  });
});
