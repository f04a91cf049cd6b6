import assert from 'node:assert/strict';
import { lastTime, parseCron } from '../../../server/src/core/policy/cron';
import { fromWallClock, parseDay, parseTimeOfDay, parseZone, wallClock } from '../../../server/src/core/policy/dates';
import type { Result } from '../../../server/src/core/result';

function check<T>(parse: (text: string) => Result<T, string>, text: string, expected: T | RegExp): void {
  const parsed = parse(text);
  if (expected instanceof RegExp) assert.match(parsed.ok ? `taken: ${text}` : parsed.error, expected);
  else assert.deepEqual(parsed, { ok: true, value: expected }, text);
}

describe('parseDay', () => {
  it('takes days that there are', () => {
    for (const day of ['2026-11-23', '2028-02-29']) check(parseDay, day, day);
    for (const day of ['2026-02-29', '2026-02-30', '2026-13-01', '2026-00-10']) check(parseDay, day, /there is no/);
    for (const day of ['2026-1-2', '23.11.2026', '2026-11-23T10:00', 'today', ''])
      check(parseDay, day, /year, month and day/);
  });
});

describe('parseTimeOfDay', () => {
  it('takes two digits of hours and of minutes', () => {
    check(parseTimeOfDay, '00:00', 0);
    check(parseTimeOfDay, '22:30', 1350);
    check(parseTimeOfDay, '24:00', /go from/);
    check(parseTimeOfDay, '12:60', /go from/);
    for (const text of ['9:00', '22', '10pm', '']) check(parseTimeOfDay, text, /two digits each/);
  });
});

describe('time zones', () => {
  it('are names', () => {
    check(parseZone, 'UTC', 'UTC');
    check(parseZone, 'Europe/Berlin', 'Europe/Berlin');
    check(parseZone, 'Europe/Nowhere', /no zone of that name/);
    check(parseZone, '+02:00', /such as/);
  });

  it('have summer time', () => {
    const winter = Date.parse('2026-01-15T12:00:00Z');
    const summer = Date.parse('2026-07-15T12:00:00Z');
    assert.equal(wallClock(winter, 'Europe/Berlin') - winter, 3_600_000);
    assert.equal(wallClock(summer, 'Europe/Berlin') - summer, 7_200_000);
    for (const time of [winter, summer]) {
      assert.equal(fromWallClock(wallClock(time, 'Europe/Berlin'), 'Europe/Berlin'), time);
      assert.equal(wallClock(time, 'UTC'), time);
    }
  });
});

const LAST: readonly (readonly [cron: string, last: string])[] = [
  ['0 2 * * *', '2026-11-23T02:00'],
  ['30 2 * * *', '2026-11-22T02:30'],
  ['*/15 * * * *', '2026-11-23T02:15'],
  ['0 0 1 * *', '2026-11-01T00:00'],
  // The 23rd is a Monday.
  ['0 1 * * mon-fri', '2026-11-23T01:00'],
  ['0 1 * * sun', '2026-11-22T01:00'],
  ['0 1 * * 7', '2026-11-22T01:00'],
  ['0 1 20 * sun', '2026-11-22T01:00'],
  ['0 1 29 feb *', '2024-02-29T01:00'],
  ['5,10-12 0-2/2 * 11,oct *', '2026-11-23T02:12'],
];

describe('parseCron', () => {
  for (const [text, last] of LAST) {
    it(`knows when \`${text}\` was last`, () => {
      const cron = parseCron(text);
      assert.ok(cron.ok);
      const found = lastTime(cron.value, Date.parse('2026-11-23T02:20:40Z'));
      assert.equal(new Date(found ?? 0).toISOString().slice(0, 16), last);
    });
  }

  it('says what is wrong', () => {
    check(parseCron, '0 2 * *', /five fields/);
    check(parseCron, '@daily', /five fields/);
    check(parseCron, '60 2 * * *', /`60` is no minute: they go from 0 to 59/);
    check(parseCron, '0 2 * foo *', /`foo` is no month/);
    check(parseCron, '0 5-3 * * *', /is no hour/);
    check(parseCron, '*/0 * * * *', /is no minute/);
    check(parseCron, '0 0 31 feb *', /never come/);
  });
});
