import { initCommand } from '../../decide/init-command.ts';
import { sharedPaths } from '../../decide/phases/state.ts';
import type { UpAnswer } from '../../model/answers.ts';
import type { Deployment } from '../../model/deployment.ts';
import type { AppState } from '../../model/state.ts';
import { unhandledWarning } from '../../read/missing-variables.ts';
import type { Context } from '../context.ts';
import type { ReleaseInputs } from '../gather/release-inputs.ts';
import { isAutostarted } from '../host/autostart.ts';
import type { Performed } from './notebook.ts';

/** A release that a command was to make live, and what became of it; without `performed` nothing had to be done. */
export interface Activated {
  readonly app: string;
  readonly address: { readonly host: string; readonly port: number };
  /** The state before. */
  readonly state: Pick<AppState, 'live' | 'previous'>;
  readonly version: string;
  /** The person's own commit, where decant made another one of it. */
  readonly commit: string;
  readonly subject: string | null;
  readonly dirty: boolean;
  readonly performed: Performed | null;
}

type Extras = 'assumed' | 'generated' | 'not_copied' | 'warnings' | 'environment_changed';

/** The answer of each command that ends with a live release. */
export function activatedAnswer(
  context: Context,
  { app, address, state, version, commit, subject, dirty, performed }: Activated,
  extras: Partial<Pick<UpAnswer, Extras>>,
): UpAnswer {
  const liveAt = performed?.liveAt ?? null;

  return {
    ok: true,
    app,
    target: context.target,
    release: performed === null ? state.live : version,
    previous: performed === null ? state.previous : state.live,
    commit,
    subject,
    dirty,
    url: addressUrl(address),
    seconds: context.now() - context.began,
    live_seconds: liveAt === null ? null : liveAt - context.began,
    changed: performed !== null,
    assumed: [],
    generated: [],
    not_copied: [],
    warnings: [],
    environment_changed: [],
    ...extras,
    autostart: isAutostarted(context, app),
  };
}

/** What `up` says at its end. */
export function upAnswer(
  context: Context,
  {
    deployment,
    inputs,
    performed,
    warnings = [],
  }: {
    readonly deployment: Deployment;
    readonly inputs: Pick<ReleaseInputs, 'generated' | 'ignoredState'>;
    readonly performed: Performed | null;
    /** What was said before the work, and counts after it too. */
    readonly warnings?: readonly string[];
  },
): UpAnswer {
  const { app, address, state, version, source } = deployment;
  const { subject, dirty } = source;
  const isFirst = state.live === null && deployment.copies === undefined;
  const left = inputs.ignoredState.filter(path => !state.shared.includes(path));

  return activatedAnswer(
    context,
    { app, address, state, version, commit: source.original ?? source.commit, subject, dirty, performed },
    {
      assumed: deployment.assumed,
      generated: performed === null ? [] : inputs.generated,
      not_copied: isFirst ? left.map(path => `${path} (ignored by git)`) : [],
      warnings: [
        ...warnings,
        ...(deployment.idle ?? []).map(({ process, why }) => `${process} is not started: ${why}`),
        ...initOffer(deployment, performed),
        ...unhandled(deployment, performed),
        ...(performed?.warnings ?? []),
        ...leftInside(deployment, performed).map(
          path =>
            `the app wrote ${path} inside its release, and the next update begins without it; to keep it, in decant.yaml:  state: [${path}]`,
        ),
      ],
    },
  );
}

/** A command that makes the app's tables, and that nobody but the person may run. */
function initOffer(deployment: Deployment, performed: Performed | null): string[] {
  const init = performed === null || deployment.kind !== 'deploy' ? null : initCommand(deployment);
  return init === null || init.runs
    ? []
    : [`${init.command} was not run: ${init.why}; if it is needed: decant run -- ${init.command}`];
}

function unhandled({ profile, environment, app, target }: Deployment, performed: Performed | null): string[] {
  const warning = unhandledWarning(profile, { given: Object.keys(environment), app, target });
  return performed === null || warning === null ? [] : [warning];
}

/** Where a person finds the app. */
export function addressUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What the app wrote into a release and nothing keeps; what is kept from now on needs no advice. */
function leftInside(deployment: Deployment, performed: Performed | null): readonly string[] {
  const kept = sharedPaths(deployment).map(({ inShared }) => inShared);
  return (performed?.written ?? []).filter(path => !kept.some(each => path === each || path.startsWith(`${each}/`)));
}
