import { usageError } from './usage-error.ts';

/** NAME=value words as pairs; the value is everything after the first `=`, as it stands. */
export function assignments(words: readonly string[]): readonly { readonly name: string; readonly value: string }[] {
  const pairs = words.map((word, at) => {
    const [, name, value] = /^([^=]*)=([\s\S]*)$/.exec(word) ?? [];
    const wrong = name === undefined ? 'A variable must be written as NAME=value, and this has no =' : wrongIn(name);
    if (name === undefined || value === undefined || wrong !== undefined)
      // The word is not repeated: it may be a secret.
      throw usageError(
        wrong ?? '',
        ["decant config set MY_NAME='the value'"],
        [...(words.length === 1 ? [] : [`variable ${at + 1} of ${words.length}`]), 'a name has letters, digits and _'],
      );
    return { name, value };
  });
  const names = pairs.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw usageError(`${twice} is given twice`, [`decant config set ${twice}='the value'`]);

  return pairs;
}

/** What keeps a word from being a variable's name. */
function wrongIn(name: string): string | undefined {
  const [character] = /[^A-Za-z0-9_]/u.exec(name) ?? [];
  if (name === '') return 'There is no name before the =';
  if (/^\d/.test(name)) return "A variable's name can't begin with a digit";
  if (character === undefined) return undefined;
  return `A variable's name can't hold ${/\s/.test(character) ? 'a space' : JSON.stringify(character)}`;
}
