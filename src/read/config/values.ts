import { normalize } from 'node:path/posix';
import * as z from 'zod';
import { isAppName } from '../../base/names.ts';

/** Kinds of values that several keys share. Each `error` completes the sentence "`key` …". */

/** A name that can stand in a folder, a socket and a service. */
export const name = z.string().refine(isAppName, {
  error: 'must be lower case letters, digits and dashes, at most 40 characters',
});

export const text = z.string().refine(value => !value.includes('\0'), { error: 'must not contain a NUL character' });

/** A command line, as a shell would read it. */
export const command = text.regex(/\S/, { error: 'must be a command' });

/** A folder or file of the repository, below the app's root. */
export const relativePath = z
  .string()
  .regex(/^(?![/~])(?!(?:.*\/)?\.\.(?:\/|$))[^\\\r\n]+$/, {
    error: 'must be a path below the app\'s folder, without a leading "/", "~", or ".."',
  })
  .refine(value => !value.includes('\0'), { error: 'must not contain a NUL character' });

export const pathBelow = relativePath.refine(value => !/^\.?\/?$/.test(normalize(value)), {
  error: "must not be the app's whole folder",
});

/** A path of the app as it stands in a request. */
export const urlPath = z
  .string()
  .regex(/^\/[!-"$-~]*$/, { error: 'must be a path that begins with "/", as it stands in a request: /health' });

export function wholeNumber(least: number, most: number): z.ZodInt {
  return z.int().min(least).max(most);
}
