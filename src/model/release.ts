import type { Remedies } from './deployment.ts';
import type { Listening } from './profile.ts';

/** `releases/vN/manifest.json`. Its presence is the release; it is never edited. */
export interface Manifest {
  readonly schema: 1;
  readonly version: string;
  readonly app: string;
  readonly target: string;
  /** The commit in decant's own repository. */
  readonly commit: string;
  /** The user's own commit, where there is one. */
  readonly source: string | null;
  readonly subject: string | null;
  readonly ref: string | null;
  readonly dirty: boolean;
  /** Where the app lives in the repository: "." or a sub-folder. */
  readonly root: string;
  /** ISO 8601, UTC; added by `seal`. */
  readonly built_at?: string;
  readonly built_by?: string;
  readonly python: string;
  readonly venv: string;
  /** What the installation needed beyond what the app declares; absent in releases of an older decant. */
  readonly remedies?: Remedies;
  /** Hash of the manifests and locks that were installed from. */
  readonly manifests?: string;
  readonly env_hash: string;
  /** Of what was decided about the server: workers, threads, static files. */
  readonly settings_hash: string;
  readonly entry: string | null;
  readonly migration: { readonly tool: string; readonly hash: string } | null;
  readonly assumed: readonly string[];
  /** What the front serves by itself: URL prefix to folder, relative to the release. */
  readonly static: readonly { readonly url: string; readonly path: string }[];
  /** Added by `seal`: path relative to `code/` → sha256. */
  readonly files?: Readonly<Record<string, string>>;
  /** Names (no values) of the environment. */
  readonly environment: readonly string[];
  readonly processes: Readonly<Record<string, string>>;
  /** Where the app's own server listens; absent where the release is served by gunicorn. */
  readonly listens?: Listening;
  readonly health: string | null;
  /** GET routes without parameters, for the gate. */
  readonly routes: readonly string[];
}
