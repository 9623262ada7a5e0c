import type { Deployment } from '../../model/deployment.ts';
import type { Step } from '../../model/plan.ts';
import { systemdEnvFile } from '../../read/env-file.ts';
import { type Draft, fileWrite, idPart, joined, steps } from '../draft.ts';
import { processSpecs } from '../process-specs.ts';
import { releaseManifest } from '../release-manifest.ts';
import { workerClass } from '../server-command.ts';
import { gunicornConf } from '../templates/gunicorn-conf.ts';
import { assetSteps } from './assets.ts';
import { code } from './code.ts';
import { buildConstraints, installerCleanup, installerSettings } from './installer.ts';
import { publicVariables } from './public-variables.ts';
import { siteSteps } from './site.ts';
import { venvSteps } from './venv.ts';

/** A whole release, aside: code, environment, packages, service files; the manifest last. */
export function build(deployment: Deployment): Draft {
  return joined(
    steps(folderStep(deployment)),
    code(deployment),
    installerSettings(deployment),
    buildConstraints(deployment),
    venvSteps(deployment),
    steps(...siteSteps(deployment)),
    installerCleanup(deployment),
    settings(deployment),
    publicVariables(deployment),
    steps(socketFolderStep(deployment), socketLinkStep(deployment), ...assetSteps(deployment)),
    steps(sealStep(deployment)),
  );
}

function folderStep({ layout, version }: Deployment): Step {
  const { folder } = layout.release(version);

  return {
    id: 'build.folder',
    title: `Make the folder of ${version}`,
    why: 'a release is built aside',
    phase: 'build',
    action: { do: 'mkdir', path: folder, mode: '0755' },
    undo: [{ do: 'remove', path: folder }],
  };
}

/** The env file, gunicorn's configuration where it serves, the process specs and the config store of this release. */
function settings(deployment: Deployment): Draft {
  const release = deployment.layout.release(deployment.version);
  const drafts = [
    fileWrite(
      {
        id: 'build.env',
        title: 'Write the environment',
        why: `${Object.keys(deployment.environment).length} variables`,
        phase: 'build',
      },
      { path: release.env, text: systemdEnvFile(deployment.environment), mode: '0600' },
    ),
    fileWrite(
      {
        id: 'build.config',
        title: 'Keep the config store beside it',
        why: 'a rollback brings it back',
        phase: 'build',
      },
      { path: `${release.folder}/config.json`, text: deployment.config, mode: '0600' },
    ),
    ...(deployment.profile.listens === null ? [gunicornDraft(deployment)] : []),
    ...processSpecs(deployment).map(spec =>
      fileWrite(
        {
          id: `build.process:${idPart(spec.process)}`,
          title: `Describe the process ${spec.process}`,
          why: 'the keeper runs it from this file',
          phase: 'build',
        },
        { path: `${release.processes}/${spec.process}.json`, text: `${JSON.stringify(spec, null, 2)}\n`, mode: '0644' },
      ),
    ),
  ];

  return joined(...drafts);
}

function gunicornDraft(deployment: Deployment): Draft {
  const release = deployment.layout.release(deployment.version);
  const { tuning } = deployment;
  const { needs, worker_class } = deployment.profile;
  const single = needs.singleProcess || needs.websocket;
  const text = gunicornConf({
    socket: release.socket,
    workers: tuning.workers ?? (single ? 1 : 2),
    threads: tuning.threads ?? (worker_class === 'gthread' ? (single ? 16 : 4) : 1),
    workerClass: workerClass(deployment),
    fixed: fixedSettings(deployment),
    entry: deployment.profile.entry,
    theirs: deployment.gunicornConf === null ? null : `${release.code}/${deployment.gunicornConf}`,
  });

  return fileWrite(
    { id: 'build.gunicorn', title: 'Write gunicorn.conf.py', why: 'its own socket for each release', phase: 'build' },
    { path: release.gunicorn, text, mode: '0644' },
  );
}

/** What somebody decided about the server, and what the app can't do without: no file of gunicorn's changes it. */
function fixedSettings(deployment: Deployment): Record<string, number | string> {
  const { needs, evidence } = deployment.profile;
  const { workers = needs.singleProcess ? 1 : undefined, threads } = deployment.tuning;

  return {
    ...(workers === undefined ? {} : { workers }),
    ...(threads === undefined ? {} : { threads }),
    ...(evidence.worker_class === undefined ? {} : { worker_class: workerClass(deployment) }),
  };
}

function socketFolderStep({ layout, version }: Deployment): Step {
  const { socketFolder } = layout.release(version);

  return {
    id: 'build.socket-folder',
    title: 'Make the folder of its socket',
    why: 'no socket path is ever bound by two masters',
    phase: 'build',
    action: { do: 'mkdir', path: socketFolder, mode: '0700' },
    undo: [{ do: 'remove', path: socketFolder }],
  };
}

function socketLinkStep({ layout, version }: Deployment): Step {
  const release = layout.release(version);

  return {
    id: 'build.socket-link',
    title: 'Link the socket into the release',
    why: 'proxies connect to live/sock',
    phase: 'build',
    action: { do: 'link', path: release.socketLink, to: release.socket },
  };
}

function sealStep(deployment: Deployment): Step {
  const release = deployment.layout.release(deployment.version);

  return {
    id: 'build.seal',
    title: 'Seal the release with its manifest',
    why: 'its presence is the release',
    phase: 'build',
    action: { do: 'seal', path: release.manifest, folder: release.code, manifest: { ...releaseManifest(deployment) } },
  };
}
