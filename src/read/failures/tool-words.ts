/** What tools and Python say of failures that another attempt may mend, or can't; beside the causes, which say it to people. */

/** What old packages count on without saying so, by the words with which they fail. */
export const missed: readonly {
  readonly sign: RegExp;
  readonly wanted: string;
  readonly at: 'build' | 'run';
  readonly why: string;
}[] = [
  {
    sign: /^ModuleNotFoundError: No module named '(?:pkg_resources|distutils)/m,
    wanted: 'setuptools<81',
    at: 'run',
    why: 'a package imports pkg_resources or distutils, and nothing declares setuptools',
  },
  {
    sign: /^Error: No such command ['"]db['"]/m,
    wanted: 'setuptools<81',
    at: 'run',
    why: 'Flask before 2.1 finds the command of Flask-Migrate with pkg_resources, and says nothing where that is missing',
  },
  {
    sign: /cannot import name '?Feature'? from '?setuptools/,
    wanted: 'setuptools<46',
    at: 'build',
    why: 'a package is built with what setuptools 46 removed (Feature)',
  },
  {
    sign: /use_2to3 is invalid/,
    wanted: 'setuptools<58',
    at: 'build',
    why: 'a package is built with what setuptools 58 removed (use_2to3)',
  },
  {
    sign: /No module named '?pkg_resources/,
    wanted: 'setuptools<81',
    at: 'build',
    why: 'a package is built with what setuptools 81 removed (pkg_resources)',
  },
  {
    sign: /AttributeError: cython_sources|Cython\.Compiler\.Errors\.CompileError/,
    wanted: 'cython<3',
    at: 'build',
    why: 'a package was written for Cython before 3',
  },
];

/** An installation that failed for a reason of the machine's, the network's or the requirements': on every Python alike. */
export const othersFault =
  /No space left on device|ENOSPC|Temporary failure in name resolution|Could not (?:connect|fetch URL)|Connection refused|certificate verify failed|invalid peer certificate|conflicting dependencies|ResolutionImpossible/i;

/** Exceptions that come from outside of Python's packages: a network, a file, an end that somebody asked for. */
export const outsideErrors = /^[\w.]*(?:Connection|Timeout|OS|SystemExit|KeyboardInterrupt|gai)/;

/** What newer Pythons have no more. */
export const removedModules = new Set([
  'distutils',
  'imp',
  'cgi',
  'asyncore',
  'asynchat',
  'smtpd',
  'telnetlib',
  'pipes',
  'crypt',
  'imghdr',
  'pkg_resources',
]);
