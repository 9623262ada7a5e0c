/** The texts of `decant help TOPIC`. */
export const topics: Readonly<Record<string, { readonly summary: string; readonly text: string }>> = {
  'exit-codes': {
    summary: 'what each exit status means',
    text: `EXIT CODES

Once a release was being built, the state of the world decides:
  0    done
  1    failed; no release was live before and none is now
  3    the same, and the cause is yours to change
  5    failed; the release before still serves
  6    failed; nothing serves any more
Before that:
  2    the command line was wrong
  3    you must change something: configuration, environment, repository
  4    stopped by findings (nothing ends with it yet)
  7    somebody else is changing the app
  8    the target can't be reached (nothing ends with it yet)
  10   changes are pending (plan --exit-code)
  70   a bug in decant
  130  interrupted
run and console end with the command's own status. The cause is in "code" (--json).
`,
  },
  environment: {
    summary: 'the variables that decant reads',
    text: `ENVIRONMENT

  DECANT_HOME      where all state is kept (default: $XDG_STATE_HOME/decant, else ~/.local/state/decant)
  DECANT_TARGET    like -t
  DECANT_APP       like -a
  DECANT_CONFIG    like -c
  DECANT_PORT      like --port
  DECANT_HOST, DECANT_PYTHON, DECANT_ENTRY, DECANT_HEALTH, DECANT_RELEASE_COMMAND,
  DECANT_WORKERS, DECANT_THREADS, DECANT_WORKER_CLASS
                   stronger than decant.yaml's host, python, entry, health, release, workers,
                   threads, worker_class
  NO_COLOR         no colour, whatever its value
  FORCE_COLOR      colour into pipes too; 0 turns it off
  CI               never ask, no live lines
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE, PIP_*, UV_*
                   reach the build and its tools

An app gets none of your shell's variables: only its own (decant config list), PATH, HOME,
LANG, TZ and the usual certificate and proxy ones.
`,
  },
  files: {
    summary: 'what is read from a repository, and where things are kept',
    text: `FILES

Read from the repository, never written:
  decant.yaml                 settings, all optional
  Procfile                    processes; release: is run before a new release serves
  .env, .flaskenv             variables; .env.example names those that must be set
  .python-version, runtime.txt, pyproject.toml, requirements.txt, uv.lock
  gunicorn.conf.py            respected where it tunes
  .decantignore               what does not belong into a release

Kept under DECANT_HOME:
  apps/APP/live               link to the release that serves
  apps/APP/releases/vN        code, packages, environment, processes, manifest.json
  apps/APP/shared             databases, uploads and keys: they outlive releases
  apps/APP/logs/vN            one file for each process
  apps/APP/journal.jsonl      everything that was done
`,
  },
};
