/** "path:line", relative to the repository. */
export type Place = string;

/** What a repository is, with the evidence for each claim: the answer of `decant inspect --json`. */
export interface Profile {
  readonly schema: 1;
  readonly app: string;
  /** Where the app lives in the repository: "." or a sub-folder. `entry`, commands and paths are relative to it. */
  readonly root: string;
  readonly framework: 'flask' | 'django' | 'fastapi' | 'other' | null;
  /** "module:attr" or "module:factory()". */
  readonly entry: string | null;
  readonly candidates: readonly Candidate[];
  /** Claim (a key of this object) → where it stands. */
  readonly evidence: Readonly<Record<string, Place>>;
  readonly python: { readonly requires: string | null; readonly source: Place | null };
  readonly dependencies: {
    readonly manager: 'pip' | 'uv' | 'poetry' | 'pipenv' | 'setuptools' | 'none';
    readonly files: readonly string[];
    readonly pinned: boolean;
    readonly hashes: boolean;
  };
  readonly install: {
    /** Whether the project itself must be installed (src layout, metadata read at run time). */
    readonly project: boolean;
    /** Debian packages that a build needs. */
    readonly system: readonly string[];
  };
  readonly migrations: {
    /** `self`: the app migrates while it is imported, and has no command. */
    readonly tool: 'flask-migrate' | 'alembic' | 'django' | 'release' | 'self';
    readonly command: string;
    readonly folder: string | null;
  } | null;
  readonly initCommands: readonly { readonly command: string; readonly destructive: boolean }[];
  readonly database: {
    readonly kind: 'sqlite' | 'postgresql' | 'mysql' | 'other';
    /** The variable that holds its URL. */
    readonly variable: string | null;
    /** Variables that hold its parts, where the app takes those. */
    readonly parts?: DatabaseParts;
    /** What the code holds fast, no variable asked: "postgresql://db:5432", without user, password and name. */
    readonly server?: string;
  } | null;
  readonly environment: readonly Variable[];
  /** Where the app's own TCP server listens, when no other server can load the app; `processes.web` starts it. */
  readonly listens: Listening | null;
  /** Procfile's lines, or what was found: name → command. `web` only if somebody wrote it. */
  readonly processes: Readonly<Record<string, string>>;
  readonly static: readonly { readonly url: string; readonly path: string }[];
  /** Commands of the build, in order (collectstatic, npm). */
  readonly build: readonly string[];
  /** What the code and the pages serve and the repository does not hold; relative to `root`. `built`: a front end makes it. */
  readonly unbuilt: readonly { readonly path: string; readonly evidence: Place; readonly built?: true }[];
  readonly health: string | null;
  /** GET routes without parameters, in the order found; the gate asks them when `/` says 404. */
  readonly routes: readonly string[];
  readonly services: readonly string[];
  readonly state: readonly StatePath[];
  readonly needs: { readonly websocket: boolean; readonly gevent: boolean; readonly singleProcess: boolean };
  readonly worker_class: 'sync' | 'gthread' | 'gevent' | 'gevent-websocket' | 'eventlet' | 'asgi';
  readonly problems: readonly Problem[];
}

/** Names of the variables by what they hold of a database's address. */
export interface DatabaseParts {
  readonly host?: string;
  readonly port?: string;
  readonly name?: string;
  readonly user?: string;
  readonly password?: string;
}

export interface Candidate {
  readonly entry: string;
  readonly evidence: Place;
}

export interface Variable {
  readonly name: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly default: string | null;
  readonly source: Place;
  /** Any random value will do, as the repository says: Flask's own key under a prefix, `generator: secret`. */
  readonly random?: true;
  /** Nothing forces it at import, but the code hands it on as it is: where it is not set, a page may fail. */
  readonly unhandled?: true;
}

/** A port that the app is told by a variable of its environment, or one that it insists on. */
export type Listening = { readonly variable: string } | { readonly port: number };

/** Something the app writes below its own source. `path` is relative to `root`. */
export interface StatePath {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly evidence: Place;
  /** Whether the app's SQLite database is (in) it, as its code says. */
  readonly database?: true;
}

/** Something not understood, or that stops a deploy (`fatal`). */
export interface Problem {
  readonly id: string;
  readonly message: string;
  readonly place?: Place;
  readonly fatal?: boolean;
  /** What a person does about it: a command, or words. */
  readonly next?: readonly string[];
  /** Folders of the repository to choose from, where one has to be named. */
  readonly choices?: readonly (Candidate & { readonly folder: string })[];
  /** A file that people bring, relative to the repository; `sample` is the example of it that the repository has. */
  readonly file?: { readonly path: string; readonly sample: string | null };
}
