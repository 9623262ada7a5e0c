// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import conventionalModuleUnit from './conventional-module.ts';
import djangoUnit from './django.ts';
import dockerfileUnit from './dockerfile.ts';
import factoryUnit from './factory.ts';
import flaskAppUnit from './flask-app.ts';
import gunicornConfigUnit from './gunicorn-config.ts';
import instanceUnit from './instance.ts';
import packageModuleUnit from './package-module.ts';
import procfileUnit from './procfile.ts';

export const all = [conventionalModuleUnit, djangoUnit, dockerfileUnit, factoryUnit, flaskAppUnit, gunicornConfigUnit, instanceUnit, packageModuleUnit, procfileUnit] as const;
