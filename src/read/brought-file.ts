import { dirname, join } from 'node:path/posix';
import { pastedWord } from '../base/words.ts';
import type { Problem } from '../model/profile.ts';

/** A settings file that each place has of its own (`shared/`), and the repository does not have. */
export type OwnFile = NonNullable<Problem['file']>;

/** A file that is still to be brought, with the command for it. */
export interface FileToBring {
  readonly path: string;
  readonly command: string;
}

/** "The app reads config.ini, which is not in the repository (config.ini.example is)." */
export function ownFileWords({ path, sample }: OwnFile): string {
  return `The app reads ${path}, which is not in the repository${sample === null ? '' : ` (${sample} is)`}.`;
}

/** The command that brings a file to where every release finds it. */
export function bringCommand(
  file: OwnFile,
  place: {
    /** Absolute. */
    readonly shared: string;
    /** Where a person has the repository, from where they are; null: nowhere on this machine. */
    readonly folder: string | null;
    /** Whether the folder has the file, ignored by git. */
    readonly hasFile: boolean;
  },
): string {
  const to = join(place.shared, file.path);
  const from = place.hasFile ? file.path : file.sample;
  const room = `mkdir -p ${pastedWord(dirname(to))}`;
  if (place.folder === null || from === null) return `${room} && "\${EDITOR:-vi}" ${pastedWord(to)}`;
  const copy = `${room} && cp ${pastedWord(join(place.folder, from))} ${pastedWord(to)}`;
  return place.hasFile ? copy : `${copy}    # then edit it`;
}
