import * as z from 'zod';
import { isVariableName } from '../../base/names.ts';
import { key } from './key.ts';
import { all as targetSchemas } from './targets/_all.gen.ts';
import { command, name, pathBelow, relativePath, text, urlPath, wholeNumber } from './values.ts';

const pythonVersion = /^3\.\d+(?:\.\d+)?$/;
const pythonRange =
  /^(?:===?|!=|~=|[<>]=?)\s*\d+(?:\.\d+)*(?:\.\*)?(?:\s*,\s*(?:===?|!=|~=|[<>]=?)\s*\d+(?:\.\d+)*(?:\.\*)?)*$/;
const python = z.string().regex(new RegExp(`${pythonVersion.source}|${pythonRange.source}`), {
  error: 'must be a version, or a range as in requires-python: "3.12", ">=3.10,<3.13"',
});

const entry = z.string().regex(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\(\))?$/, {
  error: 'must name the app as module:attribute or module:factory(), like wsgi:app or shop:create_app()',
});

const processName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, { error: 'must be letters, digits, "-" and "_", at most 40 of them' })
  .refine(value => value !== 'release', { error: 'is no process: use the key "release" beside "processes"' });

const variableName = z.string().refine(isVariableName, {
  error: "can't be a variable's name: letters, digits and _ only, no digit first",
});

const staticFolder = z.strictObject({
  url: urlPath
    .regex(/^\/./, { error: 'must be a path below "/"' })
    .describe('Requests for paths below this one are answered from the folder'),
  path: relativePath.describe("The folder, below the app's"),
});

/** Everything that `decant.yaml` may hold. All of it is optional: what is absent is detected. */
export const configSchema = z
  .strictObject({
    app: key(name, { means: "The app's name", otherwise: "the folder's or repository's name", example: 'shop' }),
    python: key(python, {
      means: 'The Python to run on: a version or a range, in quotes',
      otherwise: 'what the repository declares, else the newest one here',
      example: '3.12',
    }),
    root: key(relativePath, {
      means: 'The folder of the repository that holds the app. Everything below is relative to it',
      otherwise: 'found',
      example: 'backend',
    }),
    entry: key(entry, {
      means: 'The WSGI or ASGI app: module:attribute, or module:factory()',
      otherwise: 'found',
      example: 'wsgi:app',
    }),
    listens: key(z.union([variableName, wholeNumber(1, 65_535)]), {
      means:
        'For an app that is its own server (processes.web): the variable that names its port, or the port that it insists on',
      otherwise: 'read from the code; nothing for an app that gunicorn serves',
      example: 'PORT',
    }),
    health: key(urlPath.nullable(), {
      means: 'The route that answers 2xx when the app is well; null: there is none',
      otherwise: 'found, if there is one',
      example: '/health',
    }),
    release: key(command.nullable(), {
      means: 'A command that runs once before a new release serves, instead of detected migrations; null: run none',
      otherwise: "Procfile's release line, else the migrations that were found",
      example: 'flask db upgrade',
    }),
    processes: key(z.record(processName, command.nullable()), {
      means:
        "Processes beside the web server, by name; null leaves a detected one out. Added to Procfile's. `web`: the app's own server",
      otherwise: "Procfile's",
      example: { worker: 'celery -A shop.tasks worker' },
    }),
    env: key(z.record(variableName, text), {
      means: 'Environment variables that are no secrets. Weaker than `decant config set`, stronger than .env',
      otherwise: 'none',
      example: { LANGUAGE: 'en' },
    }),
    static: key(z.array(staticFolder), {
      means: 'Folders that are served without asking the app. Added to those found',
      otherwise: 'those found',
      example: [{ url: '/static', path: 'shop/static' }],
    }),
    state: key(z.array(pathBelow), {
      means:
        'What the app writes below its folder and must keep; a slash at the end means a folder. Added to those found',
      otherwise: 'those found',
      example: ['uploads/', 'app.db'],
    }),
    build: key(z.array(command), {
      means: 'Commands that prepare the files of a release, in this order; an empty list: none',
      otherwise: 'those found',
      example: ['npm ci', 'npm run build'],
    }),
    workers: key(wholeNumber(1, 1000), {
      means: 'Web worker processes',
      otherwise: 'chosen by what the app needs',
      example: 4,
    }),
    threads: key(wholeNumber(1, 1000), {
      means: 'Threads of each web worker (gthread)',
      otherwise: 'chosen by what the app needs',
      example: 8,
    }),
    worker_class: key(z.enum(['sync', 'gthread', 'gevent', 'gevent-websocket', 'eventlet', 'asgi']), {
      means: 'How a web worker handles requests',
      otherwise: 'chosen by what the app needs',
      example: 'gthread',
    }),
    targets: key(z.record(name, z.discriminatedUnion('type', targetSchemas)), {
      means: 'Places to deploy to, by name (`-t NAME`)',
      otherwise: 'one, named local, of type local',
      example: { local: { type: 'local', port: 8000 } },
    }),
  })
  .describe('decant.yaml: settings of an app for decant');

export type ConfigValues = z.infer<typeof configSchema>;
export type Target = NonNullable<ConfigValues['targets']>[string];
