/** `printf FORMAT ARGUMENT…`: `%s`, `%d`, `%b`, `%%` with a width; the format is used again for what is left over. */
export function formatPrintf(format: string, args: readonly string[]): string {
  let rest = args;
  let text = '';
  do {
    const before = rest;
    text += unescape(format).replaceAll(/%(-?0?\d*)([sdb%])/g, (_, width: string, kind: string) => {
      if (kind === '%') return '%';
      const [value = '', ...others] = rest;
      rest = others;
      return pad(CONVERSIONS[kind]?.(value) ?? value, width);
    });
    if (rest === before) break;
  } while (rest.length > 0);
  return text;
}

const CONVERSIONS: Readonly<Record<string, (value: string) => string>> = {
  d: (value) => String(Number(value) || 0),
  b: unescape,
};

function pad(value: string, width: string): string {
  const length = Math.abs(Number(width));
  if (width.startsWith('-')) return value.padEnd(length);
  return value.padStart(length, width.startsWith('0') ? '0' : ' ');
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', a: '\u0007' };

/** Octal numbers are bytes: neighbouring ones make one UTF-8 character. */
function unescape(text: string): string {
  return text.replaceAll(/(?:\\0?[0-7]{1,3})+|\\([ntra\\])/g, (found: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? found;
    const bytes = found
      .split('\\')
      .slice(1)
      .map((digits) => Number.parseInt(digits, 8));
    return Buffer.from(bytes).toString();
  });
}
