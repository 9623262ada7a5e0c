import { modulePath } from '../../python/project.ts';
import type { ProblemSource } from '../problem.ts';
import { runsAtImport } from '../runs-at-import.ts';

/** An import that starts a server never ends, so no other server gets the app. */
const source: ProblemSource = {
  name: 'runs at import',
  problems({ scope, entry }) {
    const own = modulePath(scope, entry?.entry.split(':')[0] ?? '');
    const made = entry?.callable?.path;
    for (const path of new Set([own, made])) {
      const line = path === undefined ? undefined : runsAtImport(scope, path);
      if (path === undefined || line === undefined) continue;
      const message = `${path} starts its own server as soon as it is imported.`;
      const next = ["put that line below:  if __name__ == '__main__':"];
      return [{ id: 'runs-at-import', fatal: true, message, place: scope.place(path, line), next }];
    }
    return [];
  },
};

export default source;
