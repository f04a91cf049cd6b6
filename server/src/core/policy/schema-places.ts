import { isPlain, show } from '../yaml/problem';
import type { Path } from '../yaml/path-spans';
import type { SchemaPlace } from '../yaml/schema-place';
import { placeIn } from '../yaml/schema-place';
import type { FileForm } from '../yaml/schema-problems';
import { parseIncludePath } from './include-paths';
import { fileSchema } from './schema';

/** What the schema says about one place of a policy file; undefined where it has none. */
export const schemaPlace = (path: Path): SchemaPlace | undefined => placeIn(fileSchema, path);

export const POLICY_FORM: FileForm = {
  schema: fileSchema,
  refusal: 'a file with a key that is not understood is not run',
  owner(path) {
    if (path.length === 0) return 'the file';
    const name = show(String(path.at(-1)));
    if (path.length !== 2) return name;
    return `${path[0] === 'hosts' ? 'the host' : 'the policy'} ${name}`;
  },
  homeOf: (key) => HOMES.get(key),
  respell: (path, value) =>
    path.at(-3) === 'receive' && path.at(-2) === 'set' ? propertyText(value) : oneInclude(path, value),
};

/** The section of a policy that has a key, for a key that was written beside it. */
const HOMES: ReadonlyMap<string, string> = new Map(
  [...(schemaPlace(['policies', ''])?.keys.keys() ?? [])].flatMap((section) =>
    [...(schemaPlace(['policies', '', section])?.keys.keys() ?? [])].map((key): [string, string] => [key, section]),
  ),
);

/** One file is a list of one. */
const oneInclude = ([key, ...rest]: Path, value: unknown): string | undefined =>
  key === 'include' && rest.length === 0 && typeof value === 'string' && isPlain(value) && parseIncludePath(value).ok
    ? `[${value}]`
    : undefined;

/** The value of a ZFS property is text, even where it looks like something else. */
function propertyText(value: unknown): string | undefined {
  // `readonly: true` is what other YAML readers make of `on`.
  if (typeof value === 'boolean') return value ? '"on"' : '"off"';
  return Number.isSafeInteger(value) ? `"${String(value)}"` : undefined;
}
