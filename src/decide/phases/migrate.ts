import { commandArgv } from '../../base/words.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Action, Step } from '../../model/plan.ts';
import type { Profile } from '../../model/profile.ts';
import { type Draft, steps } from '../draft.ts';
import { importScript } from '../held-entry.ts';
import { initCommand } from '../init-command.ts';
import { commandEnvironment, workingFolder } from '../release-environment.ts';
import { isMigrationPending, migrationNote, sqliteFiles } from './pending-migration.ts';
import { snapshotPath } from './snapshot.ts';

/** Seconds for a migration, and for another transaction to let go of a lock. */
const deadline = 1800;
const lockTimeout = '10s';

/** Migrations once, by the new code in the new environment; then the revision is read back. */
export function migrate(deployment: Deployment): Draft {
  const pending = isMigrationPending(deployment);
  const first = deployment.state.live === null;
  const own = pending ? migrationSteps(deployment) : initSteps(deployment);
  const isImported = pending || own.some(({ id }) => id === importId);

  return steps(
    ...own,
    ...(first && !isImported && deployment.profile.database !== null ? importSteps(deployment) : []),
  );
}

function migrationSteps(deployment: Deployment): Step[] {
  const { profile, migrationHash, layout } = deployment;
  if (profile.migrations === null || migrationHash === null) return [];

  const files = sqliteFiles(deployment);
  const restore = files.map(
    (file, index): Action => ({
      do: 'restore',
      database: `${layout.shared}/${file}`,
      snapshot: snapshotPath(deployment, index),
    }),
  );
  const held = files.length > 0 && deployment.state.live !== null;
  const note = migrationNote(migrationHash);
  const { title, action } = migrationRun(deployment, profile.migrations);

  return [
    ...(profile.migrations.tool === 'alembic' || hidesImportErrors(deployment, profile.migrations.command)
      ? importSteps(deployment)
      : []),
    {
      id: 'migrate.run',
      title,
      why: 'these migrations have not run on this database yet',
      phase: 'migrate',
      action,
      undo: restore,
      undoUntil: 'start',
    },
    revisionStep(deployment),
    ...(held ? [unholdStep] : []),
    {
      id: 'migrate.note',
      title: 'Note that these migrations have run',
      why: 'the next deploy skips a no-op',
      phase: 'migrate',
      action: { do: 'note', name: note, value: deployment.version },
      // Until then new state is taken back, and the database with it. Migrations that ran once more do nothing.
      undo: [{ do: 'note', name: note, value: deployment.state.notes[note] ?? null }],
      undoUntil: 'start',
    },
  ];
}

/** An app that migrates itself is imported, and that is all. */
function migrationRun(
  deployment: Deployment,
  { tool, command }: NonNullable<Profile['migrations']>,
): Pick<Step, 'title' | 'action'> {
  const { entry } = deployment.profile;
  return tool === 'self' && entry !== null
    ? { title: 'Import the app once, alone: it migrates', action: importAction(deployment, entry, deadline) }
    : { title: `Run ${command}`.slice(0, 59), action: commandAction(deployment, commandArgv(command), deadline) };
}

/** Alembic's revision, read from the database itself: an upgrade's exit status alone proves nothing (strangers.md §3). */
const revisionScript = `
import os, pathlib, sys
found = []
for path in pathlib.Path(sys.argv[1]).rglob("*"):
    if path.is_file() and path.open("rb").read(15) == b"SQLite format 3":
        import sqlite3
        try:
            found += sqlite3.connect(str(path)).execute("select version_num from alembic_version").fetchall()
        except sqlite3.Error:
            pass
url = os.environ.get(sys.argv[2], "")
if url and not url.startswith("sqlite"):
    import sqlalchemy
    url = url.replace("postgres://", "postgresql://", 1)
    with sqlalchemy.create_engine(url).connect() as connection:
        found += connection.execute(sqlalchemy.text("select version_num from alembic_version")).fetchall()
print(", ".join(sorted(row[0] for row in found)) or "none")
`;

function revisionStep(deployment: Deployment): Step {
  const { layout, version, profile } = deployment;
  const argv = [
    `${layout.release(version).venv}/bin/python`,
    '-c',
    revisionScript,
    layout.shared,
    profile.database?.variable ?? 'DATABASE_URL',
  ];

  return {
    id: 'migrate.revision',
    title: 'Read the revision back',
    why: "a command's exit status alone proves nothing",
    phase: 'migrate',
    action: { ...commandAction(deployment, argv, 60), capture: 'revision' },
    tolerant: true,
  };
}

const unholdStep: Step = {
  id: 'migrate.unhold',
  title: 'Let requests through again',
  why: 'the old release serves the new schema until the switch',
  phase: 'migrate',
  action: { do: 'unhold' },
};

function initSteps(deployment: Deployment): Step[] {
  const init = initCommand(deployment);
  if (init === null || !init.runs) return [];

  return [
    ...(hidesImportErrors(deployment, init.command) ? importSteps(deployment) : []),
    {
      id: 'migrate.init',
      title: `Run ${init.command} once`.slice(0, 59),
      why: init.why,
      phase: 'migrate',
      action: commandAction(deployment, commandArgv(init.command), 300),
    },
  ];
}

/** Flask's command before 2.0 goes on without an app that can't be imported, and then says "No such command". */
function hidesImportErrors({ install, venv }: Deployment, command: string): boolean {
  const isOld = /^(==|~=|<=?)\s*[01]\./.test(install.declared.flask ?? '') || venv.remedies.newest !== null;
  return isOld && commandArgv(command)[0] === 'flask';
}

const importId = 'migrate.import';

/** One import, alone, before several workers do it at once on an empty database (strangers.md §3). */
function importSteps(deployment: Deployment): Step[] {
  const { entry } = deployment.profile;
  if (entry === null) return [];

  return [
    {
      id: importId,
      title: 'Import the app once, alone',
      why: 'an app that makes its own tables must not do it in several workers at once',
      phase: 'migrate',
      action: importAction(deployment, entry, 120),
    },
  ];
}

function importAction(deployment: Deployment, entry: string, seconds: number): Action & { do: 'run' } {
  const { venv } = deployment.layout.release(deployment.version);
  return commandAction(deployment, [`${venv}/bin/python`, '-c', importScript(entry), entry], seconds);
}

function commandAction(deployment: Deployment, argv: readonly string[], seconds: number): Action & { do: 'run' } {
  const { env, envFile } = commandEnvironment(deployment);

  return {
    do: 'run',
    argv: [...argv],
    cwd: workingFolder(deployment),
    env: { ...env, PGOPTIONS: `-c lock_timeout=${lockTimeout}` },
    envFile,
    log: `${deployment.layout.release(deployment.version).logs}/migrate.log`,
    deadline: seconds,
  };
}
