import * as z from 'zod';
import * as fields from './fields';
import type { YamlEntry, YamlNode } from '../yaml/yaml-tree';
import { fileSchema, policySchema } from './schema';

export type FileData = z.output<typeof fileSchema>;
export type PolicyData = z.output<typeof policySchema>;

/** What the schema says to a file. */
export interface CheckedFile {
  /** Absent where anything is refused. */
  readonly data?: FileData;
  readonly issues: readonly z.core.$ZodIssue[];
  /** The policies that are right by themselves, by name, whatever is refused elsewhere. */
  readonly sound: ReadonlyMap<string, PolicyData>;
}

/** The file around its policies. */
const frameSchema = z.strictObject({
  ...fileSchema.shape,
  policies: z.record(fields.entryName, z.unknown()).exactOptional(),
});

/** Checks each policy by itself, so that a mistake in one leaves the others as they were read: none is read twice. */
export function checkFile(root: YamlNode): CheckedFile {
  const frame = frameSchema.safeParse(root.value);
  const sound = new Map<string, PolicyData>();
  const issues = [...(frame.error?.issues ?? [])];
  for (const [name, { node }] of policiesOf(root, issues)) {
    const parsed = policySchema.safeParse(node.value);
    if (parsed.success) sound.set(name, parsed.data);
    else issues.push(...parsed.error.issues.map((issue) => ({ ...issue, path: ['policies', name, ...issue.path] })));
  }
  if (frame.data === undefined || issues.length > 0) return { issues, sound };
  const { policies, ...around } = frame.data;
  return { data: { ...around, ...(policies && { policies: Object.fromEntries(sound) }) }, issues, sound };
}

/** Without those of a name that is refused: nothing more is told about them. */
function policiesOf(root: YamlNode, issues: readonly z.core.$ZodIssue[]): readonly (readonly [string, YamlEntry])[] {
  const policies = root.entries.get('policies')?.node;
  if (policies?.kind !== 'map') return [];
  const refused = new Set(issues.flatMap(({ code, path }) => (code === 'invalid_key' ? [path.join('\n')] : [])));
  return [...policies.entries].filter(([name]) => !refused.has(`policies\n${name}`));
}
