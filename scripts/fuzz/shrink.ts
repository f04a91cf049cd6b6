/** A smaller text that still has what `isBad` looks for: first without lines, then without characters. */
export function shrink(text: string, isBad: (text: string) => boolean): string {
  const budget = { left: MAX_ATTEMPTS };
  const byLines = shrinkParts(text.split(/(?<=\n)/), isBad, budget);
  return shrinkParts(byLines.join('').split(''), isBad, budget).join('');
}

const MAX_ATTEMPTS = 4000;

/** Takes parts away, large pieces first, until no single one can go. */
function shrinkParts(
  parts: readonly string[],
  isBad: (text: string) => boolean,
  budget: { left: number },
): readonly string[] {
  let kept = parts;
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && budget.left > 0; budget.left--) {
      const without = kept.toSpliced(at, size);
      if (isBad(without.join(''))) kept = without;
      else at += size;
    }
  }
  return kept;
}
