import { normalize } from 'node:path/posix';
import { commandArgv } from '../../base/words.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Action, Step } from '../../model/plan.ts';
import type { Profile } from '../../model/profile.ts';
import { commandEnvironment, workingFolder } from '../release-environment.ts';
import { publicVariablesFile } from './public-variables.ts';

/** Files that are made once per release: front ends, Django's collectstatic; and a look at whether all that is served is there. */
export function assetSteps(deployment: Deployment): Step[] {
  const commands = deployment.profile.build.filter(command => !isNpm(command) || !isLeftOut(deployment));

  return [
    ...commands.map((command, index) => ({
      id: `build.command:${index + 1}`,
      title: `Run ${command}`.slice(0, 59),
      why: 'it makes files that the app serves',
      phase: 'build' as const,
      action: commandAction(deployment, command),
      ...(isNpm(command) && isFound(deployment) ? { tolerant: true } : {}),
    })),
    ...(isFound(deployment) ? cleanSteps(deployment, commands.filter(isNpm)) : []),
    ...keptStep(deployment),
    ...servedStep(deployment),
  ];
}

/** Whether the build of a front end was found, and not written down by a person. */
function isFound({ profile }: Deployment): boolean {
  return /package\.json:\d+$/.test(profile.evidence.build ?? '');
}

function isLeftOut(deployment: Deployment): boolean {
  return deployment.host.npm === null && isFound(deployment);
}

function cleanSteps(deployment: Deployment, commands: readonly string[]): Step[] {
  const isServed = deployment.profile.unbuilt.some(({ path }) => path.includes('node_modules/'));
  const folders = new Set(isServed ? [] : commands.map(command => npmFolder(deployment, command)));

  return [...folders].map((folder, index) => ({
    id: `build.npm-clean:${index + 1}`,
    title: 'Remove the packages of the build',
    why: 'nobody asks for them after it',
    phase: 'build',
    action: { do: 'remove', path: `${folder}/node_modules` },
  }));
}

function isNpm(command: string): boolean {
  return command.startsWith('npm ');
}

/** `npm --prefix client ci` */
function npmFolder(deployment: Deployment, command: string): string {
  const words = commandArgv(command);
  return normalize(`${workingFolder(deployment)}/${words[1] === '--prefix' ? (words[2] ?? '.') : '.'}`).replace(
    /\/$/,
    '',
  );
}

function commandAction(deployment: Deployment, command: string): Action {
  const { npm } = deployment.host;
  const run = {
    do: 'run' as const,
    cwd: workingFolder(deployment),
    log: `${deployment.layout.release(deployment.version).logs}/build.log`,
    deadline: 900,
  };
  if (!isNpm(command) || npm === null) return { ...run, argv: commandArgv(command), ...commandEnvironment(deployment) };

  const [, ...words] = commandArgv(command);
  return { ...run, argv: [npm, ...words], ...npmEnvironment(deployment, npm, words.includes('run')), installer: true };
}

/** What installs packages of others knows nothing of the app's variables; a build knows those that its pages may hold. */
function npmEnvironment(
  deployment: Deployment,
  npm: string,
  isOwn: boolean,
): Pick<Action & { do: 'run' }, 'env' | 'envFile'> {
  const { env } = commandEnvironment(deployment);
  const envFile = publicVariablesFile(deployment);
  const path = [npm, deployment.host.node].map(program => program.replace(/\/[^/]*$/, ''));
  const settings = {
    PATH: [...new Set([...path, ...(env.PATH ?? '').split(':')])].join(':'),
    npm_config_audit: 'false',
    npm_config_cache: `${deployment.host.home}/cache/npm`,
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
  return isOwn ? { env: { ...env, ...settings }, ...(envFile === null ? {} : { envFile }) } : { env: settings };
}

/** What the live release serves must not get lost: its pages would lose their looks. `build: []` says that it may. */
function keptStep(deployment: Deployment): Step[] {
  const { profile, state, layout } = deployment;
  const built = profile.unbuilt.filter(each => each.built === true);
  if (built.length === 0 || profile.build.length === 0 || state.live === null) return [];

  const before = layout.release(state.live).code;
  return [
    {
      id: 'build.kept',
      title: `Look for the built files that ${state.live} serves`,
      why: 'its pages must not lose them',
      phase: 'build',
      action: { do: 'wait', check: { ...servedCheck(deployment, built), before } },
    },
  ];
}

/** A first release lives without them, but its pages don't look as they should: said, and not refused. */
function servedStep(deployment: Deployment): Step[] {
  const { unbuilt } = deployment.profile;
  if (unbuilt.length === 0) return [];

  return [
    {
      id: 'build.served',
      title: isLeftOut(deployment) ? 'Without npm, look for what it builds' : 'Look for the files that the app serves',
      why: 'the repository does not hold them',
      phase: 'build',
      action: { do: 'wait', check: servedCheck(deployment, unbuilt) },
      tolerant: true,
    },
  ];
}

function servedCheck({ layout, version, profile }: Deployment, served: Profile['unbuilt']) {
  return {
    probe: 'files' as const,
    folder: layout.release(version).code,
    files: served.map(({ path, evidence }) => ({ path: normalize(`${profile.root}/${path}`), by: evidence })),
  };
}
