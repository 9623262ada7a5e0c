/** Starts the runner's zipapp: isolated from the person's Python settings and packages, which also saves their loading. */
export function runnerArgv(
  runner: { readonly python: string; readonly file: string },
  words: readonly string[],
): string[] {
  return [runner.python, '-I', '-S', runner.file, ...words];
}
