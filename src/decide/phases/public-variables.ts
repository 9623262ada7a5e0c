import type { Deployment } from '../../model/deployment.ts';
import { systemdEnvFile } from '../../read/env-file.ts';
import { type Draft, fileWrite, steps } from '../draft.ts';

/** By the prefixes with which bundlers take variables into pages for all to see. */
const isPublic = /^(?:(?:VITE|REACT_APP|NEXT_PUBLIC|VUE_APP|PUBLIC)_|NODE_ENV$)/;

/** The variables that npm's scripts get, in a file: what bundles a page sees no key of the app's. */
export function publicVariables(deployment: Deployment): Draft {
  const path = publicVariablesFile(deployment);
  if (path === null || !deployment.profile.build.some(command => command.startsWith('npm '))) return steps();

  const variables = publicOnes(deployment);
  return fileWrite(
    {
      id: 'build.public-env',
      title: 'Write what the front end may know',
      why: `${Object.keys(variables).length} variables whose names say that they are public`,
      phase: 'build',
    },
    { path, text: systemdEnvFile(variables), mode: '0600' },
  );
}

/** Null: there is none. */
export function publicVariablesFile(deployment: Deployment): string | null {
  const { layout, version } = deployment;
  return Object.keys(publicOnes(deployment)).length === 0 ? null : `${layout.release(version).folder}/public.env`;
}

function publicOnes({ environment }: Deployment): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isPublic.test(name)));
}
