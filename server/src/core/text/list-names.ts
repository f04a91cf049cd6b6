/** Enough for a sentence. */
const SHOWN = 5;

/** `a, b and c`, or `a, b, c, d, e and 7 more`. */
export function listNames(names: readonly string[], most = SHOWN): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
