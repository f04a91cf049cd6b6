/**
 * Sizes, rates and durations as people write them. A unit is required and `G` alone is refused: zfs reads it as 1024³ and a disk's
 * label as 1000³, and a guard that is 7 % off is no guard.
 */
import type { Result } from '../result';
import { err, ok } from '../result';

/** Parses `500GiB` into bytes; the error is a message for the author. */
export function parseSize(text: string): Result<number, string> {
  return parseQuantity(text, 'a size such as `500GiB`');
}

/** Parses `200MiB/s` into bytes per second; the error is a message for the author. */
export function parseRate(text: string): Result<number, string> {
  const what = 'a rate such as `200MiB/s`';
  const trimmed = text.trim();
  if (BITS.test(trimmed)) return err(`write ${what}: rates are in bytes, eight bits each`);
  if (!trimmed.endsWith('/s')) return err(`write ${what}: the \`/s\` is missing`);
  return parseQuantity(trimmed.slice(0, -2), what);
}

/** Parses `5GiB/h` into bytes per second, of which there may be less than one; the error is a message for the author. */
export function parseChurn(text: string): Result<number, string> {
  const what = 'an amount over time such as `5GiB/h`';
  const [, amount = '', unit = ''] = /^(.*)\/(s|min|h|d)$/.exec(text.trim()) ?? [];
  const seconds = SECONDS_BY_UNIT.get(unit);
  if (seconds === undefined) return err(`write ${what}: it ends with \`/s\`, \`/min\`, \`/h\` or \`/d\``);
  const parsed = parseQuantity(amount, what);
  return parsed.ok ? ok(parsed.value / seconds) : parsed;
}

/** Parses `36h` into seconds; the error is a message for the author. */
export function parseDuration(text: string): Result<number, string> {
  const what = 'a duration such as `90min`, `36h` or `3d`';
  const [, amount, unit = ''] = QUANTITY.exec(text.trim()) ?? [];
  if (amount === undefined) return err(`write ${what}: a number, then a unit`);
  if (unit === '') return err(`write ${what}: the unit is missing`);
  const seconds = SECONDS_BY_UNIT.get(unit);
  if (seconds === undefined) return err(`write ${what}: ${unit} is no unit; use s, min, h, d or w`);
  const value = Math.round(Number(amount) * seconds);
  if (value === 0) return err(`write ${what}: zero is none`);
  return Number.isSafeInteger(value) ? ok(value) : err(`write ${what}: this is longer than anybody waits`);
}

const SECONDS_BY_UNIT: ReadonlyMap<string, number> = new Map(
  Object.entries({ s: 1, min: 60, h: 3600, d: 86_400, w: 604_800 }),
);

const BYTES_BY_UNIT: ReadonlyMap<string, number> = new Map(
  Object.entries({
    B: 1,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    PB: 1e15,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40,
    PiB: 2 ** 50,
  }),
);

const BITS = /(?:bit|bits|[KMGT]b|bps)(?:\/s)?$/;
const QUANTITY = /^([0-9]+(?:\.[0-9]+)?) ?([A-Za-z]*)$/;

function parseQuantity(text: string, what: string): Result<number, string> {
  const [, amount, unit = ''] = QUANTITY.exec(text.trim()) ?? [];
  if (amount === undefined) return err(`write ${what}: a number, then a unit`);
  if (unit === '') return err(`write ${what}: the unit is missing`);
  const bytes = BYTES_BY_UNIT.get(unit);
  if (bytes === undefined) return err(unknownUnit(unit, what));
  const value = Math.round(Number(amount) * bytes);
  if (value === 0) return err(`write ${what}: zero lets nothing through`);
  return Number.isSafeInteger(value) ? ok(value) : err(`write ${what}: this is more than ZFS can hold in a pool here`);
}

function unknownUnit(unit: string, what: string): string {
  const letter = unit.charAt(0).toUpperCase();
  if (!'KMGTP'.includes(letter)) return `write ${what}: ${unit} is no unit; use B, KiB, MiB, GiB, TiB or PiB`;
  return `write ${what}: ${unit} is no unit here; say ${letter}iB (1024) or ${letter}B (1000)`;
}
