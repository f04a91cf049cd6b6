import * as z from 'zod';
import type { KeyText } from './key-text';
import { keyTextOf } from './key-text';
import type { Path } from './path-spans';

type Schema = z.core.$ZodType;

/** What a schema says about one place of a file. */
export interface SchemaPlace {
  readonly text?: KeyText;
  /** The keys that a section may have, in the order of the schema; empty for anything else. */
  readonly keys: ReadonlyMap<string, KeyText | undefined>;
  /** The values that can be listed: of enums and booleans. */
  readonly values: readonly string[];
  /** Has no default, so it must be written wherever the section that holds it is. */
  readonly isRequired: boolean;
  readonly isSection: boolean;
  readonly isList: boolean;
}

/** Looks up a place; undefined where the schema has none. */
export function placeIn(root: Schema, path: Path): SchemaPlace | undefined {
  let schema: Schema | undefined = root;
  for (const step of path) schema = schema && childOf(schema, String(step));
  if (schema === undefined) return undefined;
  const text = keyTextOf(schema);
  const inner = unwrap(schema);
  const shape = inner instanceof z.ZodObject ? Object.entries(inner.shape) : [];
  return {
    ...(text === undefined ? {} : { text }),
    keys: new Map(shape.map(([key, child]: [string, Schema]) => [key, keyTextOf(child)])),
    values: valuesOf(inner),
    isRequired: !isOptional(schema),
    isSection: inner instanceof z.ZodObject || inner instanceof z.ZodRecord,
    isList: inner instanceof z.ZodArray,
  };
}

function childOf(schema: Schema, key: string): Schema | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return Object.hasOwn(inner.shape, key) ? inner.shape[key] : undefined;
  if (inner instanceof z.ZodRecord) return inner.valueType;
  if (inner instanceof z.ZodArray) return /^\d+$/.test(key) ? inner.element : undefined;
  if (inner instanceof z.ZodUnion)
    return inner.options.map((option) => childOf(option, key)).find((child) => child !== undefined);
  return undefined;
}

const isOptional = (schema: Schema) =>
  schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodExactOptional;

/** What is written in the file: without defaults around it and transforms behind it. */
function unwrap(schema: Schema): Schema {
  if (isOptional(schema)) return unwrap(schema.def.innerType);
  return schema instanceof z.ZodPipe ? unwrap(schema.def.in) : schema;
}

function valuesOf(schema: Schema): readonly string[] {
  if (schema instanceof z.ZodBoolean) return ['true', 'false'];
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  return schema instanceof z.ZodLiteral ? [...schema.values].map(String) : [];
}
