import type { Layout } from '../base/layout.ts';
import type { Install } from './install.ts';
import type { Profile } from './profile.ts';
import type { AppState } from './state.ts';

/** A Python interpreter found on the host. */
export interface Interpreter {
  readonly path: string;
  /** "3.11.7" */
  readonly version: string;
  /** sysconfig's platform: "linux-x86_64". */
  readonly platform: string;
  /** Whether it can install packages by itself, or make a virtual environment that can. */
  readonly pip: boolean;
  readonly ensurepip: boolean;
}

/** What the host offers. */
export interface Host {
  readonly home: string;
  readonly node: string;
  /** Null: this machine has none. */
  readonly npm: string | null;
  /** The front's file below the app's root, named by its hash. */
  readonly front: string;
  /** The runner's zipapp below the app's root, named by its hash, and the interpreter that runs it. */
  readonly runner: string;
  readonly python: string;
  readonly uv: Uv;
}

/** The installer: the host's own, decant's own, or one that a step of the plan installs. */
export interface Uv {
  readonly path: string;
  readonly version: string;
  readonly installed: boolean;
  /** Who installs it where it is not: pip of an interpreter, or of a virtual environment that it makes first. */
  readonly installer: { readonly python: string; readonly venv: boolean } | null;
}

/** The commit that a release is made of. */
export interface Source {
  readonly commit: string;
  /** The user's own commit, where there is one. */
  readonly original: string | null;
  readonly subject: string | null;
  readonly ref: string | null;
  readonly dirty: boolean;
  /** The blob with the git bundle, or null when the commit is in decant's repository already. */
  readonly bundle: string | null;
  /** `git describe`'s version, for setuptools-scm and pbr. */
  readonly describe: string | null;
}

/** All that a plan for a new release is decided from. Values of `environment` are secrets: they go into blobs only. */
export interface Deployment {
  readonly kind: 'deploy' | 'config' | 'restart';
  readonly app: string;
  readonly target: string;
  readonly by: string;
  readonly layout: Layout;
  readonly host: Host;
  readonly address: { readonly host: string; readonly port: number };
  readonly state: AppState;
  readonly version: string;
  readonly source: Source;
  readonly profile: Profile;
  readonly install: Install;
  readonly python: Interpreter;
  readonly venv: VenvRecipe;
  readonly environment: Readonly<Record<string, string>>;
  /** Names whose values decant made up. */
  readonly generated: readonly string[];
  /** The config store as it will be, and as it was at the last release; JSON text. */
  readonly config: string;
  /** The user's own gunicorn.conf.py, relative to the repository. */
  readonly gunicornConf: string | null;
  /** What somebody decided about the server; absent: decant's defaults. */
  readonly tuning: { readonly workers?: number; readonly threads?: number };
  /** Hash of what the migration would run; null without migrations. */
  readonly migrationHash: string | null;
  readonly assumed: readonly string[];
  /** Processes that the profile names and this release leaves out, because they could not run here. */
  readonly idle?: readonly { readonly process: string; readonly why: string }[];
  /** State of the person's folder that a first release starts with; absent: none. */
  readonly copies?: readonly StateCopy[];
  /** Seconds that the old release goes on running beside the new one; null: the target's default. */
  readonly watchSeconds: number | null;
  /** The same for the time that a release may take to answer. */
  readonly gateSeconds: number | null;
}

/** A file or a folder (`path` ends with a slash) to be copied into `shared/`. */
export interface StateCopy {
  /** Absolute. */
  readonly from: string;
  /** Relative to `shared/`. */
  readonly path: string;
}

/** What an installation needs beyond what the app declares, learnt from an attempt that failed. */
export interface Remedies {
  /** Requirements to install beside the app's. */
  readonly additions: readonly string[];
  /** Constraints on what packages are built with. */
  readonly build: readonly string[];
  /** "2019-04-30": no package that came later. */
  readonly newest: string | null;
}

/** A virtual environment as a value: what goes in, and the hash of all of it. */
export interface VenvRecipe {
  readonly hash: string;
  /** Hash of the app's own manifests and locks. */
  readonly manifests: string;
  /** What decant adds so that the app can be served. */
  readonly additions: readonly string[];
  /** A newer server than the pinned one, installed after the rest. */
  readonly raised: readonly string[];
  readonly remedies: Remedies;
  /** pip's index and certificate settings, as uv's variables. */
  readonly settings: Readonly<Record<string, string>>;
}
