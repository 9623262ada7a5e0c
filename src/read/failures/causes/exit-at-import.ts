import { defineFailure, type FailureContext } from '../failure.ts';
import { appTraceback, tracebacks } from '../traceback.ts';

export default defineFailure({
  code: 'exit-at-import',
  means: 'Importing the app ends the process without an error: something calls sys.exit()',
  rank: 40,
  person: true,
  match: context => {
    if (!isQuietImport(context) && !isReforking(context)) return null;

    const words = context.output.filter(line => line.trim() !== '' && !/^\[.+\] \[\w+\] /.test(line));
    const module = context.profile.entry?.split(':')[0] ?? 'app';
    return {
      what: `Importing ${module} ends the process: something in it calls sys.exit().`,
      evidence: [...new Set(words)].slice(-6).concat(words.length === 0 ? ['it said nothing'] : []),
      next: [
        `python -c "import sys; sys.exit = lambda *_: 1 / 0; import ${module}"    # in your own environment: the traceback ends at the line`,
        'decant up',
      ],
    };
  },
});

/** The import on its own failed and there is no traceback. */
function isQuietImport({ step, reason, output, profile }: FailureContext): boolean {
  const imports = step === 'migrate.import' || (step === 'migrate.run' && profile.migrations?.tool === 'self');
  return imports && reason === 'exit' && tracebacks(output).length === 0;
}

/** gunicorn starts workers again and again, and no worker says why it ended. */
function isReforking({ phase, output }: FailureContext): boolean {
  if (phase !== 'gate' && phase !== 'start' && phase !== 'watch') return false;
  if (appTraceback(output) !== undefined || output.some(line => line.includes('WORKER TIMEOUT'))) return false;

  const count = (text: string) => output.filter(line => line.includes(text)).length;
  return count('Booting worker with pid') > 4 && count('Worker exiting (pid') > 4;
}
