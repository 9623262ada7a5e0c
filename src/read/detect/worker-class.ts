import type { Place, Problem, Profile } from '../../model/profile.ts';
import { gunicornLine } from '../gunicorn-line.ts';
import { isPinnedFrom } from '../install/pin.ts';
import { stringValue } from '../python/literal.ts';
import { type App, isDeclared, loadedModules } from './app.ts';
import type { Claim } from './claim.ts';
import { gunicornSetting } from './gunicorn-setting.ts';
import { webLine } from './processes.ts';

type WorkerClass = Profile['worker_class'];

/**
 * The server's kind of worker: what somebody declared, where it can serve this app; else what the app needs; else threads
 * (a slow client or an open stream then stops nobody else).
 */
export function workerClassClaim(app: App, needs: Profile['needs']): Claim<WorkerClass> {
  const needed = servable(app, neededClass(app, needs));
  const declared = declaredClass(app);
  if (declared === undefined) return { value: needed };

  const { place } = declared;
  const kind = kindOf(declared.name);
  const why = refusal(app, kind, needed);
  if (kind !== undefined && why === undefined) return { value: kind, evidence: place };
  return {
    value: needed,
    evidence: place,
    problems: [leftOut(declared.name, needed, why ?? 'decant knows none of this name', place)],
  };
}

function leftOut(name: string, needed: WorkerClass, why: string, place: Place): Problem {
  return { id: 'worker-class', message: `the worker class ${name} is left out for ${needed}: ${why}`, place };
}

/** Of the command that starts the server, else of gunicorn's file; a class of the person's own in that file is theirs. */
function declaredClass(app: App): { readonly name: string; readonly place: Place } | undefined {
  const web = webLine(app);
  const name = gunicornLine(web?.command).workerClass;
  if (web !== undefined && name !== undefined) return { name, place: web.place };

  const setting = gunicornSetting(app, 'worker_class');
  const written = stringValue(setting?.value);
  if (setting === undefined || written === undefined || kindOf(written) === undefined) return undefined;
  return { name: written, place: setting.place };
}

function kindOf(name: string): WorkerClass | undefined {
  return names.find(([sign]) => sign.test(name.replace(/^egg:gunicorn#/, '')))?.[1];
}

const names: readonly (readonly [RegExp, WorkerClass])[] = [
  [/^(?:sync|gunicorn\.workers\.sync\.\w+)$/, 'sync'],
  [/^(?:gthread|gunicorn\.workers\.gthread\.\w+)$/, 'gthread'],
  [/^(?:gevent|gevent_p?ywsgi|gevent_wsgi|gunicorn\.workers\.ggevent\.\w+)$/, 'gevent'],
  [/^(?:geventwebsocket\.gunicorn\.workers\.\w+|flask_sockets\.worker)$/, 'gevent-websocket'],
  [/^(?:eventlet|gunicorn\.workers\.geventlet\.\w+)$/, 'eventlet'],
  [/^(?:asgi|uvicorn\.workers\.\w+|uvicorn_worker\.\w+)$/, 'asgi'],
];

/** Why a declared class can't serve the app. */
function refusal(app: App, kind: WorkerClass | undefined, needed: WorkerClass): string | undefined {
  if (needed === 'asgi' && kind !== 'asgi') return 'the app is an ASGI app';
  if (needed !== 'asgi' && kind === 'asgi') return 'the app is a WSGI app';
  if (kind === 'eventlet' && servable(app, kind) !== kind) return 'the pinned gunicorn has none, since 26';
  const isPlain = kind === 'sync' || kind === 'gthread';
  return isPlain && needed !== 'gthread' ? `the app is written for ${needed}` : undefined;
}

function servable({ install }: App, kind: WorkerClass): WorkerClass {
  return kind === 'eventlet' && isPinnedFrom(install.declared.gunicorn, 26, 0) ? 'gthread' : kind;
}

function neededClass(app: App, { gevent }: Profile['needs']): WorkerClass {
  if (app.entry?.callable?.interface === 'asgi') return 'asgi';
  const kind = gevent ? 'gevent' : (socketMode(app) ?? (isPatchedByEventlet(app) ? 'eventlet' : 'gthread'));
  // Where it is installed, Socket.IO and Flask-Sockets count on its server.
  return kind === 'gevent' && isDeclared(app, 'gevent-websocket', 'flask-sockets') ? 'gevent-websocket' : kind;
}

/** Flask-SocketIO's mode, as it chooses it: what is said, else the first of the packages that is installed. */
function socketMode(app: App): WorkerClass | undefined {
  const calls = loadedModules(app, 'flask_socketio').flatMap(module =>
    module.calls.filter(({ name }) => /(^|\.)SocketIO$|socketio\.init_app$/i.test(name)),
  );
  if (calls.length === 0) return undefined;

  const said = calls.flatMap(call => stringValue(call.keywords.get('async_mode')) ?? [])[0];
  const mode = said ?? ['eventlet', 'gevent'].find(name => isDeclared(app, name)) ?? 'threading';
  return mode === 'eventlet' ? 'eventlet' : mode.startsWith('gevent') ? 'gevent' : undefined;
}

function isPatchedByEventlet(app: App): boolean {
  return loadedModules(app, 'eventlet').some(module =>
    module.calls.some(({ name, main }) => /^(eventlet\.)?monkey_patch$/.test(name) && !main),
  );
}
