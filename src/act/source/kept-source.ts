import type { Layout } from '../../base/layout.ts';
import type { Manifest } from '../../model/release.ts';
import type { Context } from '../context.ts';
import { git } from './git.ts';
import { type ProjectConfig, projectConfig } from './project-config.ts';
import type { GatheredSource } from './source.ts';

/** The code of a release that is here, as a source: a restart and a config change build from it again. */
export async function keptSource(layout: Layout, release: Manifest, subFolder: string): Promise<GatheredSource> {
  const listing = await git([`--git-dir=${layout.repository}`, 'ls-tree', '-r', '-z', '--name-only', release.commit]);

  return {
    commit: release.commit,
    original: release.source,
    subject: release.subject,
    ref: release.ref,
    dirty: release.dirty,
    describe: async () => null,
    committedAt: null,
    folder: layout.release(release.version).code,
    paths: listing
      .split('\0')
      .filter(path => path !== '')
      .sort(),
    subFolder,
    bundle: async () => null,
    ignored: async () => [],
    remove: async () => {},
  };
}

/** What the code of a release says about itself in its own decant.yaml. */
export function keptConfig(context: Context, layout: Layout, release: Manifest): Promise<ProjectConfig> {
  const { code } = layout.release(release.version);
  const folder = release.root === '.' ? code : `${code}/${release.root}`;

  return projectConfig(context, { folder, ref: undefined }, {});
}
