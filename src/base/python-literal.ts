/** A string as a Python literal; JSON's escapes are a subset of Python's, except that Python has no surrogate pairs. */
export function pythonLiteral(text: string): string {
  return JSON.stringify(text)
    .replace(/[\u007f-\uffff]/g, '$&')
    .replace(/\u2028|\u2029/g, match => `\\u${match.charCodeAt(0).toString(16)}`);
}
