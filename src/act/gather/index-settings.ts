import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Settings = Readonly<Record<string, string>>;

/** pip's option → uv's variable. https://docs.astral.sh/uv/pip/compatibility/ */
const counterparts: Settings = {
  'index-url': 'UV_DEFAULT_INDEX',
  'extra-index-url': 'UV_INDEX',
  'find-links': 'UV_FIND_LINKS',
  'trusted-host': 'UV_INSECURE_HOST',
  cert: 'SSL_CERT_FILE',
  timeout: 'UV_HTTP_TIMEOUT',
  'no-index': 'UV_NO_INDEX',
};

/** The user's index, certificate and time settings for pip (environment over files), as uv's variables. */
export function indexSettings(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const files = configFiles(environment).map(file => readIni(file));
  const pip: Record<string, string> = Object.assign({}, ...files, fromEnvironment(environment));
  const mapped = Object.entries(counterparts)
    .filter(([option]) => (pip[option] ?? '') !== '')
    .filter(([, variable]) => environment[variable] === undefined)
    .map(([option, variable]) => [variable, pip[option] ?? ''] as const);

  return Object.fromEntries(mapped);
}

/** Weakest first. https://pip.pypa.io/en/stable/topics/configuration/ */
function configFiles(environment: Readonly<Record<string, string | undefined>>): string[] {
  const home = environment.HOME ?? homedir();
  const own = environment.PIP_CONFIG_FILE;

  return [
    '/etc/pip.conf',
    join(home, '.pip/pip.conf'),
    join(environment.XDG_CONFIG_HOME ?? join(home, '.config'), 'pip/pip.conf'),
    ...(own === undefined ? [] : [own]),
  ].filter(file => file !== '/dev/null' && existsSync(file));
}

/** Options of [global] and [install]; an unreadable file counts as empty, as for pip. */
function readIni(file: string): Record<string, string> {
  const options: Record<string, string> = {};
  let section = '';

  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    const option = /^([A-Za-z][\w-]*)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (option !== null && (section === 'global' || section === 'install'))
      options[(option[1] ?? '').replaceAll('_', '-')] = option[2] ?? '';
  }

  return options;
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const rows = Object.keys(counterparts)
    .map(option => [option, environment[`PIP_${option.toUpperCase().replaceAll('-', '_')}`]] as const)
    .filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== '');

  return Object.fromEntries(rows);
}
