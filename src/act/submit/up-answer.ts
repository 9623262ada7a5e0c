import { initCommand } from '../../decide/init-command.ts';
import type { UpAnswer } from '../../model/answers.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { Context } from '../context.ts';
import type { ReleaseInputs } from '../gather/release-inputs.ts';
import { isAutostarted } from '../host/autostart.ts';
import type { Performed } from './notebook.ts';

/** What `up` says at its end; without `performed` nothing had to be done. */
export function upAnswer(
  context: Context,
  {
    deployment,
    inputs,
    performed,
  }: {
    readonly deployment: Deployment;
    readonly inputs: Pick<ReleaseInputs, 'generated' | 'ignoredState'>;
    readonly performed: Performed | null;
  },
): UpAnswer {
  const { state, source, address } = deployment;
  const liveAt = performed?.liveAt ?? null;
  const first = state.live === null;

  return {
    ok: true,
    app: deployment.app,
    target: deployment.target,
    release: performed === null ? state.live : deployment.version,
    previous: performed === null ? state.previous : state.live,
    commit: source.original ?? source.commit,
    subject: source.subject,
    dirty: source.dirty,
    url: addressUrl(address),
    seconds: context.now() - context.began,
    live_seconds: liveAt === null ? null : liveAt - context.began,
    changed: performed !== null,
    assumed: deployment.assumed,
    generated: performed === null ? [] : inputs.generated,
    not_copied:
      first && deployment.copies === undefined ? inputs.ignoredState.map(path => `${path} (ignored by git)`) : [],
    warnings: [
      ...(deployment.idle ?? []).map(({ process, why }) => `${process} is not started: ${why}`),
      ...initOffer(deployment, performed),
      ...(performed?.warnings ?? []),
      ...(performed?.written ?? []).map(path => `the app wrote ${path} inside its release: declare it as state`),
    ],
    environment_changed: [],
    autostart: isAutostarted(context, deployment.app),
  };
}

/** A command that makes the app's tables, and that nobody but the person may run. */
function initOffer(deployment: Deployment, performed: Performed | null): string[] {
  const init = performed === null || deployment.kind !== 'deploy' ? null : initCommand(deployment);
  return init === null || init.runs
    ? []
    : [`${init.command} was not run: ${init.why}; if it is needed: decant run -- ${init.command}`];
}

/** Where a person finds the app. */
export function addressUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
