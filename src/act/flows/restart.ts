import type { UpAnswer } from '../../model/answers.ts';
import type { WaitRequest } from '../../model/requests.ts';
import type { Context } from '../context.ts';
import { settledApp } from '../gather/known-app.ts';
import { redeploy } from '../submit/redeploy.ts';

/** A new release number from the same build: no socket path is ever bound by two masters, and no request fails. */
export async function restart(context: Context, request: WaitRequest): Promise<UpAnswer> {
  return redeploy(context, await settledApp(context), {
    kind: 'restart',
    change: values => values,
    wait: request.wait,
  });
}
