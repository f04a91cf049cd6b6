import * as z from 'zod';

/** What a reader is told about one key: the source of hover, completion, messages and the JSON Schema. */
export interface KeyText {
  /** One or two sentences: what it decides. */
  readonly summary: string;
  /** Completes "must be …". */
  readonly type: string;
  /** As it would stand in YAML; absent for a key that has no default. */
  readonly default?: string;
  /** What it does to the commands that run, as zfs flags. */
  readonly effect?: string;
  /** The key with a value, as it would stand in YAML. */
  readonly example: string;
  /** For keys with a few values: what each means. */
  readonly values?: Readonly<Record<string, string>>;
}

const texts = z.registry<KeyText>();

/** Gives a schema its text. Call it last: every other method of a schema makes a new one, without the text. */
export function documented<S extends z.ZodType>(schema: S, text: KeyText): S {
  const described = schema.describe(formatKeyText(text));
  texts.add(described, text);
  return described;
}

export const keyTextOf = (schema: z.core.$ZodType): KeyText | undefined => texts.get(schema);

/** Markdown. */
export function formatKeyText(text: KeyText): string {
  const lines = [text.summary, '', `Type: ${text.type}`];
  if (text.default !== undefined) lines.push('', `Default: \`${text.default}\``);
  if (text.effect !== undefined) lines.push('', `Effect: ${text.effect}`);
  for (const [value, meaning] of Object.entries(text.values ?? {})) lines.push('', `- \`${value}\`: ${meaning}`);
  lines.push('', `Example: \`${text.example}\``);
  return lines.join('\n');
}
