/** What a server has to know of an app object. */
export interface AppKind {
  readonly framework: 'flask' | 'django' | 'fastapi' | 'other';
  readonly interface: 'wsgi' | 'asgi';
  /** The attribute that holds the app, where the object itself can't be served. */
  readonly inside?: string;
}

/** The kind of app that calling a qualified name makes ("flask.Flask"). */
export function appKind(qualified: string): AppKind | undefined {
  const last = qualified.split('.').at(-1) ?? '';
  const module = qualified.split('.')[0] ?? '';
  return Object.hasOwn(kinds, `${module}.${last}`) ? kinds[`${module}.${last}`] : undefined;
}

/** Whether calling it wraps an app: middleware keeps what is inside. */
export function isWrapper(qualified: string): boolean {
  return /(ProxyFix|DispatcherMiddleware|SharedDataMiddleware|WSGIApp|ASGIApp|Wsgi[Tt]oAsgi|WSGIMiddleware|AsgiTo\w+|Middleware|WhiteNoise|Sentry\w+|DebuggedApplication|Cling|StaticFilesHandler|ProtocolTypeRouter)$/.test(
    qualified,
  );
}

const flask: AppKind = { framework: 'flask', interface: 'wsgi' };
const otherWsgi: AppKind = { framework: 'other', interface: 'wsgi' };
const dash: AppKind = { ...otherWsgi, inside: 'server' };
const otherAsgi: AppKind = { framework: 'other', interface: 'asgi' };

/** By the package and the last name, since frameworks move their classes between modules. */
const kinds: Readonly<Record<string, AppKind>> = {
  'flask.Flask': flask,
  'flask_openapi3.OpenAPI': flask,
  'apiflask.APIFlask': flask,
  'flask_api.FlaskAPI': flask,
  'eve.Eve': flask,
  'connexion.FlaskApp': flask,
  'connexion.App': flask,
  'connexion.AsyncApp': otherAsgi,
  'dash.Dash': dash,
  'jupyter_dash.JupyterDash': dash,
  'dash_extensions.DashProxy': dash,
  'dash_extensions.Dash': dash,
  'django.get_wsgi_application': { framework: 'django', interface: 'wsgi' },
  'django.get_asgi_application': { framework: 'django', interface: 'asgi' },
  'fastapi.FastAPI': { framework: 'fastapi', interface: 'asgi' },
  'starlette.Starlette': otherAsgi,
  'quart.Quart': otherAsgi,
  'litestar.Litestar': otherAsgi,
  'blacksheep.Application': otherAsgi,
  'sanic.Sanic': otherAsgi,
  'shiny.App': otherAsgi,
  'gradio.mount_gradio_app': otherAsgi,
  'channels.ProtocolTypeRouter': { framework: 'django', interface: 'asgi' },
  'bottle.Bottle': otherWsgi,
  'bottle.default_app': otherWsgi,
  'falcon.App': otherWsgi,
  'falcon.API': otherWsgi,
  'cherrypy.Application': otherWsgi,
  'cherrypy.mount': otherWsgi,
  'pywebio.wsgi_app': otherWsgi,
  'pyramid.make_wsgi_app': otherWsgi,
};
