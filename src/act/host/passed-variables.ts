type Environment = Readonly<Record<string, string | undefined>>;

/** What only the machine can give to what decant starts. As `MACHINE` of decant_runner/environment.py; a test compares. */
export const machineNames: readonly string[] = [
  ...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
  ...['NODE_EXTRA_CA_CERTS', 'GIT_SSL_CAINFO'],
  ...['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
];

/** Who sits at the terminal, and what it can show. */
const terminalNames = ['LOGNAME', 'TERM', 'COLORTERM', 'COLUMNS', 'LINES', 'NO_COLOR'];

/** The user's manager knows them itself, or a session takes them with it. */
const sessionNames = new Set(['HOME', 'USER', 'TMPDIR']);

/** What a command of a release gets from the person's own environment. */
export function passedVariables(environment: Environment): Record<string, string> {
  return picked(environment, [...machineNames, ...terminalNames]);
}

/** What the unit of an app keeps for boot, when there is no shell that could give it; by name. */
export function unitVariables(environment: Environment): Record<string, string> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  return picked(set, machineNames.filter(name => !sessionNames.has(name)).toSorted());
}

function picked(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
