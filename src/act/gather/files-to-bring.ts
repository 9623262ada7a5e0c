import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Profile } from '../../model/profile.ts';
import { bringCommand, type FileToBring, ownFileWords } from '../../read/brought-file.ts';
import { isGitUrl, type SourcePlace } from '../source/source-place.ts';
import type { Gathered } from './gathered.ts';

/** Settings files of the app that nobody has brought to this machine's `shared/` yet; `cwd`: where the person is. */
export function filesToBring(
  { problems }: Pick<Profile, 'problems'>,
  { layout }: Pick<Gathered, 'layout'>,
  { place, cwd }: { readonly place: Pick<SourcePlace, 'identity' | 'folder'>; readonly cwd: string },
): (FileToBring & { readonly warning: string })[] {
  return problems.flatMap(({ file, place: evidence }) => {
    if (file === undefined || existsSync(join(layout.shared, file.path))) return [];

    const folder = isGitUrl(place.identity) ? null : relative(cwd, place.folder) || '.';
    const hasFile = folder !== null && existsSync(join(place.folder, file.path));
    const command = bringCommand(file, { shared: layout.shared, folder, hasFile });
    return [{ path: file.path, command, warning: `${evidence}: ${ownFileWords(file)} Bring it:  ${command}` }];
  });
}
