import { pastedWord } from '../../../base/words.ts';
import type { ProblemSource } from '../problem.ts';

/** With Git LFS the repository holds pointers instead of the files. */
const source: ProblemSource = {
  name: 'lfs',
  problems({ scope }) {
    const { files, paths } = scope.repository;
    return paths
      .filter(path => /(^|\/)\.gitattributes$/.test(path))
      .flatMap(path =>
        (files.text(path) ?? '').split(/\r?\n/).flatMap((text, at) => {
          const pattern = /^\s*([^#\s]\S*)\s.*\bfilter=lfs\b/.exec(text)?.[1];
          if (pattern === undefined) return [];
          const message = `${pattern} is stored with Git LFS: the repository holds pointers, and decant does not fetch the files yet.`;
          const word = pastedWord(pattern);
          const next = [
            `git lfs pull && git lfs untrack ${word} && git add --renormalize . && git commit -m 'Files instead of pointers'`,
          ];
          return [{ id: 'lfs', fatal: true, message, place: `${path}:${at + 1}`, next }];
        }),
      );
  },
};

export default source;
