import { basename, dirname, join, normalize } from 'node:path/posix';
import { own } from '../../base/own.ts';
import type { Place } from '../../model/profile.ts';
import { type DockerfileLine, dockerfileLines } from './dockerfile.ts';
import { stringsOfJson } from './json-strings.ts';
import type { Scope } from './scope.ts';
import { substituted } from './shell-text.ts';

/** What the last stage of a Dockerfile makes, as far as the start of the app is concerned. */
export interface Image {
  /** ENTRYPOINT and CMD. */
  readonly commands: readonly { readonly text: string; readonly place: Place }[];
  readonly workdir: string;
  readonly copies: readonly Copy[];
  readonly variables: ReadonlyMap<string, string>;
  /** Where each variable is set. */
  readonly places: ReadonlyMap<string, Place>;
}

/** A folder of the repository and where the container has it. */
export interface Copy {
  readonly from: string;
  readonly to: string;
}

const nothing: Image = { commands: [], workdir: '/', copies: [], variables: new Map(), places: new Map() };

/** The image that a Dockerfile makes of a folder of the scope ("" for its own); of a stage where one is named. */
export function imageOf(scope: Scope, path: string, written?: string, target?: string): Image {
  const lines = dockerfileLines(scope, path);
  const context = written ?? contextOf(scope, path, lines);
  const stages = new Map<string, Image>();
  let image = nothing;
  let name = '';

  for (const line of lines) {
    if (line.instruction === 'FROM') {
      if (name !== '' && name === target) break;
      const [, base = '', alias = ''] = /^(?:--\S+\s+)?(\S+)(?:\s+as\s+(\S+))?/i.exec(line.text) ?? [];
      image = stages.get(base) ?? { ...nothing, variables: image.variables };
      name = alias;
    } else {
      image = { ...image, ...(own(readers, line.instruction)?.(image, line, { scope, context }) ?? {}) };
    }
    if (name !== '') stages.set(name, image);
  }
  return image;
}

interface Surroundings {
  readonly scope: Scope;
  readonly context: string;
}

type Reader = (image: Image, line: DockerfileLine, around: Surroundings) => Partial<Image>;

const readers: Readonly<Record<string, Reader>> = {
  WORKDIR: (image, { text }) => ({ workdir: inContainer(image, text) }),
  ENV: (image, { text, place }) => withVariables(image, text, place),
  ARG: (image, { text, place }) => withVariables(image, text, place),
  COPY: (image, { text }, around) => ({ copies: [...copiesOf(image, text, around), ...image.copies] }),
  ADD: (image, { text }, around) => ({ copies: [...copiesOf(image, text, around), ...image.copies] }),
  CMD: (image, { text, place }) => ({
    commands: [...image.commands, { text: substituted(text, image.variables), place }],
  }),
  ENTRYPOINT: (image, { text, place }) => ({ commands: [{ text: substituted(text, image.variables), place }] }),
};

function inContainer(image: Image, written: string): string {
  const path = substituted(written.trim(), image.variables);
  return normalize(path.startsWith('/') ? path : join(image.workdir, path)).replace(/(.)\/$/, '$1');
}

/** `ENV A=1 B=2` and the old `ENV A 1`. */
function withVariables(image: Image, text: string, place: Place): Partial<Image> {
  const pairs = /^\w+=/.test(text)
    ? [...text.matchAll(/\b(\w+)=("[^"]*"|'[^']*'|\S*)/g)].map(([, name = '', value = '']) => [name, value] as const)
    : [[/^\w+/.exec(text)?.[0] ?? '', text.replace(/^\w+\s*/, '')] as const];
  const known = pairs.filter(([name, value]) => name !== '' && value !== '');
  return {
    variables: new Map([
      ...image.variables,
      ...known.map(([name, value]) => [name, substituted(value, image.variables)] as const),
    ]),
    places: new Map([...image.places, ...known.map(([name]) => [name, place] as const)]),
  };
}

function copiesOf(image: Image, text: string, { scope, context }: Surroundings): readonly Copy[] {
  if (text.includes('--from=')) return [];
  const words = (stringsOfJson(text) ?? text.split(/\s+/)).filter(word => !word.startsWith('--'));
  const to = inContainer(image, words.at(-1) ?? '.');
  return words.slice(0, -1).flatMap(source => {
    const from = normalize(join(context, source.replace(/^\//, ''))).replace(/\/$/, '');
    const isFolder = from === '.' || scope.files.some(path => path.startsWith(`${from}/`));
    return isFolder ? [{ from: from === '.' ? '' : from, to }] : [];
  });
}

/** The folder of the repository that a container's folder holds; undefined when nothing was copied there. */
export function copiedFolder({ copies }: Pick<Image, 'copies'>, path: string): string | undefined {
  for (const { from, to } of copies) {
    if (path === to) return from;
    if (to === '/' || path.startsWith(`${to}/`))
      return normalize(join(from, path.slice(to === '/' ? 1 : to.length + 1)));
  }
  const below = copies.find(({ from, to }) => dirname(to) === path && from !== '' && basename(from) === basename(to));
  return below === undefined ? undefined : dirname(below.from).replace(/^\.$/, '');
}

/** A Dockerfile is built from its own folder or from the one above; its sources tell. */
function contextOf(scope: Scope, path: string, lines: readonly DockerfileLine[]): string {
  const own = dirname(path) === '.' ? '' : dirname(path);
  const sources = lines
    .filter(({ instruction, text }) => /^(COPY|ADD)$/.test(instruction) && !text.includes('--from='))
    .flatMap(({ text }) =>
      text
        .split(/\s+/)
        .filter(word => !word.startsWith('--'))
        .slice(0, -1),
    )
    .map(source => source.replace(/^\.?\//, '').replace(/\/$/, ''))
    .filter(source => source !== '' && source !== '.' && !/[*?$["]/.test(source));
  const fits = (context: string) => sources.filter(source => scope.exists(join(context, source))).length;
  if (sources.length === 0) return /(^|\/)(\.?docker|deploy\w*|build|ops|infra|containers?)$/.test(own) ? '' : own;
  return fits('') > fits(own) ? '' : own;
}
