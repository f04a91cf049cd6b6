import * as z from 'zod';
import { configSchema } from './schema';

/** The form of `rawsend.config.yaml` for editors, in the draft that most of them know. */
export function configJsonSchema(): z.core.JSONSchema.BaseSchema {
  return { ...z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' }), title: 'Rawsend configuration' };
}
