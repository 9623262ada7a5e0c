// Made by scripts/gen.mjs from the listing of this folder; a new file here is all that a new unit needs.
import appsUnit from './apps.ts';
import autostartUnit from './autostart.ts';
import completionUnit from './completion.ts';
import configUnit from './config.ts';
import consoleUnit from './console.ts';
import deployUnit from './deploy.ts';
import destroyUnit from './destroy.ts';
import helpUnit from './help.ts';
import inspectUnit from './inspect.ts';
import lockUnit from './lock.ts';
import logsUnit from './logs.ts';
import openUnit from './open.ts';
import planUnit from './plan.ts';
import psUnit from './ps.ts';
import releasesUnit from './releases.ts';
import restartUnit from './restart.ts';
import rollbackUnit from './rollback.ts';
import runUnit from './run.ts';
import startUnit from './start.ts';
import statusUnit from './status.ts';
import stopUnit from './stop.ts';
import upUnit from './up.ts';

export const all = [appsUnit, autostartUnit, completionUnit, configUnit, consoleUnit, deployUnit, destroyUnit, helpUnit, inspectUnit, lockUnit, logsUnit, openUnit, planUnit, psUnit, releasesUnit, restartUnit, rollbackUnit, runUnit, startUnit, statusUnit, stopUnit, upUnit] as const;
