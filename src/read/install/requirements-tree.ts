import { dirname, join } from 'node:path/posix';
import type { Install } from '../../model/install.ts';
import type { Problem } from '../../model/profile.ts';
import type { RepoFiles } from '../../model/repo-files.ts';
import { emptyInstall } from './manifest.ts';
import { installerOptions } from './options.ts';
import { type Requirement, type RequirementLine, requirementLines } from './requirements.ts';

/** What a requirements file and all that it includes ask for. Paths are relative to the repository. */
export function requirementsTree(
  files: RepoFiles,
  path: string,
): { readonly install: Install; readonly problems: readonly Problem[] } {
  const found = newTree();
  readInto(found, files, path, false);

  const { packages, projects, texts } = found;
  const asFile = projects.length === 0 && !texts.some(text => text.startsWith('\uFEFF'));
  const install: Install = {
    ...emptyInstall,
    manager: 'pip',
    files: found.files,
    pinned: packages.length > 0 && packages.every(isPinned),
    hashes: asFile && found.hashes,
    requirements: asFile ? [path] : [],
    constraints: asFile ? [] : found.constraints,
    packages: asFile ? [] : packages.map(({ text }) => text),
    declared: Object.fromEntries(packages.filter(({ name }) => name !== '').map(each => [each.name, each.specifier])),
    options: installerOptions(found.options, asFile ? 'file' : 'words'),
    projects,
  };
  return { install, problems: found.problems };
}

interface Tree {
  readonly files: string[];
  readonly texts: string[];
  readonly packages: Requirement[];
  readonly projects: Install['projects'][number][];
  readonly constraints: string[];
  readonly options: string[];
  readonly problems: Problem[];
  hashes: boolean;
}

function newTree(): Tree {
  return {
    files: [],
    texts: [],
    packages: [],
    projects: [],
    constraints: [],
    options: [],
    problems: [],
    hashes: false,
  };
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
    tree.problems.push({
      id: 'requirement-unknown',
      message: `This line is no requirement that decant understands: ${line.text}`,
      place,
    });
  } else if (from.isConstraint) {
    return;
  } else if (line.kind === 'package') {
    tree.packages.push(line.requirement);
    if (line.hashes) tree.hashes = true;
  } else if (line.kind === 'project') {
    noteProject(tree, from.path, line, place);
  }
}

/** pip resolves `-e .` against the folder it runs in, which is the requirements file's own in all but odd cases. */
function noteProject(
  tree: Tree,
  from: string,
  line: { readonly path: string; readonly editable: boolean; readonly extras: readonly string[] },
  place: string,
): void {
  const path = join(dirname(from), line.path);
  if (path.startsWith('..')) {
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
