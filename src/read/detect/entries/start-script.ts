import { scriptFileCandidates } from '../command-entry.ts';
import { isForDevelopment } from '../dockerfile.ts';
import type { EntrySource } from '../entry.ts';

/** A shell script with a usual name, a line of which starts a server. */
const source: EntrySource = {
  name: 'start script',
  trust: 78,
  production: true,
  candidates: scope =>
    scope.files
      .filter(path => named.test(path))
      .flatMap(path =>
        scriptFileCandidates(scope, path).map(found => ({
          ...found,
          doubt: (found.doubt ?? 0) + (isForDevelopment(path) ? 20 : 0) + (found.folder === undefined ? 0 : 6),
        })),
      ),
};

const named =
  /^((bin|scripts?|deploy\w*|docker|etc|conf|config|ops|\.?[\w-]*build\w*|[\w-]+)\/)?[\w.-]*(start|run|boot|entry_?-?point|serve|launch|gunicorn|uwsgi|web|app|prod|command|cmd)[\w.-]*\.(sh|bash)$|^(bin|scripts?)\/(start|run|web|serve|server|boot)[\w-]*$|^\.platform\/.*\.sh$/i;

export default source;
