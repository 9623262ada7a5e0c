// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import gunicornConfUnit from './gunicorn-conf.ts';
import lfsUnit from './lfs.ts';
import noManifestUnit from './no-manifest.ts';
import oldPythonUnit from './old-python.ts';
import oneProcessUnit from './one-process.ts';
import onlyUnderMainUnit from './only-under-main.ts';
import randomKeyUnit from './random-key.ts';
import runsAtImportUnit from './runs-at-import.ts';
import submodulesUnit from './submodules.ts';
import unparsedUnit from './unparsed.ts';
import wantedFileUnit from './wanted-file.ts';

export const all = [gunicornConfUnit, lfsUnit, noManifestUnit, oldPythonUnit, oneProcessUnit, onlyUnderMainUnit, randomKeyUnit, runsAtImportUnit, submodulesUnit, unparsedUnit, wantedFileUnit] as const;
