import { schemaPlace } from './schema-places';

/** What a policy has where nobody wrote it, as it would stand there: `raw: true` for `['send', 'raw']`. */
export const defaultText = (path: readonly string[]): string | undefined =>
  schemaPlace(['policies', '', ...path])?.text?.default;

/** Whether a value is the default of its key, as YAML would show both. */
export const isDefault = (path: readonly string[], value: unknown): boolean =>
  defaultText(path) === `${path.at(-1) ?? ''}: ${String(value)}`;
