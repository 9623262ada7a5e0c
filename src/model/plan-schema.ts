import * as z from 'zod';
import { phases } from './phases.ts';

/**
 * What a plan is made of, described once. TypeScript infers its types from here (`plan.ts`), and the Python
 * runner's tests validate against the JSON Schema that `npm run gen` writes from it
 * (`act/runner/decant_runner/plan.schema.json`).
 *
 * All paths are absolute unless said otherwise. All durations are seconds.
 */

const path = z.string().startsWith('/');
const seconds = z.number().nonnegative();
const blob = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

export const phase = z.enum(phases);

const httpRequest = z.strictObject({
  /** Path with query, as sent: "/health". */
  path: z.string().startsWith('/'),
  /** `health`: only 2xx passes. `page`: 2xx, 3xx, 400, 401, 403 pass. */
  accept: z.enum(['health', 'page']),
});

/** A question that the runner asks until it is answered as expected, or the deadline passes. */
export const check = z.discriminatedUnion('probe', [
  z.strictObject({
    probe: z.literal('http'),
    /** The unix socket of the candidate. */
    socket: path,
    /** Tried in order until one passes: a Host header decides for some apps. */
    hosts: z.array(z.string()).min(1),
    proto: z.enum(['http', 'https']),
    requests: z.array(httpRequest).min(1),
    /** Asked one after the other when `/` answers 404 (or another 4xx) and no request is of kind `health`. */
    fallbacks: z.array(z.string().startsWith('/')),
    /** The live release's socket: where it gives 2xx/3xx/401/403, a candidate's 400/404/other 4xx is a failure. */
    baseline: path.optional(),
    /** The supervised process that must not be dead or in a crash loop meanwhile. */
    process: z.string().optional(),
    /** Ends of it that are too many; 3 where nothing is said. */
    ends: z.number().int().min(1).optional(),
    /** Everything is asked once more this long after the first success. 0: not. */
    again: seconds,
    every: seconds,
    deadline: seconds,
  }),
  z.strictObject({
    probe: z.literal('watch'),
    /** Asked each `every` seconds for `lasts` seconds; two failures in a row, or a dead process, fail. */
    socket: path,
    hosts: z.array(z.string()).min(1),
    proto: z.enum(['http', 'https']),
    requests: z.array(httpRequest).min(1),
    process: z.string(),
    every: seconds,
    lasts: seconds,
  }),
  /** The supervised process has been running without a restart for `lasts` seconds. */
  z.strictObject({ probe: z.literal('process'), name: z.string(), lasts: seconds, deadline: seconds }),
  /** The command ends with 0. */
  z.strictObject({
    probe: z.literal('argv'),
    argv: z.array(z.string()).min(1),
    cwd: path,
    every: seconds,
    deadline: seconds,
  }),
  /** One of these addresses accepts a connection. `name` is what people call it: "Redis". */
  z.strictObject({
    probe: z.literal('connect'),
    name: z.string(),
    at: z
      .array(z.union([z.strictObject({ host: z.string(), port: z.number().int() }), z.strictObject({ socket: path })]))
      .min(1),
    every: seconds,
    deadline: seconds,
  }),
  /** At least this much is free on the file system of `path`. */
  z.strictObject({ probe: z.literal('disk'), path, bytes: z.number().int(), inodes: z.number().int() }),
  /**
   * Each of these files, or folders with something in them, is there; `by` is who asks for it. `before`: only those count
   * that are in this folder too.
   */
  z.strictObject({
    probe: z.literal('files'),
    folder: path,
    before: path.optional(),
    files: z.array(z.strictObject({ path: z.string(), by: z.string() })),
  }),
]);

/** The environment of a command: the fixed part, and the release's env file, which is read when the command starts. */
const environment = {
  /** Values that hold no secret; they win over the env file's. */
  env: z.record(z.string(), z.string()),
  /** `releases/vN/env`, systemd's EnvironmentFile syntax. */
  envFile: path.optional(),
};

export const action = z.discriminatedUnion('do', [
  /** Runs a command to its end. Only status 0 is success. Output lines become events and go to `log`. */
  z.strictObject({
    do: z.literal('run'),
    argv: z.array(z.string()).min(1),
    cwd: path,
    ...environment,
    /** The name of a blob that the command reads as its standard input. */
    stdin: blob.optional(),
    log: path.optional(),
    /** It installs packages: the host's own PIP_*, UV_* and NPM_CONFIG_* variables reach it, and nothing else that runs. */
    installer: z.boolean().optional(),
    /** The last line of its standard output is kept in the journal under this name (`revision`). */
    capture: z.string().optional(),
    deadline: seconds,
  }),
  /** Writes a blob to a file: aside, fsync, rename. */
  z.strictObject({ do: z.literal('write'), path, blob, mode: z.string().regex(/^0[0-7]{3}$/) }),
  z.strictObject({ do: z.literal('mkdir'), path, mode: z.string().regex(/^0[0-7]{3}$/) }),
  /** A symbolic link, by atomic rename; `to` is stored as it stands (it may be relative). */
  z.strictObject({ do: z.literal('link'), path, to: z.string() }),
  /** A file, a link or a whole tree; links are not followed. `unless`: not if this exists inside it. */
  z.strictObject({ do: z.literal('remove'), path, unless: z.string().optional() }),
  /**
   * Makes a path of the release live in `shared/`. If `shared` does not exist it is made: from what the live release
   * has there (`before`), else from the release's own copy if there is one, else empty (a folder), or left for the app
   * to make (a file). Then `path` is a link to it.
   */
  z.strictObject({
    do: z.literal('share'),
    path,
    shared: path,
    before: path.optional(),
    kind: z.enum(['file', 'folder']),
  }),
  /** Copies a SQLite database through its backup API. A database that is not there gives an empty marker. */
  z.strictObject({ do: z.literal('snapshot'), database: path, to: path }),
  /** Puts a snapshot back, but only if the hold lasted or nothing serves; otherwise says the command that would. */
  z.strictObject({ do: z.literal('restore'), database: path, snapshot: path }),
  /** Writes `manifest.json`: `manifest` plus `built_at`, `built_by` and the hashes of `folder`'s files. */
  z.strictObject({ do: z.literal('seal'), path, folder: path, manifest: z.record(z.string(), z.unknown()) }),
  /** Sees to it that the keeper runs, holds this address and runs this version of the front. */
  z.strictObject({
    do: z.literal('serve'),
    host: z.string(),
    port: z.number().int(),
    node: z.string(),
    front: path,
  }),
  /** Ends the keeper, the front and every process: the address is free afterwards. */
  z.strictObject({ do: z.literal('unserve'), grace: seconds }),
  /** Starts (from its spec file), stops or drains a process under the keeper. Done when it is so. */
  z.strictObject({
    do: z.literal('process'),
    change: z.enum(['start', 'stop']),
    name: z.string(),
    spec: path.optional(),
    /** How long after TERM a stopping process may take before KILL. */
    grace: seconds,
  }),
  /** Stops every process of a release except those named. */
  z.strictObject({ do: z.literal('clear'), release: z.string(), grace: seconds }),
  /**
   * The front answers no new request until `unhold`, at most `seconds`; done when those in flight have ended. If they
   * don't, nothing is held any more; with a `patience`, the hold goes on without them.
   */
  z.strictObject({ do: z.literal('hold'), seconds, patience: seconds.optional() }),
  z.strictObject({ do: z.literal('unhold') }),
  z.strictObject({ do: z.literal('wait'), check }),
  /** Keeps a fact in the journal (`migrated.<hash>`: the release that ran these migrations); null takes it back. */
  z.strictObject({ do: z.literal('note'), name: z.string(), value: z.string().nullable() }),
  /** Lists what the app wrote inside its release since `seal` (a `written` event each); never fails. */
  z.strictObject({ do: z.literal('written'), folder: path, manifest: path }),
]);

export const step = z.strictObject({
  /** Unique in its plan, stable between runs: "build.venv". */
  id: z.string().regex(/^[a-z0-9][a-z0-9.:-]*$/),
  /** Imperative, under 60 characters. */
  title: z.string().min(1),
  /** The observed fact that makes the step necessary. */
  why: z.string().min(1),
  phase,
  action,
  /** Puts the world back; run in this order. A step without it has nothing to take back. */
  undo: z.array(action).optional(),
  /** The undo is left out once this phase has begun. */
  undoUntil: phase.optional(),
  /** A failure is a warning. Every step of `drain` and `prune` is tolerant. */
  tolerant: z.boolean().optional(),
});

export const plan = z.strictObject({
  schema: z.literal(1),
  /** sha256 of the intent (command, app, commit, environment…): the same command again has the same one. */
  fingerprint: z.string(),
  kind: z.enum(['deploy', 'rollback', 'config', 'restart', 'stop', 'start', 'destroy']),
  app: z.string(),
  target: z.string(),
  /** The app's folder: `<state>/apps/<app>`. */
  root: path,
  /** The folder of the sockets: `/tmp/decant-UID/<hash>`. */
  run: path,
  /** The release that the plan makes live. */
  version: z
    .string()
    .regex(/^v[1-9][0-9]*$/)
    .optional(),
  /** Who asks, and the commit, for the journal and for `releases`. */
  by: z.string(),
  commit: z.string().optional(),
  /** What must still hold when the lock is taken; else the outcome is `stale` and nothing was done. */
  expects: z.strictObject({ live: z.string().nullable(), next: z.number().int() }),
  steps: z.array(step),
});
