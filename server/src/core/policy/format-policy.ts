import type { Result } from '../result';
import { formatYaml } from '../yaml/format-yaml';
import type { PolicyProblem } from './problem';

/**
 * A policy file in the one layout, or what is wrong with its syntax. Keys keep their order: a comment above a key may speak
 * of the next three. A file that says nothing yet, or something that the schema refuses, is laid out all the same.
 */
export function formatPolicy(text: string): Result<string, readonly PolicyProblem[]> {
  const formatted = formatYaml(text);
  if (formatted.ok) return formatted;
  return { ok: false, error: formatted.error.map((found) => ({ ...found, rule: 'policy-syntax' as const })) };
}
