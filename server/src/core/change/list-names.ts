/** The first of many names, for a sentence. */
const SHOWN = 5;

/** `a, b and c`, or `a, b, c, d, e and 7 more`. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
