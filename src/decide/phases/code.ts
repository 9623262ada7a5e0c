import type { Layout } from '../../base/layout.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Step } from '../../model/plan.ts';
import { type Draft, fileWrite, joined, steps } from '../draft.ts';

/** The reference that a bundle of ours holds. */
export const bundleRef = 'refs/decant/incoming';

/** Byte-exact checkouts, whatever the repository's own attributes say (design.md §1). */
const attributes = '* -text -filter -ident -working-tree-encoding -export-ignore -export-subst\n';

/** The commit's files, byte for byte, from decant's own repository. */
export function code(deployment: Deployment): Draft {
  return joined(received(deployment), steps(...checkoutSteps(deployment)));
}

function received({ layout, source, version, state }: Deployment): Draft {
  if (source.bundle === null) return steps();

  const bundle = `${layout.root}/incoming-${version}.bundle`;
  const git = ['git', `--git-dir=${layout.repository}`];
  const run = { do: 'run', cwd: layout.root, env: {}, deadline: 300 } as const;

  return joined(
    // The repository is older than the oldest release that is kept.
    state.releases.length > 0 ? steps() : repository(layout),
    steps(
      {
        id: 'build.bundle',
        title: `Receive ${source.commit.slice(0, 10)}`,
        why: 'the commit is not there yet',
        phase: 'build',
        action: { do: 'write', path: bundle, blob: source.bundle, mode: '0600' },
        undo: [{ do: 'remove', path: bundle }],
      },
      {
        id: 'build.fetch',
        title: `Unpack it as ${version}`,
        why: 'its objects must outlive the bundle; git tidies up when the release is live',
        phase: 'build',
        action: {
          ...run,
          argv: [
            ...git,
            '-c',
            'gc.auto=0',
            '-c',
            'maintenance.auto=false',
            'fetch',
            '--quiet',
            '--no-tags',
            bundle,
            `+${bundleRef}:refs/decant/${version}`,
          ],
        },
      },
      {
        id: 'build.received',
        title: 'Remove the bundle',
        why: 'it is unpacked',
        phase: 'build',
        action: { do: 'remove', path: bundle },
      },
    ),
  );
}

function repository(layout: Layout): Draft {
  return joined(
    steps({
      id: 'build.repository',
      title: "Prepare decant's own repository",
      why: 'every source becomes a commit there',
      phase: 'build',
      action: {
        do: 'run',
        argv: ['git', 'init', '--quiet', '--bare', '--template=', layout.repository],
        cwd: layout.root,
        env: {},
        deadline: 60,
      },
    }),
    fileWrite(
      {
        id: 'build.attributes',
        title: 'Switch its conversions off',
        why: 'files arrive byte for byte',
        phase: 'build',
      },
      { path: `${layout.repository}/info/attributes`, text: attributes, mode: '0644' },
    ),
  );
}

function checkoutSteps({ layout, source, version }: Deployment): Step[] {
  const release = layout.release(version);
  const git = ['git', `--git-dir=${layout.repository}`, `--work-tree=${release.code}`];

  return [
    {
      id: 'build.code-folder',
      title: 'Make the folder of its code',
      why: 'the release runs from its own copy',
      phase: 'build',
      action: { do: 'mkdir', path: release.code, mode: '0755' },
    },
    {
      id: 'build.code',
      title: `Check out ${source.commit.slice(0, 10)}`,
      why: source.dirty ? 'the folder as it is, uncommitted changes too' : 'the commit to go live',
      phase: 'build',
      action: {
        do: 'run',
        argv: [
          ...git,
          '-c',
          'core.hooksPath=/dev/null',
          '-c',
          'core.autocrlf=false',
          '-c',
          'core.symlinks=true',
          'checkout',
          '--quiet',
          '--force',
          source.commit,
          '--',
          '.',
        ],
        cwd: release.code,
        env: { GIT_INDEX_FILE: `${release.folder}/index` },
        deadline: 300,
      },
    },
  ];
}
