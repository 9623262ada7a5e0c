import { usageError } from './usage-error.ts';

/** NAME=value words as pairs; the value is everything after the first `=`, as it stands. */
export function assignments(words: readonly string[]): readonly { readonly name: string; readonly value: string }[] {
  return words.map(word => {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(word) ?? [];
    if (name === undefined || value === undefined)
      // The word is not repeated: it may be a secret.
      throw usageError('Every variable must be written as NAME=value', ["decant config set NAME='the value'"]);
    return { name, value };
  });
}
