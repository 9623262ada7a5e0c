// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import appImportErrorUnit from './app-import-error.ts';
import badPinUnit from './bad-pin.ts';
import buildFailedUnit from './build-failed.ts';
import buildToolsMissingUnit from './build-tools-missing.ts';
import certificateUntrustedUnit from './certificate-untrusted.ts';
import crashAfterStartUnit from './crash-after-start.ts';
import databaseAheadUnit from './database-ahead.ts';
import databaseUnreachableUnit from './database-unreachable.ts';
import diskFullUnit from './disk-full.ts';
import exitAtImportUnit from './exit-at-import.ts';
import gateTimeoutUnit from './gate-timeout.ts';
import healthFailedUnit from './health-failed.ts';
import indexUnreachableUnit from './index-unreachable.ts';
import killedForMemoryUnit from './killed-for-memory.ts';
import migrationFailedUnit from './migration-failed.ts';
import migrationLockedUnit from './migration-locked.ts';
import missingFileUnit from './missing-file.ts';
import missingModuleUnit from './missing-module.ts';
import missingVariableUnit from './missing-variable.ts';
import noAppFoundUnit from './no-app-found.ts';
import noPythonFitsUnit from './no-python-fits.ts';
import pinsConflictUnit from './pins-conflict.ts';
import portIgnoredUnit from './port-ignored.ts';
import portTakenUnit from './port-taken.ts';
import runnerKilledUnit from './runner-killed.ts';

export const all = [appImportErrorUnit, badPinUnit, buildFailedUnit, buildToolsMissingUnit, certificateUntrustedUnit, crashAfterStartUnit, databaseAheadUnit, databaseUnreachableUnit, diskFullUnit, exitAtImportUnit, gateTimeoutUnit, healthFailedUnit, indexUnreachableUnit, killedForMemoryUnit, migrationFailedUnit, migrationLockedUnit, missingFileUnit, missingModuleUnit, missingVariableUnit, noAppFoundUnit, noPythonFitsUnit, pinsConflictUnit, portIgnoredUnit, portTakenUnit, runnerKilledUnit] as const;
