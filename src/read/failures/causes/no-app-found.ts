import { defineFailure, type FailureContext } from '../failure.ts';

const signs =
  /Failed to find attribute '.+' in '.+'|Could not locate a Flask application|Failed to find Flask application or factory in module '.+'|Error loading ASGI app\. .+|Attribute ".+" not found in module ".+"|Could not import '.+'\.$/;

export default defineFailure({
  code: 'no-app-found',
  means: 'The module that was named or found holds no app',
  rank: 38,
  person: true,
  match: context => {
    const said = [context.message, ...context.output].map(line => signs.exec(line)?.[0]).find(Boolean);
    if (said === undefined && !isUnknown(context)) return null;

    return {
      what:
        said === undefined
          ? 'No web app was found in this repository.'
          : `No app was found${context.profile.entry === null ? '' : ` at ${context.profile.entry}`}.`,
      evidence: [
        ...(said === undefined ? [] : [said]),
        ...context.profile.candidates.map(({ entry, evidence }) => `${evidence}  ${entry}`),
        ...context.profile.problems.map(({ message, place }) =>
          place === undefined ? message : `${place}  ${message}`,
        ),
      ],
      next: ['Name it in decant.yaml:  entry: module:app   (or module:create_app())', 'decant up'],
    };
  },
});

function isUnknown({ profile, phase }: FailureContext): boolean {
  const isEarly = phase === 'lock' || phase === 'preflight';
  return isEarly && profile.entry === null && profile.processes.web === undefined;
}
