/** Reads `rawsend.config.yaml`: text in, settings and problems out, and never an exception. */
import type * as z from 'zod';
import { createPathSpans } from '../yaml/path-spans';
import type { Problem } from '../yaml/problem';
import { problem, show } from '../yaml/problem';
import type { FileForm } from '../yaml/schema-problems';
import { schemaProblems } from '../yaml/schema-problems';
import { readYaml } from '../yaml/read-yaml';
import { configSchema } from './schema';

export type Config = Readonly<z.infer<typeof configSchema>>;

export interface ParsedConfig {
  /** Present only when there is no problem: half a configuration would hide or show what nobody decided. */
  readonly config?: Config;
  /** By position. */
  readonly problems: readonly Problem[];
}

/** An empty file is a configuration that changes nothing. */
export function parseConfig(text: string): ParsedConfig {
  const tree = readYaml(text);
  if (tree.problems.length > 0) return { problems: tree.problems };
  const root = tree.root;
  if (root === undefined || root.value === null) return { config: {}, problems: [] };
  if (root.kind !== 'map') return { problems: [problem(root.span, NO_SECTION)] };
  const parsed = configSchema.safeParse(root.value);
  if (parsed.success) return { config: parsed.data, problems: [] };
  const found = schemaProblems(createPathSpans(text, tree), CONFIG_FORM, parsed.error.issues);
  return { problems: found.toSorted((a, b) => a.span.start - b.span.start) };
}

const NO_SECTION = 'this is no configuration: write keys with values, for instance `profile: strict`';

const CONFIG_FORM: FileForm = {
  schema: configSchema,
  refusal: 'a key that is not understood would decide nothing',
  owner: (path) => (path.length === 0 ? 'the configuration' : show(String(path.at(-1)))),
  respell: (path, value) => (path[0] === 'rules' && path.length === 2 ? LEVEL_WORDS.get(value) : undefined),
};

/** What other linters and other YAML readers call a severity. */
const LEVEL_WORDS: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [false, 'off'],
  ['warn', 'warning'],
  ['info', 'information'],
  ['hint', 'information'],
]);
