import type { Manifest } from '../model/release.ts';
import type { ReleaseAnswer, ReleaseDiffAnswer } from '../model/release-answers.ts';
import type { Run } from '../model/state.ts';
import { ago, duration } from './durations.ts';
import { plainText } from './plain-text.ts';
import { diffColours } from './plan-view.ts';
import { releaseName } from './release-name.ts';
import { pairs } from './table.ts';
import type { View } from './view.ts';

/** `decant releases show v12`: what it is made of, and what happened to it. */
export function releaseView(answer: ReleaseAnswer, view: View): string {
  const rows: [string, string][] = [
    ['app', `${answer.app} on ${answer.target}${answer.live ? ', live' : ''}`],
    ...(answer.manifest === null ? [] : parts(answer.manifest)),
    ...(answer.state === 'failed' ? failureOf(answer) : []),
    ['history', answer.runs.map(run => history(run, view)).join('\n')],
    ['logs', answer.logs === null ? '' : `decant logs --release ${answer.release} -a ${answer.app}`],
  ];
  return `${view.colours.bold(titleOf(answer))}\n${pairs(
    rows.filter(([, value]) => value !== ''),
    view,
  )}`;
}

function titleOf(answer: ReleaseAnswer): string {
  const gone = answer.state === 'good' ? 'no longer kept' : 'taken back';
  const isAbsent = !answer.kept && answer.note !== 'not finished';
  const note = [answer.note, isAbsent ? gone : null].filter(part => part !== null).join(', ');
  return `${releaseName(answer)}${note === '' ? '' : `  ${note}`}`;
}

/** The newest failure: the step, its own message, and what tells most of its output; the logs have all of it. */
function failureOf({ runs, evidence }: ReleaseAnswer): [string, string][] {
  const failure = runs.findLast(run => run.failure !== null)?.failure;
  if (failure === undefined || failure === null) return [];

  return [
    ['failed', `${failure.phase} (${failure.step}): ${plainText(failure.message)}`],
    ['output', evidence.map(plainText).join('\n')],
  ];
}

/** What it is made of. */
function parts(manifest: Manifest): [string, string][] {
  return [
    ['built', [manifest.built_at, manifest.built_by].filter(part => part).join(' by ')],
    ['entry', manifest.entry ?? 'none'],
    ['python', manifest.python],
    ['packages', `venvs/${manifest.venv}`],
    ['migration', manifest.migration === null ? 'none' : manifest.migration.tool],
    ['health', manifest.health ?? '/'],
    [
      'processes',
      Object.entries(manifest.processes)
        .map(([name, command]) => `${name}: ${command}`)
        .join('\n') || 'web',
    ],
    ['environment', manifest.environment.join(' ') || 'none'],
    ['assumed', manifest.assumed.join('\n') || 'nothing'],
  ];
}

/** `decant releases diff v11 v12`: facts, packages and variables first, then the code as a diff. */
export function releaseDiffView(answer: ReleaseDiffAnswer, view: View): string {
  const { colours, glyphs } = view;
  const lines = [
    ...answer.facts.map(fact => `  ${colours.yellow('~')} ${fact.name}  ${fact.from} ${glyphs.arrow} ${fact.to}`),
    ...answer.packages.map(each => packageLine(each, view)),
    ...answer.environment.added.map(name => `  ${colours.green('+')} variable ${name}`),
    ...answer.environment.changed.map(name => `  ${colours.yellow('~')} variable ${name}`),
    ...answer.environment.removed.map(name => `  ${colours.red('-')} variable ${name}`),
  ];
  const facts = lines.length === 0 ? [] : [`${lines.join('\n')}\n`];
  const code = answer.code === '' ? 'The code is the same.\n' : diffColours(answer.code, view);
  return `${[`${colours.bold(`${answer.app} ${answer.from} ${glyphs.arrow} ${answer.to}`)}\n`, ...facts, code].join('\n')}`;
}

function packageLine(each: ReleaseDiffAnswer['packages'][number], view: View): string {
  const { colours, glyphs } = view;
  if (each.from === null) return `  ${colours.green('+')} ${each.name} ${each.to ?? ''}`;
  if (each.to === null) return `  ${colours.red('-')} ${each.name} ${each.from}`;
  return `  ${colours.yellow('~')} ${each.name} ${each.from} ${glyphs.arrow} ${each.to}`;
}

function history(run: Run, view: View): string {
  const took = run.seconds === null ? '' : ` in ${duration(run.seconds)}`;
  const why = run.failure === null ? '' : `: ${run.failure.phase}: ${plainText(run.failure.message)}`;
  return `${run.kind} ${run.outcome}${took}, ${ago(run.at, view.now)} by ${plainText(run.by)}${why}`;
}
