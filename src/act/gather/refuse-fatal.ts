import { join, relative } from 'node:path';
import { withoutCredentials } from '../../base/credentials.ts';
import { DecantError, exitCodes } from '../../base/errors.ts';
import { pastedWord } from '../../base/words.ts';
import type { Problem, Profile } from '../../model/profile.ts';
import { explainedFailure } from '../../read/failures/explain.ts';
import { isGitUrl, type SourcePlace } from '../source/source-place.ts';
import { sourceName } from './app-store.ts';

/** Where the source was asked for, so that another one can be named from the same place. */
export interface Asked {
  readonly cwd: string;
  readonly place: Pick<SourcePlace, 'identity' | 'folder'>;
  readonly ref: string | undefined;
  /** The asked folder, relative to the repository's top. */
  readonly subFolder: string;
}

/** Refuses what can't be deployed, naming every reason. */
export function refuseFatal(profile: Profile, asked: Asked): void {
  const fatal = profile.problems.filter(problem => problem.fatal === true);
  const [first] = fatal;
  if (first === undefined) return;
  if (first.id === 'no-app') throw noAppFound(profile);

  const choices = fatal.flatMap(problem => problem.choices ?? []);
  throw new DecantError(exitCodes.person, {
    code: first.id,
    what: first.message,
    evidence: [
      ...fatal.slice(1).map(problem => problem.message),
      ...fatal.flatMap(problem => problem.place ?? []),
      ...choices.map(({ entry, evidence }) => `${evidence}  ${entry}`),
    ],
    state: 'Nothing was changed.',
    next: first.declare ?? (choices.length > 0 ? choosing(choices, asked) : otherEntries(profile)),
  });
}

/** One command for each app, to be pasted as it stands. */
function choosing(choices: NonNullable<Problem['choices']>, { cwd, place, ref, subFolder }: Asked): string[] {
  const up = (folder: string) =>
    ['decant', 'up', ...[folder, ref].flatMap(word => word ?? []).map(pastedWord)].join(' ');
  if (!isGitUrl(place.identity))
    return choices.map(({ folder }) => up(relative(cwd, join(place.folder, relative(subFolder, folder))) || '.'));

  const clone = sourceName(place.identity);
  return [
    `git clone ${pastedWord(withoutCredentials(place.identity))} ${clone}`,
    ...choices.map(({ folder }) => up(join(clone, folder))),
  ];
}

function otherEntries({ candidates }: Profile): string[] {
  return candidates.length > 0
    ? candidates.slice(0, 5).map(candidate => `entry: ${candidate.entry}   # in decant.yaml`)
    : ['decant inspect'];
}

function noAppFound(profile: Profile): DecantError {
  const { code, what, evidence, next } = explainedFailure({
    step: 'read',
    phase: 'preflight',
    reason: 'check',
    message: 'no app',
    output: [],
    profile,
    environmentNames: [],
    app: profile.app,
    target: 'local',
    python: '',
  });
  return new DecantError(exitCodes.person, { code, what, evidence, state: 'Nothing was changed.', next });
}
