import type { Context } from '../act/context.ts';
import type { UpAnswer } from '../model/answers.ts';
import { printAnswer, printResult } from './answer.ts';
import type { Input } from './input.ts';

type ConfigFlows = typeof import('../act/flows/config.ts');

/** `config set|unset|import`: a change that ends like `up`. */
export async function runConfigChange(
  context: Context,
  change: (flows: ConfigFlows) => Promise<UpAnswer>,
): Promise<number> {
  const [flows, { upScreen }] = await Promise.all([import('../act/flows/config.ts'), import('../show/up-screen.ts')]);
  const answer = await change(flows);
  printResult(context, answer, view => upScreen(answer, view));
  return 0;
}

/** `config` and `config list`. */
export async function runConfigList(context: Context, input: Input): Promise<number> {
  const [{ listConfig }, { configTable }] = await Promise.all([
    import('../act/flows/config.ts'),
    import('../show/config-table.ts'),
  ]);
  const answer = await listConfig(context, { reveal: input.flag('reveal') });
  printAnswer(context, answer, view => configTable(answer, view));
  return 0;
}
