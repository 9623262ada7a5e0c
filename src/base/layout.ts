import { createHash } from 'node:crypto';

/** Every path of an app on a host, in one place. All absolute. */
export interface Layout {
  readonly root: string;
  readonly run: string;
  readonly live: string;
  readonly previous: string;
  readonly repository: string;
  readonly shared: string;
  readonly snapshots: string;
  readonly config: string;
  release(version: string): ReleaseLayout;
  venv(hash: string): string;
}

export interface ReleaseLayout {
  readonly folder: string;
  readonly code: string;
  readonly site: string;
  readonly venv: string;
  readonly env: string;
  readonly gunicorn: string;
  readonly processes: string;
  readonly socketLink: string;
  /** The folder in the run folder that holds `socket`. */
  readonly socketFolder: string;
  readonly socket: string;
  readonly manifest: string;
  readonly logs: string;
}

/** Where an app of the `local` target lives below decant's home. */
export function localLayout(home: string, uid: number, app: string): Layout {
  return layout(`${home}/apps/${app}`, `/tmp/decant-${uid}/${shortHash(`${home}\0${app}`)}`);
}

export function layout(root: string, run: string): Layout {
  return {
    root,
    run,
    live: `${root}/live`,
    previous: `${root}/previous`,
    repository: `${root}/repo.git`,
    shared: `${root}/shared`,
    snapshots: `${root}/snapshots`,
    config: `${root}/config.json`,
    release: version => releaseLayout(root, run, version),
    venv: hash => `${root}/venvs/${hash}`,
  };
}

function releaseLayout(root: string, run: string, version: string): ReleaseLayout {
  const folder = `${root}/releases/${version}`;

  return {
    folder,
    code: `${folder}/code`,
    site: `${folder}/site`,
    venv: `${folder}/venv`,
    env: `${folder}/env`,
    gunicorn: `${folder}/gunicorn.conf.py`,
    processes: `${folder}/processes`,
    socketLink: `${folder}/sock`,
    socketFolder: `${run}/${version}`,
    socket: `${run}/${version}/app.sock`,
    manifest: `${folder}/manifest.json`,
    logs: `${root}/logs/${version}`,
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
