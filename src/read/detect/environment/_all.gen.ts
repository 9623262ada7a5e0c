// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import appJsonUnit from './app-json.ts';
import composeEnvironmentUnit from './compose-environment.ts';
import dynaconfSettingsUnit from './dynaconf-settings.ts';
import envExampleUnit from './env-example.ts';
import environLibrariesUnit from './environ-libraries.ts';
import osEnvironUnit from './os-environ.ts';
import prefixedSettingsUnit from './prefixed-settings.ts';
import pydanticSettingsUnit from './pydantic-settings.ts';
import settingsFileUnit from './settings-file.ts';

export const all = [appJsonUnit, composeEnvironmentUnit, dynaconfSettingsUnit, envExampleUnit, environLibrariesUnit, osEnvironUnit, prefixedSettingsUnit, pydanticSettingsUnit, settingsFileUnit] as const;
