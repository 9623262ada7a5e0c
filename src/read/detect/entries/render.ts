import { dataAt, listIn, textIn } from '../data-at.ts';
import type { EntrySource } from '../entry.ts';
import { platformCandidates, platformData } from '../platform-file.ts';

/** render.yaml: `startCommand` (or `dockerCommand`) of the web services, below their `rootDir`. */
const source: EntrySource = {
  name: 'render.yaml',
  trust: 94,
  production: true,
  candidates: scope =>
    ['render.yaml', 'render.yml'].flatMap(path =>
      listIn(platformData(scope, path), 'services')
        .filter(service => dataAt(service, 'type') === 'web')
        .flatMap(service =>
          ['startCommand', 'dockerCommand'].flatMap(key =>
            platformCandidates(scope, path, dataAt(service, key), textIn(service, 'rootDir')),
          ),
        ),
    ),
};

export default source;
