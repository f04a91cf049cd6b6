/** Seconds → `7 s`, `3 min 05 s`, `2 h 10 min`, `3 d 04 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const pair = ([big, bigUnit]: readonly [number, string], [small, smallUnit]: readonly [number, string]): string =>
    `${Math.floor(whole / big)} ${bigUnit} ${String(Math.floor((whole % big) / small)).padStart(2, '0')} ${smallUnit}`;
  if (whole < 3600) return pair([60, 'min'], [1, 's']);
  if (whole < 86_400) return pair([3600, 'h'], [60, 'min']);
  return pair([86_400, 'd'], [3600, 'h']);
}
