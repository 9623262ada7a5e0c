import type { YAMLError } from 'yaml';

const words: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice',
  TAB_AS_INDENT: 'a tab indents this line; YAML wants spaces',
  MULTIPLE_DOCS: 'a second document begins here ("---"); the file must hold one',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping can\'t begin here: put a text that holds ": " in quotes, and mind the indentation',
  BLOCK_IN_FLOW: 'a mapping can\'t begin here: put a text that holds ": " in quotes',
  TAG_RESOLVE_FAILED: 'tags ("!name") are not understood here',
  MULTILINE_IMPLICIT_KEY: 'this line is indented more or less than its neighbours',
};

/** What is wrong with the file's YAML; what is not known better is said in the parser's own words. */
export function syntaxWords({ code, message }: YAMLError): string {
  return words[code] ?? `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
