import * as z from 'zod';
import { configSchema } from './schema.ts';

/** The schema of `decant.yaml` as JSON Schema, draft 7 (what editors read); `otherwise` says what holds without a key. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' });
}
