import { defineFailure, type FailureContext } from '../failure.ts';
import { appTraceback, shownTrace } from '../traceback.ts';

export default defineFailure({
  code: 'health-failed',
  means: 'The new release answers, but its health route or its pages say that it is not well',
  rank: 60,
  person: true,
  match: context => {
    const { phase, reason, message, output } = context;
    if (phase !== 'gate' && phase !== 'watch' && phase !== 'workers') return null;
    if (reason !== 'check' && !/\banswered [1-5]\d\d\b/.test(message)) return null;

    return {
      what: `The new release is up, but not healthy: ${message}.`,
      evidence: appTraceback(output) === undefined ? [routesFound(context)] : shownTrace(output),
      next: next(context),
    };
  },
});

function routesFound({ message, profile: { routes } }: FailureContext): string {
  if (!/answered 404/.test(message)) return message;

  return routes.length === 0
    ? 'no GET route was found in the code'
    : `GET routes found in the code: ${routes.slice(0, 5).join(' ')}`;
}

function next({ message, profile }: FailureContext): string[] {
  const again = 'decant up';
  if (/answered 404/.test(message))
    return [`Name a route that exists in decant.yaml:  health: ${profile.routes[0] ?? '/'}`, again];
  if (/answered [34]\d\d/.test(message))
    return ['Name a route in decant.yaml that answers 200 without a login:  health: /health', again];
  return ['Correct the route, then: decant up'];
}
