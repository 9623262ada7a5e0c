/** A setting that can be given without a file. */
export interface ExplicitSetting {
  readonly flag?: string;
  readonly variable?: string;
  /** Where it stands in the file, on a target. */
  path(target: string): readonly string[];
}

export type SettingName =
  | 'app'
  | 'target'
  | 'root'
  | 'python'
  | 'entry'
  | 'health'
  | 'release'
  | 'workers'
  | 'threads'
  | 'worker_class'
  | 'port'
  | 'host';

const own = (name: string) => () => [name];
const ofTarget = (name: string) => (target: string) => ['targets', target, name];

/** Every setting that a flag or a variable can give, in the order in which they are shown. */
export const explicitSettings: Readonly<Record<SettingName, ExplicitSetting>> = {
  app: { flag: '--app', variable: 'DECANT_APP', path: own('app') },
  target: { flag: '--target', variable: 'DECANT_TARGET', path: own('target') },
  root: { path: own('root') },
  python: { variable: 'DECANT_PYTHON', path: own('python') },
  entry: { variable: 'DECANT_ENTRY', path: own('entry') },
  health: { variable: 'DECANT_HEALTH', path: own('health') },
  release: { variable: 'DECANT_RELEASE_COMMAND', path: own('release') },
  workers: { variable: 'DECANT_WORKERS', path: own('workers') },
  threads: { variable: 'DECANT_THREADS', path: own('threads') },
  worker_class: { variable: 'DECANT_WORKER_CLASS', path: own('worker_class') },
  port: { flag: '--port', variable: 'DECANT_PORT', path: ofTarget('port') },
  host: { variable: 'DECANT_HOST', path: ofTarget('host') },
};

export const settingNames = Object.keys(explicitSettings) as readonly SettingName[];

/** Whether the shell's environment gives any setting. */
export function isExplicit(environment: Readonly<Record<string, string | undefined>>): boolean {
  return settingNames.some(name => (environment[explicitSettings[name].variable ?? ''] ?? '') !== '');
}
