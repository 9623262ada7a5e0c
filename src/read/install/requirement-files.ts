import { basename, dirname } from 'node:path/posix';

/** The requirements files of a folder that may be the app's, the likeliest first: production's own, then the usual ones; never those for development. */
export function requirementFiles(paths: readonly string[]): readonly string[] {
  return paths
    .filter(path => isRequirements(path) && !other.test(path))
    .map(path => ({ path, rank: ranks.findIndex(rank => rank.test(path)) }))
    .toSorted((a, b) => a.rank - b.rank || a.path.length - b.path.length || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
}

/** Whether a file is production's own. */
export function isForProduction(path: string): boolean {
  return production.test(path);
}

function isRequirements(path: string): boolean {
  const isInFolder = /^(requirements|reqs)$/i.test(dirname(path)) && /\.(txt|in|pip)$/i.test(path);
  const isBeside =
    dirname(path) === '.' &&
    /^(pip[-_])?(requirements?|reqs?|deps|dependencies)([-_.].*)?\.(txt|in|pip)$|^requirements\.pip$/i.test(
      basename(path),
    );
  return isInFolder || isBeside;
}

const production = /(^|[-_./])(prod|production|deploy|deployment|live|heroku)([-_.]|$)/i;

/** For development, for other systems, or what others were made from. */
const other =
  /(^|[-_./])(dev|devel|develop|development|local|tests?|testing|ci|lint|linting|style|docs?|build|types|typing|mypy|bench|benchmarks?|examples?|notebooks?|jupyter|optional|extras?|windows|win|win32|mac|macos|osx|gpu|cuda|py2|py27|python2|constraints?|tools|debug)([-_.\d]|$)/i;

const ranks = [
  production,
  /^requirements\.txt$/,
  /^requirements\.txt$/i,
  /^requirements\/(requirements|main|base|common|default|app|web)\.txt$/i,
  /^(requirements?|reqs?|deps|dependencies)\.(txt|pip)$/i,
  /^[^/]+\.(txt|pip)$/,
  /\.(txt|pip)$/,
  /\.in$/,
];
