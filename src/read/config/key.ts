import * as z from 'zod';

/** What people are told of a key, in an editor and in the reference. */
interface About {
  readonly means: string;
  /** What holds when the key is absent. */
  readonly otherwise: string;
  /** As it is written in the file. */
  readonly example: unknown;
}

/** A key that may be left out, described once. */
export function key<Schema extends z.ZodType>(schema: Schema, about: About): z.ZodOptional<Schema> {
  const { means, otherwise, example } = about;
  return z.optional(schema.meta({ description: means, otherwise, examples: [example] }));
}
