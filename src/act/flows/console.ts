import type { RunAnswer } from '../../model/answers.ts';
import type { ConsoleRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { keptRelease, knownApp } from '../gather/known-app.ts';
import { detected } from '../gather/release-inputs.ts';
import { keptConfig, keptSource } from '../source/kept-source.ts';
import { run } from './run.ts';

/** An interactive Python inside the app: `flask shell`, Django's shell, or plain Python. */
export async function openConsole(context: Context, request: ConsoleRequest): Promise<RunAnswer> {
  const gathered = await knownApp(context);
  const release = keptRelease(gathered, request.release);
  const source = await keptSource(gathered.layout, release, release.root);
  const { profile } = await detected(gathered.record.name, source, await keptConfig(context, gathered.layout, release));
  const argv =
    profile.framework === 'flask'
      ? ['flask', 'shell']
      : profile.framework === 'django'
        ? ['python', 'manage.py', 'shell']
        : ['python'];

  return run(context, { argv, release: release.version });
}
