import { own } from '../../base/own.ts';
import { normalName, type Requirement } from './requirements.ts';

/** The condition under which a package can be installed at all, where it exists for one system only. */
export function systemMarker(name: string): string | undefined {
  if (windows.test(name)) return 'sys_platform == "win32"';
  return mac.test(name) ? 'sys_platform == "darwin"' : undefined;
}

/** The same for what Python 3 has itself and can't install, and for what Debian's pip freezes by mistake (pkg-resources). */
export function pythonMarker(name: string): string | undefined {
  return /^(wsgiref|futures|functools32|subprocess32|enum34|pysqlite|pkg-resources)$/.test(name)
    ? 'python_version < "3"'
    : undefined;
}

/** What replaced a package that was never carried over to Python 3, under the same module or a like one. */
export function successor(name: string): string | undefined {
  return own(successors, name);
}

const successors: Readonly<Record<string, string>> = {
  'mysql-python': 'mysqlclient',
  beautifulsoup: 'beautifulsoup4',
  pil: 'Pillow',
  'python-openid': 'python3-openid',
};

/** Whether a requirement says by itself for which Python it is. */
export function namesPython({ marker }: Pick<Requirement, 'marker'>): boolean {
  return /\bpython_(full_)?version\b/.test(marker);
}

/** A requirement that says so itself needs no help. */
export function namesSystem({ marker }: Pick<Requirement, 'marker'>): boolean {
  return /\b(sys_platform|platform_system|os_name)\b/.test(marker);
}

/** Frozen by pip on Windows or macOS, without a condition. What has a wheel for every system is not here. */
const windows =
  /^(pywin32|pypiwin32|pywinpty|pywinauto|windows-curses|win10toast|wmi|winshell|winrt-.+|win32gui|win32core|twisted-iocpsupport|wxpython-win|pycaw|pythonwin|vs2015-runtime|ucrt)$/;
const mac = /^(appscript|pyobjc|pyobjc-core|pyobjc-framework-.+|rumps|py2app|pync)$/;

/** A path of the machine that froze the file: `numpy @ file:///croot/…`, `file:///C:/x/flask-3.0-py3-none-any.whl`. */
export function isForeignPath(url: string): boolean {
  return /^(\w+\+)?file:\/\/\/|^file:[A-Za-z]:|^[A-Za-z]:[\\/]/.test(url);
}

/** What is left of such a requirement: its name, and the version where a wheel or archive tells it; undefined when it has no name. */
export function withoutPath(requirement: Requirement): Requirement | undefined {
  const file = /([^/\\]+)\.(?:whl|tar\.gz|zip)(?:#.*)?$/.exec(requirement.url)?.[1] ?? '';
  const [, archived = '', version = ''] = /^([A-Za-z][\w.]*?(?:-[A-Za-z][\w.]*?)*)-(\d[\w.]*)/.exec(file) ?? [];
  const written = requirement.name === '' ? archived : requirement.text.replace(/ @ [\s\S]*$/, '');
  if (written === '') return undefined;

  const specifier = version === '' ? '' : `==${version}`;
  const { marker } = requirement;
  const name = normalName(written.replace(/\[.*$/, ''));
  return { name, specifier, marker, url: '', text: `${written}${specifier}${marker === '' ? '' : ` ; ${marker}`}` };
}
