import type { Place, Profile } from '../../model/profile.ts';
import { qualifiedName } from '../python/project.ts';
import { type App, isDeclared, loadedModules } from './app.ts';
import type { Claim } from './claim.ts';
import { randomKey } from './random-key.ts';

/** What an app needs of the server that an ordinary one does not. */
export function needsClaim(app: App): Claim<Profile['needs']> {
  const websocket =
    imports(app, 'flask_sock', 'flask_socketio', 'simple_websocket', 'flask_sockets', 'channels') ?? asgiSocket(app);
  const gevent = geventUse(app);
  const single = singleProcess(app);
  const value = {
    websocket: websocket !== undefined,
    gevent: gevent !== undefined,
    singleProcess: single !== undefined,
  };
  return { value, evidence: websocket ?? gevent ?? single };
}

/** What makes several processes of the app differ from one. */
export function singleProcess(app: App): Place | undefined {
  return scheduler(app) ?? socketIo(app) ?? randomKey(app);
}

function imports(app: App, ...names: readonly string[]): Place | undefined {
  for (const module of loadedModules(app, ...names)) {
    const found = module.imports.find(each => names.includes(each.module.split('.')[0] ?? ''));
    if (found !== undefined) return app.scope.place(module.path, found.line);
  }
  return undefined;
}

function asgiSocket(app: App): Place | undefined {
  for (const module of loadedModules(app, '.websocket(')) {
    const found = module.calls.find(call => /\.websocket$/.test(call.name) && call.node.parent?.type === 'decorator');
    if (found !== undefined) return app.scope.place(module.path, found.line);
  }
  return undefined;
}

/** Patching, or Flask-Sockets, works under gevent only. */
function geventUse(app: App): Place | undefined {
  if (!isDeclared(app, 'gevent', 'flask-sockets', 'gevent-websocket')) return undefined;
  for (const module of loadedModules(
    app,
    'monkey',
    'flask_sockets',
    'geventwebsocket',
    "async_mode='gevent'",
    'async_mode="gevent"',
  )) {
    const found =
      module.calls.find(({ name }) => /patch_all$/.test(name)) ??
      module.imports.find(each => /^(flask_sockets|geventwebsocket)/.test(each.module));
    const mode = found ?? module.calls.find(({ keywords }) => /gevent/.test(keywords.get('async_mode')?.text ?? ''));
    if (mode !== undefined) return app.scope.place(module.path, mode.line);
  }
  return undefined;
}

/** A scheduler inside the web process would run every job once per worker. */
function scheduler(app: App): Place | undefined {
  for (const module of loadedModules(app, 'Scheduler(')) {
    const found = module.calls.find(
      call =>
        /^(apscheduler\.|flask_apscheduler\.)/.test(qualifiedName(app.scope, module, call.name)) &&
        /Scheduler$/.test(call.name),
    );
    if (found !== undefined && !found.main) return app.scope.place(module.path, found.line);
  }
  return undefined;
}

/** Socket.IO's long polling needs the same process each time, and gunicorn hands a visitor to any; a queue changes nothing. */
function socketIo(app: App): Place | undefined {
  for (const module of loadedModules(app, 'flask_socketio')) {
    const found = module.calls.find(({ name }) => /(^|\.)SocketIO$|socketio\.init_app$/i.test(name));
    if (found !== undefined) return app.scope.place(module.path, found.line);
  }
  return undefined;
}
