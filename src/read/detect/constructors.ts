/** Texts that a file must contain to make an app. */
export const constructors = [
  'Flask(',
  'FastAPI(',
  'Starlette(',
  'Quart(',
  'OpenAPI(',
  'FlaskAPI(',
  'Dash(',
  'Eve(',
  'FlaskApp(',
  'connexion.App(',
  'get_wsgi_application(',
  'Litestar(',
  'falcon.App(',
  'Bottle(',
  'default_app(',
  'start_response',
] as const;
