/** The strings of a JSON array of strings; undefined for anything else. */
export function stringsOfJson(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(each => typeof each === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
