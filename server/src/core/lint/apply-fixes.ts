import { applyEdits } from '../text/span';
import type { TextEdit } from '../text/span';
import type { Finding } from './finding';

/**
 * Applies the first fix of each finding: of the safe ones, or of all. A fix is applied whole or not at all: where two
 * touch the same place the first wins, and the other is found again by linting the result.
 */
export function applyFixes(text: string, findings: readonly Finding[], which: 'safe' | 'all'): string {
  const applied: TextEdit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find((candidate) => which === 'all' || candidate.safety === 'safe');
    if (fix && !fix.edits.some((edit) => applied.some((other) => touches(edit, other)))) applied.push(...fix.edits);
  }
  return applyEdits(text, applied);
}

/** Also true for two insertions at one place: their order would be chance. */
function touches(a: TextEdit, b: TextEdit): boolean {
  if (a.span.start === b.span.start) return true;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
