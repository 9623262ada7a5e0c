import { dirname, join, normalize } from 'node:path/posix';
import type { Place } from '../../model/profile.ts';
import { dataAt, entriesIn, listIn, textIn } from './data-at.ts';
import { envFileLines } from './env-file-lines.ts';
import { type Copy, copiedFolder, type Image, imageOf } from './image.ts';
import { folderHere } from './run-folder.ts';
import type { Scope } from './scope.ts';
import { type YamlFile, yamlFile } from './yaml-file.ts';

/** A service of a compose file whose code is this repository's. */
export interface ComposeService {
  readonly path: string;
  /** Its command with its entrypoint in front; undefined when the image's own is used. */
  readonly command: string | undefined;
  readonly place: Place;
  readonly folder: string | undefined;
  readonly image: Image;
  readonly variables: ReadonlyMap<string, string>;
  /** What the file itself gives it, in its order. */
  readonly environment: readonly GivenVariable[];
  readonly flaskAppPlace: Place;
  /** The folder that its image is built of; undefined for another image with a folder of ours. */
  readonly context: string | undefined;
  /** The names of all services of the file. */
  readonly neighbours: readonly string[];
}

interface GivenVariable {
  readonly name: string;
  /** null: the name alone, which passes the shell's value on. */
  readonly value: string | null;
  readonly place: Place;
}

/** The services of every compose file that run code of this repository. */
export function composeServices(scope: Scope): readonly ComposeService[] {
  return scope.files
    .filter(path => named.test(path))
    .flatMap(path => {
      const file = yamlFile(scope.text(path));
      if (file === undefined) return [];
      return entriesIn(file.value, 'services').flatMap(
        ([name, service]) => serviceOf(scope, { path, file, name, service }) ?? [],
      );
    });
}

const named = /^([\w-]+\/)?((docker|podman)-)?compose[\w.-]*\.ya?ml$/;

interface Written {
  readonly path: string;
  readonly file: YamlFile;
  readonly name: string;
  readonly service: unknown;
}

function serviceOf(scope: Scope, { path, file, name, service }: Written): ComposeService | undefined {
  const base = dirname(path) === '.' ? '' : dirname(path);
  const environment = environmentOf(scope, base, { path, file, name, service });
  const built = builtImage(scope, base, service);
  const mounts = mountedFolders(scope, base, service);
  if (built === undefined && mounts.length === 0) return undefined;

  const image = built ?? { commands: [], workdir: '/', copies: [], variables: new Map(), places: new Map() };
  const written = textIn(service, 'working_dir') ?? image.workdir;
  const copied = copiedFolder({ copies: [...mounts, ...image.copies] }, written);
  const words = [...commandWords(service, 'entrypoint'), ...commandWords(service, 'command')];
  const key = dataAt(service, 'command') === undefined ? 'entrypoint' : 'command';
  return {
    path,
    command: words.length === 0 ? undefined : words.join(' '),
    place: scope.place(path, file.line('services', name, key)),
    folder: copied === undefined || copied === '' ? copied : folderHere(scope, copied),
    image,
    variables: new Map([
      ...image.variables,
      ...environment.flatMap(each => (each.value ? [[each.name, each.value] as const] : [])),
    ]),
    environment,
    flaskAppPlace: scope.place(path, file.line('services', name, 'environment')),
    context: built === undefined ? undefined : buildContext(base, service),
    neighbours: entriesIn(file.value, 'services').map(([each]) => each),
  };
}

/** The image that `build:` makes; undefined when there is none or its folder is not here. */
function builtImage(scope: Scope, base: string, service: unknown): Image | undefined {
  const build = dataAt(service, 'build');
  const context = buildContext(base, service);
  if (context === undefined) return undefined;

  const dockerfile = normalize(join(context, textIn(build, 'dockerfile') ?? 'Dockerfile'));
  const image = imageOf(scope, dockerfile, context, textIn(build, 'target'));
  return image.copies.length > 0 ? image : { ...image, copies: [{ from: context, to: image.workdir }] };
}

function buildContext(base: string, service: unknown): string | undefined {
  const build = dataAt(service, 'build');
  const written =
    typeof build === 'string' ? build : build === undefined ? undefined : (textIn(build, 'context') ?? '.');
  if (written === undefined || /^\w+:\/\//.test(written)) return undefined;
  return normalize(join(base, written)).replace(/\/$/, '').replace(/^\.$/, '');
}

/** Folders of the repository that the service has as volumes. */
function mountedFolders(scope: Scope, base: string, service: unknown): readonly Copy[] {
  return listIn(service, 'volumes').flatMap(volume => {
    const [source, target] =
      typeof volume === 'string'
        ? volume.replace(/^\$(\{PWD\}|PWD\b|\(pwd\))/, '.').split(':')
        : [textIn(volume, 'source'), textIn(volume, 'target')];
    if (source === undefined || target === undefined || !source.startsWith('.')) return [];
    const from = normalize(join(base, source)).replace(/\/$/, '').replace(/^\.$/, '');
    const isCode = scope.paths.some(path => path.startsWith(from === '' ? '' : `${from}/`));
    return isCode && !from.startsWith('..') ? [{ from, to: target.replace(/(.)\/$/, '$1') }] : [];
  });
}

/** A list's words that hold spaces keep together, but for the line of `sh -c`. */
function commandWords(service: unknown, key: string): readonly string[] {
  const value = dataAt(service, key);
  if (typeof value === 'string') return [value];
  const words = listIn(service, key).map(String);
  const shell = words.indexOf('-c');
  if (shell !== -1 && /sh$/.test(words[0] ?? '')) return words.slice(shell + 1, shell + 2);
  return words.map(word => (/[\s'()]/.test(word) && !word.includes('"') ? `"${word}"` : word));
}

function environmentOf(
  scope: Scope,
  base: string,
  { path, file, name: own, service }: Written,
): readonly GivenVariable[] {
  const files = [
    textIn(service, 'env_file') ?? [],
    listIn(service, 'env_file').map(each => (typeof each === 'string' ? each : textIn(each, 'path'))),
  ].flat();
  const fromFiles = files.flatMap(written => {
    const from = written === undefined ? undefined : normalize(join(base, written));
    return from === undefined
      ? []
      : envFileLines(scope, from).map(({ name, value, line }) => ({ name, value, place: scope.place(from, line) }));
  });
  const place = (key: string | number) => scope.place(path, file.line('services', own, 'environment', key));
  const listed = listIn(service, 'environment').flatMap((each, at) => {
    const [, name, value = null] = /^(\w+)(?:=(.*))?$/s.exec(String(each)) ?? [];
    return name === undefined ? [] : [{ name, value, place: place(at) }];
  });
  const mapped = entriesIn(service, 'environment').map(([name, value]) => ({
    name,
    value: value === null ? null : String(value),
    place: place(name),
  }));
  return [...fromFiles, ...listed, ...mapped];
}
