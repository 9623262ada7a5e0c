import type { Place } from '../../model/profile.ts';
import type { PythonNode } from '../../model/repo-files.ts';
import type { App } from './app.ts';
import { gunicornFile } from './gunicorn-file.ts';
import { webLine } from './processes.ts';

export interface GunicornSetting {
  readonly target: string;
  readonly value: PythonNode;
  readonly place: Place;
}

/** The settings of the person's own gunicorn configuration file, in order. */
export function gunicornSettings(app: App): readonly GunicornSetting[] {
  const { scope } = app;
  const path = gunicornFile(webLine(app)?.command, each => scope.has(each));
  const assignments = path === null ? [] : (scope.module(path)?.assignments ?? []);
  return assignments.flatMap(({ target, within, value, line }) =>
    within === null ? [{ target, value, place: scope.place(path ?? '', line) }] : [],
  );
}

/** The last one counts. */
export function gunicornSetting(app: App, name: string): GunicornSetting | undefined {
  return gunicornSettings(app).findLast(({ target }) => target === name);
}
