// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import lfsUnit from './lfs.ts';
import noManifestUnit from './no-manifest.ts';
import python2Unit from './python-2.ts';
import runsAtImportUnit from './runs-at-import.ts';
import submodulesUnit from './submodules.ts';

export const all = [lfsUnit, noManifestUnit, python2Unit, runsAtImportUnit, submodulesUnit] as const;
