/**
 * The options of a requirements file that both installers take on their command line; the rest (`--prefer-binary`,
 * `--use-feature`) only tunes pip.
 */
export function installerOptions(written: readonly string[], where: 'file' | 'words'): readonly string[] {
  const known = where === 'file' ? outsideOfFiles : everywhere;
  return [...new Set(written.map(each => each.replace(/\s+#.*$/, '')))].filter(each => known.test(each));
}

/** uv ignores these where they stand in a file. */
const outsideOfFiles = /^--(pre|trusted-host)\b/;
const everywhere =
  /^(-i|-f|--(index-url|extra-index-url|find-links|no-index|no-binary|only-binary|pre|trusted-host))(?=[=\s]|$)/;
