// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import composeUnit from './compose.ts';
import conventionalModuleUnit from './conventional-module.ts';
import djangoUnit from './django.ts';
import dockerfileUnit from './dockerfile.ts';
import factoryUnit from './factory.ts';
import factoryCallUnit from './factory-call.ts';
import flaskAppUnit from './flask-app.ts';
import gunicornConfigUnit from './gunicorn-config.ts';
import instanceUnit from './instance.ts';
import makefileUnit from './makefile.ts';
import packageJsonUnit from './package-json.ts';
import packageModuleUnit from './package-module.ts';
import pageModuleUnit from './page-module.ts';
import platformUnit from './platform.ts';
import procfileUnit from './procfile.ts';
import projectScriptUnit from './project-script.ts';
import renderUnit from './render.ts';
import serverlessUnit from './serverless.ts';
import serviceUnitUnit from './service-unit.ts';
import startScriptUnit from './start-script.ts';
import uwsgiUnit from './uwsgi.ts';
import wsgiFileUnit from './wsgi-file.ts';

export const all = [composeUnit, conventionalModuleUnit, djangoUnit, dockerfileUnit, factoryUnit, factoryCallUnit, flaskAppUnit, gunicornConfigUnit, instanceUnit, makefileUnit, packageJsonUnit, packageModuleUnit, pageModuleUnit, platformUnit, procfileUnit, projectScriptUnit, renderUnit, serverlessUnit, serviceUnitUnit, startScriptUnit, uwsgiUnit, wsgiFileUnit] as const;
