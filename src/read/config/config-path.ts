import { DecantError, exitCodes } from '../../base/errors.ts';

const names = ['decant.yaml', 'decant.yml'];

/** The configuration file among a folder's paths. Throws DecantError (exit 3) when there are two. */
export function configPath(paths: readonly string[]): string | undefined {
  const found = names.filter(name => paths.includes(name));
  if (found.length < 2) return found[0];

  throw new DecantError(exitCodes.person, {
    code: 'config-invalid',
    what: `There are two configuration files: ${found.join(' and ')}.`,
    evidence: found,
    state: 'Nothing was changed.',
    next: ['keep one of them'],
  });
}
