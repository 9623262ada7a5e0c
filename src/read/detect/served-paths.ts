import { dirname, join, normalize } from 'node:path/posix';
import type { Place } from '../../model/profile.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import type { Call, PythonModule } from '../python/module.ts';
import { type App, loadedModules } from './app.ts';
import { computedText, instance, tree, unknown } from './value.ts';

/** Something that the app's code or its pages serve. */
export interface Served {
  /** Relative to the scope's root; may lead out of it ("../client/build"). */
  readonly path: string;
  readonly evidence: Place;
}

/** Folders that the code names as those of its pages or files, whether they are there or not. */
export function servedFolders(app: App): readonly Served[] {
  return loadedModules(
    app,
    ...Object.keys(arguments_),
    'send_from_directory(',
    'StaticFiles(',
    'Jinja2Templates(',
  ).flatMap(module =>
    module.calls.flatMap(call => folderNodes(call).flatMap(node => servedAt(app, module, call, node))),
  );
}

const arguments_ = {
  static_folder: /(^|\.)(Flask|Blueprint|APIFlask|OpenAPI|Quart)$/,
  template_folder: /(^|\.)(Flask|Blueprint|APIFlask|OpenAPI|Quart)$/,
};

function folderNodes({ name, arguments: positional, keywords }: Call): readonly PythonNode[] {
  const named = Object.entries(arguments_).flatMap(([keyword, sign]) =>
    sign.test(name) ? [keywords.get(keyword)] : [],
  );
  const first = /(^|\.)(send_from_directory|StaticFiles|Jinja2Templates)$/.test(name)
    ? [keywords.get('directory') ?? positional[0]]
    : [];
  return [...named, ...first].filter(node => node !== undefined);
}

/** Flask's folders are relative to the module, those of StaticFiles to where the app runs. */
function servedAt({ scope }: App, module: PythonModule, call: Call, node: PythonNode): readonly Served[] {
  const text = computedText(scope, module, node);
  if (text === undefined || text.includes(unknown) || text.startsWith(instance)) return [];
  const base = /(StaticFiles|Jinja2Templates)$/.test(call.name) ? '.' : dirname(module.path);
  const path = text.startsWith(tree)
    ? `.${text.slice(tree.length)}`
    : /^[/~@]/.test(text)
      ? undefined
      : join(base, text);
  return path === undefined
    ? []
    : [{ path: normalize(path).replace(/(.)\/$/, '$1'), evidence: scope.place(module.path, call.line) }];
}
