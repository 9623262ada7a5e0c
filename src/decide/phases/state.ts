import { dirname } from 'node:path/posix';
import type { Deployment } from '../../model/deployment.ts';
import type { Step } from '../../model/plan.ts';
import type { StatePath } from '../../model/profile.ts';
import { sharedLimit } from '../../model/state.ts';
import { type Draft, idPart, steps } from '../draft.ts';

/** What the app writes below its own source lives in `shared/` and is linked into each release. */
export function stateLinks(deployment: Deployment): Draft {
  return steps(...sharedPaths(deployment).flatMap(row => [shareStep(deployment, row), ...copySteps(deployment, row)]));
}

interface SharedPath {
  /** Relative to the release folder. */
  readonly inRelease: string;
  /** Relative to `shared/`. */
  readonly inShared: string;
  readonly state: StatePath;
}

/** Where each piece of state stands in the release and in `shared/`; a path inside another one is left out. */
export function sharedPaths({ profile, install }: Pick<Deployment, 'profile' | 'install'>): SharedPath[] {
  const prefix = profile.root === '.' ? '' : `${profile.root}/`;
  const installed = install.projects.some(project => !project.editable && project.path === profile.root);
  const rows = profile.state.map(state => ({
    // Flask looks for `instance` beside an imported package, and an installed one is imported from `site`.
    inRelease:
      installed && /^(?:src\/)?instance(?:\/|$)/.test(state.path)
        ? `site/${state.path.replace(/^src\//, '')}`
        : `code/${prefix}${state.path}`,
    inShared: `${prefix}${state.path}`,
    state,
  }));

  return rows.filter(row => !rows.some(other => other !== row && row.inShared.startsWith(`${other.inShared}/`)));
}

function isNewState({ state }: Deployment, { inShared }: SharedPath): boolean {
  return !state.shared.includes(inShared) && state.shared.length < sharedLimit;
}

function shareStep(deployment: Deployment, row: SharedPath): Step {
  const { layout, version } = deployment;
  const { live } = deployment.state;
  const shared = `${layout.shared}/${row.inShared}`;
  const isNew = isNewState(deployment, row);

  return {
    id: `state.share:${idPart(row.inShared)}`,
    title: `Keep ${row.inShared} in shared/`.slice(0, 59),
    why: isNew ? `the app writes there (${row.state.evidence})` : 'it outlives releases',
    phase: 'state',
    action: {
      do: 'share',
      path: `${layout.release(version).folder}/${row.inRelease}`,
      shared,
      ...(live !== null ? { before: `${layout.release(live).folder}/${row.inRelease}` } : {}),
      kind: row.state.kind,
    },
    // Once the app itself has been started on it, new state is somebody's.
    ...(isNew ? { undo: [{ do: 'remove', path: shared }], undoUntil: 'start' as const } : {}),
  };
}

/** What `--with-state` brings into a piece of state that is new; taken back together with it. */
function copySteps(deployment: Deployment, row: SharedPath): Step[] {
  const { layout, copies = [] } = deployment;
  const own = isNewState(deployment, row)
    ? copies.filter(({ path }) => path === row.inShared || path.startsWith(`${row.inShared}/`))
    : [];

  return own.flatMap(({ from, path }): Step[] => {
    const isFolder = path.endsWith('/');
    const to = `${layout.shared}/${path.replace(/\/$/, '')}`;
    const about = { why: 'git ignores it, and --with-state was asked for', phase: 'state' } as const;

    return [
      {
        id: `state.folder:${idPart(path)}`,
        title: `Make room for ${path}`.slice(0, 59),
        ...about,
        action: { do: 'mkdir', path: isFolder ? to : dirname(to), mode: '0755' },
      },
      {
        id: `state.copy:${idPart(path)}`,
        title: `Copy ${path} of the folder`.slice(0, 59),
        ...about,
        action: {
          do: 'run',
          argv: ['cp', '-R', '-p', isFolder ? `${from}.` : from, to],
          cwd: layout.root,
          env: {},
          deadline: 600,
        },
      },
    ];
  });
}
