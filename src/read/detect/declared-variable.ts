import type { Place, Variable } from '../../model/profile.ts';
import { variableOf } from './variable.ts';

/** What a file for another platform says of a variable. */
export interface Declared {
  readonly name: string;
  /** null: the file names it without one. */
  readonly value: string | null;
  readonly required: boolean;
  readonly place: Place;
  /** Names that mean something in that file alone, like its containers. */
  readonly foreign?: readonly string[];
}

/**
 * A variable that a file names. Its value is shown only where it would do as well here: no secret, no address, nothing
 * of development. It is never set in silence; the command that sets the variable proposes it.
 */
export function declaredVariable({ name, value, required, place, foreign = [] }: Declared): readonly Variable[] {
  if (!/^[A-Za-z_]\w*$/.test(name) || ofTools.test(name)) return [];
  const found = variableOf(name, place, { required, default: null });
  const isHarmless = value !== null && !found.secret && harmless(name, value) && !foreign.includes(value);
  return [{ ...found, default: isHarmless ? value : null }];
}

function harmless(name: string, value: string): boolean {
  if (/DEBUG|TESTING|HOST|SERVER|ADDR|ENDPOINT/.test(name)) return false;
  return (
    /^[\w.,+-][\w.,+/ -]{0,80}$/.test(value) &&
    !/(^|[^a-z])(dev|devel|development|debug|tests?|testing|local|localhost|change|changeme|example|your|todo|xxx+)([^a-z]|$)/i.test(
      value,
    )
  );
}

/** Read by Python, by installers or by the platform, not by the app. */
const ofTools =
  /^(PYTHON[A-Z]*|PIP_|PIPENV_|POETRY_|UV_|VIRTUAL_|LETSENCRYPT_|COMPOSE_|BUILDPACK|BUILDPACK_URL$|WEB_CONCURRENCY$|DISABLE_COLLECTSTATIC$|DEBIAN_FRONTEND$)/;
