import { dirname, join, relative } from 'node:path/posix';
import type { Place } from '../../model/profile.ts';
import { lineOf } from '../install/toml.ts';
import { entriesIn, jsonData, textIn } from './data-at.ts';
import { isTest } from './ignored.ts';
import type { Scope } from './scope.ts';

/** A folder whose package.json says how its files are built. */
export interface FrontEnd {
  /** Relative to the scope's root: ".", "client", "../client". */
  readonly folder: string;
  /** Whether npm's lock lies beside it. */
  readonly locked: boolean;
  /** Whether it is a page of its own, by what it is made with. */
  readonly isSite: boolean;
  readonly evidence: Place;
  /** Whether the folder is its alone: it holds nothing of Python. */
  readonly isApart: boolean;
  /** What its scripts and its tools are told, as text; each word of a script in quotes. */
  readonly settings: string;
}

/** Every folder of the repository with a `build` script. */
export function frontEnds(scope: Scope): readonly FrontEnd[] {
  const { paths, files } = scope.repository;
  return paths
    .filter(path => /(^|\/)package\.json$/.test(path) && !isTest(path))
    .flatMap(path => {
      const source = files.text(path);
      const data = jsonData(source);
      if ((textIn(data, 'scripts', 'build') ?? '') === '') return [];
      const folder = dirname(path);
      const beside = paths.filter(each => dirname(each) === folder);
      const packages = ['dependencies', 'devDependencies'].flatMap(key => entriesIn(data, key).map(([name]) => name));
      const scripts = entriesIn(data, 'scripts').map(([, script]) => String(script));
      const words = scripts.flatMap(script => script.split(/[\s=]+/));
      const run = scripts.flatMap(script =>
        [...script.matchAll(/\b(?:node|tsx|bash|sh)\s+(\S+)/g)].map(([, file = '']) => file),
      );
      const named = new Set([...run, ...words.filter(word => tools.test(word))].map(word => join(folder, word)));
      const told = paths.filter(each => (beside.includes(each) && tools.test(each)) || named.has(each));
      return [
        {
          folder: relative(scope.root, folder) || '.',
          locked: beside.some(each => /(^|\/)(package-lock|npm-shrinkwrap)\.json$/.test(each)),
          isSite: packages.some(name =>
            /^(react|react-scripts|vue|svelte|@angular\/core|preact|solid-js|next|nuxt)$/.test(name),
          ),
          evidence: `${path}:${lineOf(source, '"build"')}`,
          isApart: !paths.some(each => each.endsWith('.py') && (folder === '.' || each.startsWith(`${folder}/`))),
          settings: [words.map(word => `"${word}"`).join(' '), ...told.map(each => files.text(each) ?? '')].join('\n'),
        },
      ];
    });
}

const tools =
  /(^|\/)(vite|webpack|rollup|vue|next|esbuild|gulp|tailwind|parcel)[\w.-]*\.([cm]?[jt]s|json)$|(^|\/)(build|gulpfile)\.[cm]?js$/i;
