/** A name fit for a folder, a socket and a service: lower case, digits and dashes, at most 40 characters. */
export function appName(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/\.git$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');

  return slug === '' ? 'app' : slug;
}

/** Whether a person may give this name. */
export function isAppName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text);
}

/** `name`, or `name-2`, `name-3`… when it is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;

  let number = 2;
  const suffixed = () => `${name.slice(0, 39 - String(number).length).replace(/-+$/, '')}-${number}`;
  while (taken.has(suffixed())) number += 1;
  return suffixed();
}

/** "v12" → 12. */
export function versionNumber(version: string): number {
  return Number(version.slice(1));
}

/** Whether a variable's name can stand in every env file and process. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}
