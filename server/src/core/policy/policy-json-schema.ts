import * as z from 'zod';
import { fileSchema } from './schema';

/** The form of a policy file for editors that know JSON Schema only. What it cannot say, `rawsend lint` does. */
export function policyJsonSchema(): z.core.JSONSchema.BaseSchema {
  return { ...z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' }), title: 'Rawsend policy file' };
}
