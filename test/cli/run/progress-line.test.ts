import assert from 'node:assert/strict';
import { createProgressLine, formatProgress } from '../../../server/src/cli/run/progress-line';

const GIB = 1024 ** 3;

/** Draws updates that arrive every `interval` milliseconds; returns what was written. */
function draw(interval: number, columns: number): readonly string[] {
  const written: string[] = [];
  let time = 0;
  const output = {
    isTTY: true,
    columns: () => columns,
    write: (text: string | Buffer) => void written.push(String(text)),
  };
  const line = createProgressLine(output, () => new Date(time));
  line.start('send tank/prod@rep-1');
  for (let i = 0; i <= 1000 / interval; i++) {
    time = i * interval;
    line.update(i * interval * 1024, 1024 * 1000);
  }
  line.clear();
  line.clear();
  return written;
}

describe('the progress line', () => {
  it('tells share, size, rate and time left', () =>
    assert.equal(
      formatProgress({ title: 'tank/prod', bytes: GIB, total: 4 * GIB, rate: GIB / 30 }),
      '[#####---------------] 25%  1.0 GiB of 4.0 GiB  34.1 MiB/s  ETA 1 min 30 s  tank/prod',
    ));

  it('claims no share of an unknown total', () =>
    assert.equal(formatProgress({ title: 'tank/prod', bytes: GIB, rate: undefined }), '1.0 GiB  tank/prod'));

  it('is never complete while bytes flow', () =>
    assert.match(
      formatProgress({ title: 'x', bytes: 3 * GIB, total: GIB, rate: 1 }),
      /^\[#{19}-\] 99%  3\.0 GiB of 1\.0 GiB  1 B\/s  x$/,
    ));

  it('is drawn at most five times a second', () =>
    assert.equal(draw(10, 80).filter((text) => text !== '\r\u001B[K').length, 6));

  it('leaves nothing behind, once', () => assert.equal(draw(10, 80).filter((text) => text === '\r\u001B[K').length, 1));

  it('fits into the terminal', () => {
    for (const text of draw(250, 30)) assert.ok(text.replace('\r', '').replace('\u001B[K', '').length < 30, text);
  });
});
