import type * as z from 'zod';
import type * as schema from './plan-schema.ts';

/** Everything decant can do to a machine. Nothing else touches the world. */
export type Action = z.infer<typeof schema.action>;

/** A question that the runner asks until it is answered as expected. */
export type Check = z.infer<typeof schema.check>;

export type Phase = z.infer<typeof schema.phase>;

/** One thing to do, with its reason and how to take it back. */
export type Step = z.infer<typeof schema.step>;

/** A linear list of steps. Same inputs, same plan, byte for byte. */
export type Plan = z.infer<typeof schema.plan>;
