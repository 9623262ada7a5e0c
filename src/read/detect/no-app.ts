import type { Problem } from '../../model/profile.ts';
import { lineOf, tableAt, textAt, tomlTable } from '../install/toml.ts';
import type { Call } from '../python/module.ts';
import { qualifiedName } from '../python/project.ts';
import { appKind } from './app-kinds.ts';
import { callableAt } from './callable.ts';
import { constructors } from './constructors.ts';
import { procfileLines } from './procfile.ts';
import type { Scope } from './scope.ts';

/** Why nothing can be served, with what was seen instead of an app. */
export function noApp(scope: Scope): Problem {
  const { message, place } = hidden(scope) ??
    needy(scope) ??
    library(scope) ?? { message: nothing(scope), place: undefined };
  return { id: 'no-app', fatal: true, message, ...(place === undefined ? {} : { place }) };
}

interface Said {
  readonly message: string;
  readonly place: string | undefined;
}

/** An app made where only `python file.py` gets: below `__main__`, or as a local name of a function that runs it. */
function hidden(scope: Scope): Said | undefined {
  for (const path of scope.containing(...constructors)) {
    const module = scope.module(path);
    const made = module?.calls.find(
      call => (call.main || isLocal(call)) && appKind(qualifiedName(scope, module, call.name)) !== undefined,
    );
    if (made === undefined) continue;
    const where = made.within === null ? "below `if __name__ == '__main__'`" : `inside ${made.within.name}()`;
    return {
      message: `${path} makes an app ${where}, where no server can get it. Make it at the top level of the file (app = …), or let a function return it (def create_app(): … return app).`,
      place: scope.place(path, made.line),
    };
  }
  return undefined;
}

/** Made in a function that answers nothing. */
function isLocal({ within }: Call): boolean {
  return within !== null && within.returns.length === 0;
}

/** A factory that wants something nobody says. */
function needy(scope: Scope): Said | undefined {
  for (const path of scope.containing(...constructors)) {
    for (const { name, within, className, line } of scope.module(path)?.functions ?? []) {
      const callable = within === null && className === null ? callableAt(scope, path, name) : undefined;
      if (callable?.factory !== true || callable.required.length === 0) continue;
      const wanted = callable.required.join(', ');
      return {
        message: `${name}(${wanted}) in ${path} makes the app, and nothing here says what a server should give it for ${wanted}. Add a wsgi.py that calls it: app = ${name}(…).`,
        place: scope.place(path, line),
      };
    }
  }
  return undefined;
}

/** A package without an app in it. */
function library(scope: Scope): Said | undefined {
  const pyproject = scope.text('pyproject.toml');
  const table = tomlTable(pyproject);
  const named = textAt(tableAt(table, 'project'), 'name') ?? textAt(tableAt(table, 'tool', 'poetry'), 'name');
  if (named !== undefined && tableAt(table, 'build-system') !== undefined)
    return {
      message: packageWords(scope, named, 'pyproject.toml'),
      place: scope.place('pyproject.toml', lineOf(pyproject, /^name\s*=/)),
    };

  for (const path of ['setup.py', 'setup.cfg']) {
    const name = /^[ \t]*name\s*=\s*["']?([\w.-]+)/m.exec(scope.text(path) ?? '')?.[1];
    if (name !== undefined)
      return {
        message: packageWords(scope, name, path),
        place: scope.place(path, lineOf(scope.text(path), /^\s*name\s*=/)),
      };
  }
  return undefined;
}

function packageWords(scope: Scope, name: string, file: string): string {
  return `This is the package ${name} (${file}), and no app is in it: ${counted(scope)} read, none of them makes one. A library is used by an app; deploy that.`;
}

function nothing(scope: Scope): string {
  const notebooks = scope.files.filter(path => path.endsWith('.ipynb')).length;
  if (scope.paths.length > 0)
    return `No WSGI or ASGI app was found in ${counted(scope)}: ${procfileWords(scope)}, no FLASK_APP, and no module in which Flask, Django or another framework's app is made.`;
  return notebooks === 0
    ? 'No Python file was found here, so there is no app to serve.'
    : `Only notebooks were found here (${notebooks}), and a notebook can't be served as an app.`;
}

function procfileWords(scope: Scope): string {
  const web = procfileLines(scope).find(({ name }) => name === 'web');
  return web === undefined ? 'no Procfile' : `a Procfile that starts "${web.command}", where none is named`;
}

function counted({ paths }: Scope): string {
  return `${paths.length} Python ${paths.length === 1 ? 'file' : 'files'}`;
}
