// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import envExampleUnit from './env-example.ts';
import environLibrariesUnit from './environ-libraries.ts';
import osEnvironUnit from './os-environ.ts';
import pydanticSettingsUnit from './pydantic-settings.ts';

export const all = [envExampleUnit, environLibrariesUnit, osEnvironUnit, pydanticSettingsUnit] as const;
