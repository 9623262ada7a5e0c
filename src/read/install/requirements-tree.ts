import { dirname, join } from 'node:path/posix';
import type { Install } from '../../model/install.ts';
import type { Problem } from '../../model/profile.ts';
import type { RepoFiles } from '../../model/repo-files.ts';
import { isCondasOwn } from './conda-names.ts';
import {
  isForeignPath,
  namesPython,
  namesSystem,
  pythonMarker,
  successor,
  systemMarker,
  withoutPath,
} from './foreign-packages.ts';
import { emptyInstall } from './manifest.ts';
import { installerOptions } from './options.ts';
import { type Requirement, type RequirementLine, requirementLines } from './requirements.ts';
import { type Mended, mendingProblems } from './requirements-mended.ts';

/** What requirements files and all that they include ask for. Paths are relative to the repository. */
export function requirementsTree(
  files: RepoFiles,
  ...paths: readonly string[]
): { readonly install: Install; readonly problems: readonly Problem[] } {
  const found = newTree();
  for (const path of paths) readInto(found, files, path, false);

  const { packages, projects } = found;
  const asFile = projects.length === 0 && found.mended.length === 0 && isReadable(found);
  const install: Install = {
    ...emptyInstall,
    manager: 'pip',
    files: found.files,
    pinned: packages.length > 0 && packages.every(isPinned),
    hashes: asFile && found.hashes,
    requirements: asFile ? paths : [],
    constraints: asFile ? [] : found.constraints,
    packages: asFile ? [] : [...packages.map(({ text }) => text), ...found.unknown],
    declared: Object.fromEntries(packages.filter(({ name }) => name !== '').map(each => [each.name, each.specifier])),
    options: installerOptions(found.options, asFile ? 'file' : 'words'),
    projects,
  };
  return { install, problems: [...found.problems, ...mendingProblems(found.mended, found.hashes && !asFile)] };
}

interface Tree {
  readonly files: string[];
  readonly texts: string[];
  readonly packages: Requirement[];
  readonly projects: Install['projects'][number][];
  readonly constraints: string[];
  readonly options: string[];
  readonly problems: Problem[];
  /** Lines that can't be given to an installer as they are. */
  readonly mended: Mended[];
  /** Lines that only the installer can judge. */
  readonly unknown: string[];
  hashes: boolean;
}

function newTree(): Tree {
  const lists = { files: [], texts: [], packages: [], projects: [], constraints: [] };
  return { ...lists, options: [], problems: [], mended: [], unknown: [], hashes: false };
}

/** Installers read UTF-8 without a mark; what was decoded from Latin-1 looks the same here as UTF-8 that is not ASCII. */
function isReadable({ texts, hashes }: Tree): boolean {
  return !texts.some(text => text.startsWith('\uFEFF') || (!hashes && /[\u0080-\uFFFF]/.test(text)));
}

function readInto(tree: Tree, files: RepoFiles, path: string, isConstraint: boolean): void {
  if (tree.files.includes(path)) return;
  const text = files.text(path);
  tree.files.push(path);
  if (text === undefined) {
    tree.problems.push({
      id: 'requirements-unreadable',
      message: `${path} is named but it is not in the repository, or it is no text.`,
      fatal: true,
    });
    return;
  }

  tree.texts.push(text);
  for (const line of requirementLines(text)) note(tree, files, { path, isConstraint }, line);
}

function note(
  tree: Tree,
  files: RepoFiles,
  from: { readonly path: string; readonly isConstraint: boolean },
  line: RequirementLine,
): void {
  const place = `${from.path}:${line.line}`;

  if (line.kind === 'include' || line.kind === 'constraint') {
    const isConstraint = from.isConstraint || line.kind === 'constraint';
    const path = join(dirname(from.path), line.path);
    if (line.kind === 'constraint') tree.constraints.push(path);
    readInto(tree, files, path, isConstraint);
  } else if (line.kind === 'option') {
    tree.options.push(line.text);
    if (line.text.includes('--require-hashes')) tree.hashes = true;
  } else if (line.kind === 'unknown') {
    noteUnknown(tree, line.text, place);
  } else if (from.isConstraint) {
    return;
  } else if (line.kind === 'package') {
    notePackage(tree, line.requirement, place);
    if (line.hashes) tree.hashes = true;
  } else if (line.kind === 'project') {
    noteProject(tree, from.path, line, place);
  }
}

/** Addresses and paths come in more forms than decant knows; a plain line that is no requirement stops every installer. */
function noteUnknown(tree: Tree, text: string, place: string): void {
  const isCertain = !/[/\\@]|\.(whl|zip|tar\.gz)\b/.test(text);
  if (!isCertain) tree.unknown.push(text);
  tree.problems.push({
    id: 'requirement-unknown',
    message: isCertain
      ? `This line is no requirement, and an installer refuses it: ${text}`
      : `This line is no requirement that decant understands: ${text}`,
    place,
    ...(isCertain ? { fatal: true, next: ['correct that line, or take it out'] } : {}),
  });
}

function notePackage(tree: Tree, requirement: Requirement, place: string): void {
  const isForeign = isForeignPath(requirement.url);
  const kept = isForeign ? withoutPath(requirement) : requirement;
  if (kept === undefined || (isForeign && isCondasOwn(kept.name))) {
    tree.mended.push({ kind: 'dropped', name: kept?.name ?? requirement.url, place });
    return;
  }
  if (isForeign) tree.mended.push({ kind: 'path', name: kept.name, place });
  const newer = namesPython(kept) ? undefined : successor(kept.name);
  if (newer !== undefined) tree.problems.push(leftBehind(kept.name, newer, place));

  const system = namesSystem(kept) ? undefined : systemMarker(kept.name);
  const added = system ?? (namesPython(kept) ? undefined : pythonMarker(kept.name));
  if (added === undefined) tree.packages.push(kept);
  else {
    const marker = kept.marker === '' ? added : `(${kept.marker}) and ${added}`;
    tree.mended.push({ kind: system === undefined ? 'python' : 'system', name: kept.name, place });
    tree.packages.push({ ...kept, marker, text: `${kept.text.replace(/ ; [\s\S]*$/, '')} ; ${marker}` });
  }
}

/** No Python here can build it: every attempt would end in its setup.py. */
function leftBehind(name: string, newer: string, place: string): Problem {
  const message = `${name} exists for Python 2 only.`;
  return { id: 'python-2-package', fatal: true, message, place, next: [`replace it by ${newer}, and pin that`] };
}

/** pip resolves `-e .` against the folder it runs in, which is the requirements file's own in all but odd cases. */
function noteProject(
  tree: Tree,
  from: string,
  line: { readonly path: string; readonly editable: boolean; readonly extras: readonly string[] },
  place: string,
): void {
  const path = join(dirname(from), line.path);
  if (path.startsWith('..') || line.path.startsWith('/') || isForeignPath(line.path)) {
    tree.problems.push({
      id: 'project-outside',
      message: `${line.path} lies outside the repository.`,
      place,
      fatal: true,
    });
    return;
  }
  tree.projects.push({
    path: path.replace(/(?<=.)\/$/, ''),
    editable: line.editable,
    ...(line.extras.length === 0 ? {} : { extras: line.extras }),
  });
}

function isPinned({ specifier, url }: Requirement): boolean {
  return /^={2,3}[^*,]+$/.test(specifier) || /@[0-9a-f]{40}\b/.test(url);
}
