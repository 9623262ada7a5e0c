import { pastedWord } from '../../../base/words.ts';
import type { ProblemSource } from '../problem.ts';

/** A submodule's folder would be silently empty. */
const source: ProblemSource = {
  name: 'submodules',
  problems({ scope }) {
    const lines = (scope.repository.files.text('.gitmodules') ?? '').split(/\r?\n/);
    return lines.flatMap((text, at) => {
      const path = /^path\s*=\s*(\S.*)$/.exec(text.trim())?.[1];
      if (path === undefined) return [];
      const word = pastedWord(path);
      return [
        {
          id: 'submodule',
          fatal: true,
          message: `${path} is a git submodule; decant does not fetch submodules yet.`,
          place: `.gitmodules:${at + 1}`,
          next: [
            `put its files into the repository itself:  git rm ${word}, then  git subtree add --prefix=${word} URL REF`,
          ],
        },
      ];
    });
  },
};

export default source;
