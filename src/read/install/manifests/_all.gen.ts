// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import pyprojectUnit from './pyproject.ts';
import requirementsTxtUnit from './requirements-txt.ts';
import uvLockUnit from './uv-lock.ts';

export const all = [pyprojectUnit, requirementsTxtUnit, uvLockUnit] as const;
