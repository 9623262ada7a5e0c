import type { Place } from '../../model/profile.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import { constantText, stringValue } from '../python/literal.ts';
import { field, isTarget } from '../python/node.ts';
import { type App, loadedModules } from './app.ts';

/** A place where an app asks Flask's settings for one. */
export interface SettingRead {
  /** "MAIL", or "MAIL__SERVER" for `app.config["MAIL"]["SERVER"]`. */
  readonly key: string;
  /** Whether the place can't do without it: a subscript raises KeyError. */
  readonly needed: boolean;
  readonly default: string | null;
  readonly place: Place;
}

/** `app.config["X"]` and `app.config.get("X")`, whatever the app is called there. */
export function settingReads(app: App): readonly SettingRead[] {
  return loadedModules(app, '.config').flatMap(module => {
    const place = (at: number) => app.scope.place(module.path, at);
    const asked = module.calls
      .filter(({ name, main }) => /\.config\.get$/.test(name) && !main)
      .flatMap(call => {
        const key = stringValue(call.arguments[0]);
        const fallback = constantText(call.arguments[1]) ?? null;
        return key === undefined ? [] : [{ key, needed: false, default: fallback, place: place(call.line) }];
      });
    const taken = module.lookups
      .filter(({ object, node, main }) => /\.config$/.test(object) && !main && !isTarget(outermost(node)))
      .map(({ key, node, line }) => ({ key: nested(key, node), needed: true, default: null, place: place(line) }));
    return [...asked, ...taken].filter(({ key }) => /^[A-Z][A-Z0-9_]*$/.test(key));
  });
}

/** The keys of the subscripts around one, as a variable's name joins them. */
function nested(key: string, node: PythonNode): string {
  const outer = around(node);
  const next = outer === undefined ? undefined : stringValue(field(outer, 'subscript'));
  return outer === undefined || next === undefined ? key : nested(`${key}__${next}`, outer);
}

function outermost(node: PythonNode): PythonNode {
  const outer = around(node);
  return outer === undefined ? node : outermost(outer);
}

function around(node: PythonNode): PythonNode | undefined {
  const { parent } = node;
  return parent?.type === 'subscript' && field(parent, 'value')?.text === node.text ? parent : undefined;
}
