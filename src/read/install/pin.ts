/** Whether a specifier pins a version below major.minor. */
export function isPinnedBelow(specifier: string | undefined, major: number, minor: number): boolean {
  const [, first, second] = /^={2,3}\s*(\d+)(?:\.(\d+))?/.exec(specifier ?? '') ?? [];
  if (first === undefined) return false;
  return Number(first) < major || (Number(first) === major && Number(second ?? 0) < minor);
}

/** Whether a specifier pins a version, and not one below major.minor. */
export function isPinnedFrom(specifier: string | undefined, major: number, minor: number): boolean {
  return /^={2,3}\s*\d/.test(specifier ?? '') && !isPinnedBelow(specifier, major, minor);
}
