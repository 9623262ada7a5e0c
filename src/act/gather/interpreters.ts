import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Interpreter } from '../../model/deployment.ts';
import { runCommand } from '../host/command.ts';

/** Python interpreters where people keep them: PATH, pyenv, uv, asdf, mise, the system (design.md §1). Newest first is not promised. */
export async function findInterpreters(request: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where answers are kept between runs, and whether new ones may be written. */
  readonly cache: { readonly file: string; readonly isWritten: boolean };
}): Promise<Interpreter[]> {
  const programs = [...new Set(candidates(request.environment).flatMap(realProgram))];
  const known = readCache(request.cache.file);
  const found = await Promise.all(programs.map(async program => known[stamp(program)] ?? (await asked(program))));
  const interpreters = found.filter(interpreter => interpreter !== undefined);

  if (request.cache.isWritten && programs.some(program => known[stamp(program)] === undefined)) {
    await writeCache(request.cache.file, programs, found);
  }
  return uniqueVersions(interpreters);
}

function candidates(environment: Readonly<Record<string, string | undefined>>): string[] {
  const home = environment.HOME ?? homedir();
  const managed = [
    `${environment.PYENV_ROOT ?? join(home, '.pyenv')}/versions`,
    `${environment.UV_PYTHON_INSTALL_DIR ?? join(environment.XDG_DATA_HOME ?? join(home, '.local/share'), 'uv/python')}`,
    `${environment.ASDF_DATA_DIR ?? join(home, '.asdf')}/installs/python`,
    `${environment.MISE_DATA_DIR ?? join(home, '.local/share/mise')}/installs/python`,
  ].flatMap(folder => entries(folder).map(name => join(folder, name, 'bin')));
  const path = (environment.PATH ?? '')
    .split(':')
    .filter(folder => folder.startsWith('/') && !folder.endsWith('/shims'));

  return [...path, '/usr/bin', '/usr/local/bin', ...managed].flatMap(folder =>
    entries(folder)
      .filter(name => /^python3(?:\.\d+)?$/.test(name))
      .map(name => join(folder, name)),
  );
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function realProgram(path: string): string[] {
  try {
    return [realpathSync(path)];
  } catch {
    return [];
  }
}

const question =
  'import json,platform,sys,sysconfig;from importlib.util import find_spec as f;print(json.dumps({"version":platform.python_version(),"platform":sysconfig.get_platform(),"venv":sys.prefix!=sys.base_prefix,"pip":f("pip") is not None,"ensurepip":f("ensurepip") is not None}))';

/** The interpreter's own answer; undefined for what is none, for a virtual environment's, and for Python < 3.6. */
async function asked(program: string): Promise<Interpreter | undefined> {
  const outcome = await runCommand([program, '-I', '-c', question]);

  try {
    const { venv, ...answer }: Omit<Interpreter, 'path'> & { venv: boolean } = JSON.parse(outcome.stdout.toString());
    return venv ? undefined : { path: program, ...answer };
  } catch {
    return undefined;
  }
}

/** One per version, the first found: PATH wins over the managers. */
function uniqueVersions(interpreters: readonly Interpreter[]): Interpreter[] {
  const versions = new Map<string, Interpreter>();
  for (const interpreter of interpreters)
    if (!versions.has(interpreter.version)) versions.set(interpreter.version, interpreter);

  return [...versions.values()];
}

/** A program's path with size and time: another one at the same path is asked anew. */
function stamp(program: string): string {
  const stat = statSync(program);
  return `${program} ${stat.size} ${stat.mtimeMs}`;
}

function readCache(file: string): Record<string, Interpreter> {
  if (!existsSync(file)) return {};

  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

async function writeCache(
  file: string,
  programs: readonly string[],
  found: readonly (Interpreter | undefined)[],
): Promise<void> {
  const rows = programs.flatMap((program, at) =>
    found[at] === undefined ? [] : [[stamp(program), found[at]] as const],
  );
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(Object.fromEntries(rows)));
}
