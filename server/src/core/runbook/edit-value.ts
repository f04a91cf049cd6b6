import type { EditOperator } from '../shell/script';

/** Longer values, and patterns with more wildcards, are not worth the work. */
const MAX_VALUE = 200;
const MAX_WILDCARDS = 3;

/** What `${NAME##pattern}` and its kin make of a value; undefined for patterns that are not followed. */
export function editValue(
  value: string,
  operator: EditOperator,
  { pattern, replacement }: { readonly pattern: string; readonly replacement: string },
): string | undefined {
  const wildcards = pattern.match(/[*?]/g)?.length ?? 0;
  if (value.length > MAX_VALUE || wildcards > MAX_WILDCARDS || /[[\]\\()]/.test(pattern)) return undefined;
  const source = pattern.replaceAll(/[.+^${}|]/g, String.raw`\$&`).replaceAll('?', '.');
  const greedy = source.replaceAll('*', '.*');
  const lazy = source.replaceAll('*', '.*?');
  switch (operator) {
    case '#':
      return value.replace(new RegExp(`^${lazy}`, 's'), '');
    case '##':
      return value.replace(new RegExp(`^${greedy}`, 's'), '');
    case '%':
      return withoutEnd(value, new RegExp(`^${source.replaceAll('*', '.*')}$`, 's'), 'shortest');
    case '%%':
      return withoutEnd(value, new RegExp(`^${greedy}$`, 's'), 'longest');
    default: {
      if (pattern === '') return value;
      const found = new RegExp(greedy, operator === '//' ? 'gs' : 's');
      return value.replace(found, () => replacement);
    }
  }
}

function withoutEnd(value: string, end: RegExp, which: 'shortest' | 'longest'): string {
  const cuts = Array.from({ length: value.length + 1 }, (_, index) => index);
  const ordered = which === 'longest' ? cuts : cuts.toReversed();
  const cut = ordered.find((index) => end.test(value.slice(index)));
  return cut === undefined ? value : value.slice(0, cut);
}
