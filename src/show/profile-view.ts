import type { Profile } from '../model/profile.ts';
import { pairs, table } from './table.ts';
import type { View } from './view.ts';

/** `decant inspect`: what the repository is, each claim with the place where it stands. */
export function profileView(profile: Profile, view: View): string {
  const found = facts(profile).map(([name, value]): [string, string] => [name, value + place(profile, name, view)]);
  const parts = [
    `${view.colours.bold(`${profile.app}${profile.root === '.' ? '' : ` (in ${profile.root})`}`)}\n${pairs(found, view)}`,
  ];
  if (profile.environment.length > 0) parts.push(variables(profile, view));
  if (profile.problems.length > 0) parts.push(problems(profile, view));
  return parts.join('\n');
}

function facts(profile: Profile): [string, string][] {
  const { dependencies, migrations, database, needs } = profile;
  const rows: [string, string][] = [
    ['framework', profile.framework ?? 'not recognised'],
    ['entry', profile.entry ?? (profile.listens === null ? 'not found' : 'none: the app is its own server')],
    ['listens', listening(profile.listens)],
    [
      'candidates',
      profile.candidates.length > 1 ? profile.candidates.map(each => `${each.entry}  ${each.evidence}`).join('\n') : '',
    ],
    ['python', profile.python.requires ?? 'not declared'],
    [
      'dependencies',
      `${dependencies.manager}${dependencies.files.length > 0 ? ` from ${dependencies.files.join(', ')}` : ''}${dependencies.pinned ? ', pinned' : ''}`,
    ],
    ['system', profile.install.system.join(' ')],
    [
      'migrations',
      migrations === null
        ? ''
        : migrations.tool === 'self'
          ? 'by the app itself, when it is imported'
          : `${migrations.tool}: ${migrations.command}`,
    ],
    ['init', profile.initCommands.map(each => each.command + (each.destructive ? ' (drops tables)' : '')).join('\n')],
    ['database', databaseWords(database)],
    [
      'processes',
      Object.entries(profile.processes)
        .map(([name, command]) => `${name}: ${command}`)
        .join('\n'),
    ],
    ['static', profile.static.map(each => `${each.url} from ${each.path}`).join('\n')],
    ['build', profile.build.join('\n')],
    ['health', profile.health ?? ''],
    ['services', profile.services.join(' ')],
    ['state', profile.state.map(each => `${each.path} (${each.kind}, ${each.evidence})`).join('\n')],
    ['worker class', profile.listens === null ? profile.worker_class : ''],
    [
      'needs',
      Object.entries(needs)
        .filter(([, needed]) => needed)
        .map(([name]) => name)
        .join(' '),
    ],
  ];
  return rows.filter(([, value]) => value !== '');
}

function databaseWords(database: Profile['database']): string {
  if (database === null) return '';
  const parts = Object.entries(database.parts ?? {}).map(([part, name]) => `${name} (${part})`);
  const from = [
    ...(database.variable === null ? [] : [database.variable]),
    ...(parts.length > 0 ? [parts.join(', ')] : []),
  ];
  return `${database.kind}${from.length === 0 ? '' : ` from ${from.join(', or ')}`}`;
}

function listening(listens: Profile['listens']): string {
  if (listens === null) return '';
  return 'variable' in listens
    ? `on the port that ${listens.variable} names`
    : `on port ${listens.port}, whatever it is told`;
}

function place(profile: Profile, name: string, view: View): string {
  const where = name === 'python' ? (profile.python.source ?? profile.evidence[name]) : profile.evidence[name];
  return where === undefined || where === null ? '' : `  ${view.colours.dim(where)}`;
}

function variables(profile: Profile, view: View): string {
  const columns = [{ header: 'VARIABLE' }, { header: 'NEEDED' }, { header: 'DEFAULT' }, { header: 'FOUND AT' }];
  const rows = profile.environment.map(each => [
    each.name + (each.secret ? ' (secret)' : ''),
    each.required ? 'yes' : each.unhandled === true ? 'perhaps' : 'no',
    each.default ?? '',
    each.source,
  ]);
  return table(columns, rows, view);
}

function problems(profile: Profile, view: View): string {
  return profile.problems
    .map(each => {
      const sign = each.fatal ? view.colours.red(view.glyphs.failed) : view.colours.yellow(view.glyphs.warning);
      return `${sign} ${each.message}${each.place === undefined ? '' : `  ${view.colours.dim(each.place)}`}  ${view.colours.dim(`[${each.id}]`)}\n${choices(each)}${remedies(each)}`;
    })
    .join('');
}

function choices({ choices: given = [] }: Profile['problems'][number]): string {
  return given.map(({ folder, entry, evidence }) => `    ${folder}  ${entry}  ${evidence}\n`).join('');
}

function remedies({ next = [] }: Profile['problems'][number]): string {
  return next.map(text => `    ${text}\n`).join('');
}
