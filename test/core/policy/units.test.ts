import assert from 'node:assert/strict';
import { parseChurn, parseDuration, parseRate, parseSize } from '../../../server/src/core/policy/units';

/** `expected` is the number, or a part of the message. */
function check(parse: typeof parseSize, text: string, expected: number | RegExp): void {
  const parsed = parse(text);
  if (typeof expected === 'number') assert.deepEqual(parsed, { ok: true, value: expected }, text);
  else assert.match(parsed.ok ? `${parsed.value}` : parsed.error, expected, text);
}

describe('parseSize', () => {
  it('reads both kinds of units', () => {
    check(parseSize, '500GiB', 500 * 2 ** 30);
    check(parseSize, '500 GB', 500e9);
    check(parseSize, '1.5KiB', 1536);
    check(parseSize, '1B', 1);
    check(parseSize, ' 2TiB ', 2 * 2 ** 40);
  });

  it('says what is missing or unclear', () => {
    check(parseSize, '500', /unit is missing/);
    check(parseSize, '500G', /GiB \(1024\) or GB \(1000\)/);
    check(parseSize, '500g', /GiB \(1024\)/);
    check(parseSize, '5 apples', /apples is no unit/);
    check(parseSize, 'GiB', /a number, then a unit/);
    check(parseSize, '-1GiB', /a number, then a unit/);
    check(parseSize, '1e9GiB', /a number, then a unit/);
    check(parseSize, '0GiB', /zero/);
    check(parseSize, '9999PiB', /more than/);
    check(parseSize, '1constructor', /constructor is no unit/);
  });
});

describe('parseRate', () => {
  it('reads bytes per second', () => {
    check(parseRate, '200MiB/s', 200 * 2 ** 20);
    check(parseRate, '10 MB/s', 10e6);
  });

  it('says what is missing or unclear', () => {
    check(parseRate, '200MiB', /`\/s` is missing/);
    check(parseRate, '200Mbit/s', /eight bits/);
    check(parseRate, '200Mb/s', /eight bits/);
    check(parseRate, '200mbps', /eight bits/);
    check(parseRate, '200M/s', /MiB \(1024\)/);
  });

  it('takes no longer for a long text', () => check(parseRate, `${'1'.repeat(100_000)}x`, /missing/));
});

describe('parseChurn', () => {
  it('reads an amount over any time', () => {
    check(parseChurn, '3600GiB/h', 2 ** 30);
    check(parseChurn, '1 MB/s', 1e6);
    check(parseChurn, '60KiB/min', 1024);
    check(parseChurn, '86400B/d', 1);
  });

  it('says what is missing or unclear', () => {
    check(parseChurn, '5GiB', /it ends with `\/s`/);
    check(parseChurn, '5GiB/y', /it ends with/);
    check(parseChurn, '5G/h', /GiB \(1024\)/);
    check(parseChurn, '/h', /a number, then a unit/);
  });
});

describe('parseDuration', () => {
  it('reads seconds to weeks', () => {
    check(parseDuration, '90min', 5400);
    check(parseDuration, '1.5 h', 5400);
    check(parseDuration, '3d', 259_200);
    check(parseDuration, '2w', 1_209_600);
    check(parseDuration, '30s', 30);
  });

  it('says what is missing or unclear', () => {
    check(parseDuration, '3', /unit is missing/);
    check(parseDuration, '3m', /m is no unit; use s, min, h, d or w/);
    check(parseDuration, 'd', /a number, then a unit/);
    check(parseDuration, '0h', /zero/);
    check(parseDuration, '0.1s', /zero/);
    check(parseDuration, `${'9'.repeat(30)}w`, /longer than/);
  });
});
