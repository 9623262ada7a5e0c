/** How a release gets its packages: what each manifest's reader yields. */
export interface Install {
  readonly manager: 'pip' | 'uv' | 'poetry' | 'pipenv' | 'setuptools' | 'none';
  /** The files that decide, relative to the repository; all of them go into the venv's hash. */
  readonly files: readonly string[];
  readonly pinned: boolean;
  readonly hashes: boolean;
  /** Requirement files to give to the installer (`-r`), relative to the repository. */
  readonly requirements: readonly string[];
  /** Constraint files (`-c`). */
  readonly constraints: readonly string[];
  /** Requirements in PEP 508 form that stand in no requirements file (from pyproject, or a lock). */
  readonly packages: readonly string[];
  /** Normalised name → exact version or specifier, as far as known; to see what is there. */
  readonly declared: Readonly<Record<string, string>>;
  /** Index options found in the files (`--index-url`, …). */
  readonly options: readonly string[];
  /** Projects of the repository to install into `site`, relative to it: ".", "libs/x". */
  readonly projects: readonly {
    readonly path: string;
    readonly editable: boolean;
    /** Its source root, relative to the repository (`src`), where it is editable. */
    readonly source?: string;
    /** The extras that were asked for (`-e .[web]`). */
    readonly extras?: readonly string[];
  }[];
}
