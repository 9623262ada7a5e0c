// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import condaUnit from './conda.ts';
import pdmLockUnit from './pdm-lock.ts';
import pipfileUnit from './pipfile.ts';
import pipfileLockUnit from './pipfile-lock.ts';
import poetryLockUnit from './poetry-lock.ts';
import poetryPyprojectUnit from './poetry-pyproject.ts';
import pyprojectUnit from './pyproject.ts';
import requirementsTxtUnit from './requirements-txt.ts';
import setupCfgUnit from './setup-cfg.ts';
import setupPyUnit from './setup-py.ts';
import uvLockUnit from './uv-lock.ts';

export const all = [condaUnit, pdmLockUnit, pipfileUnit, pipfileLockUnit, poetryLockUnit, poetryPyprojectUnit, pyprojectUnit, requirementsTxtUnit, setupCfgUnit, setupPyUnit, uvLockUnit] as const;
