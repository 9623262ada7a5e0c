import type { AppAnswer } from './answers.ts';
import type { Manifest } from './release.ts';
import type { Run } from './state.ts';

export interface ReleaseRow {
  readonly release: string;
  readonly state: 'live' | 'good' | 'failed' | 'cancelled';
  readonly commit: string | null;
  readonly subject: string | null;
  readonly dirty: boolean;
  readonly at: number;
  readonly by: string;
  readonly seconds: number | null;
  readonly kind: string;
  /** "failed: gate", "cancelled", "not finished"; null for a good one. */
  readonly note: string | null;
  /** Whether `rollback` can go there (it is sealed and kept). */
  readonly kept: boolean;
}

export interface ReleasesAnswer extends AppAnswer {
  readonly live: string | null;
  readonly previous: string | null;
  /** Newest first. */
  readonly releases: readonly ReleaseRow[];
}

export interface ReleaseAnswer extends AppAnswer, ReleaseRow {
  readonly live: boolean;
  /** Without its `files`; null: it failed and was taken back, or was pruned. */
  readonly manifest: Manifest | null;
  /** Everything that happened to it, oldest first. */
  readonly runs: readonly Run[];
  /** What its newest log tells of a failure: the app's own lines of a traceback, else the last ones. */
  readonly evidence: readonly string[];
  /** The folder of its logs, while they are kept. */
  readonly logs: string | null;
}

export interface ReleaseDiffAnswer {
  readonly ok: true;
  readonly app: string;
  readonly from: string;
  readonly to: string;
  /** A unified diff of the code, as git prints it. */
  readonly code: string;
  /** What else differs: "python" 3.11.4 → 3.12.1, "venv", "migration", … */
  readonly facts: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Names only. */
  readonly environment: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
  readonly packages: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
}
