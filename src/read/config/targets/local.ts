import * as z from 'zod';
import { key } from '../key.ts';
import { wholeNumber } from '../values.ts';

/** This machine: no root, no Docker, no nginx. */
export default z
  .strictObject({
    type: z.literal('local').describe('The kind of target'),
    port: key(wholeNumber(1, 65535), {
      means: 'The port that people connect to. One that is taken is an error',
      otherwise: '8000, else the next free one, kept for the app',
      example: 8000,
    }),
    host: key(z.string().regex(/^[A-Za-z0-9._:-]+$/, { error: 'must be an address or a host name' }), {
      means: 'The address to listen on. Only "127.0.0.1" and "::1" stay on this machine',
      otherwise: '127.0.0.1',
      example: '0.0.0.0',
    }),
  })
  .describe('This machine: no root, no Docker, no nginx');
