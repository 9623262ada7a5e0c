import { defineFailure, type Explanation, type FailureContext } from '../failure.ts';
import { isMigration, placeAndSource, type Traceback, tracebacks } from '../traceback.ts';

export default defineFailure({
  code: 'migration-failed',
  means: 'The migration, or the command that stands for it, ended with an error',
  rank: 50,
  person: true,
  match: context => {
    if (context.phase !== 'migrate' || context.step === 'migrate.import') return null;
    if (context.reason !== 'exit' && context.reason !== 'deadline') return null;

    const trace = tracebacks(context.output).at(-1);
    return {
      what: `The migration failed (${context.message}).`,
      evidence: trace === undefined ? lastWords(context) : [...place(trace, context), ...error(trace)],
      next: next(context),
    };
  },
});

/** The migration's own line, or the name that Django printed before it. */
function place(trace: Traceback, { output }: FailureContext): string[] {
  const frame = trace.frames.findLast(candidate => isMigration(candidate) && !candidate.file.endsWith('env.py'));
  const applying = output.findLast(line => /^\s*Applying \S+/.test(line));
  return frame !== undefined
    ? [placeAndSource(frame)]
    : applying === undefined
      ? []
      : [applying.trim().replace(/\.*Traceback .*/, '')];
}

function error(trace: Traceback): string[] {
  return trace.error
    .filter(line => line.trim() !== '' && !/^\(Background on this error|^\[parameters:/.test(line))
    .slice(0, 8);
}

function lastWords({ output }: FailureContext): string[] {
  return output.filter(line => line.trim() !== '' && !/^INFO\b/.test(line)).slice(-6);
}

function next(context: FailureContext): Explanation['next'] {
  const text = context.output.join('\n');
  const folder = context.profile.migrations?.folder ?? 'migrations';
  if (/Path doesn't exist/.test(text))
    return [`Commit the folder ${folder}/ (flask db init, flask db migrate), then: decant up`];
  return ['Correct the migration, then: decant up'];
}
