import type { StatusAnswer, Traffic } from '../../model/answers.ts';
import type { FrontStats } from '../../model/front-stats.ts';
import type { Manifest } from '../../model/release.ts';
import type { Context } from '../context.ts';
import { frontStats, unixGet } from '../gather/front-stats.ts';
import type { Gathered } from '../gather/gathered.ts';
import { knownApp } from '../gather/known-app.ts';
import { isAutostarted } from '../host/autostart.ts';
import { addressUrl } from '../submit/up-answer.ts';

/** What a person wants to know at night: is it up, which version, is it healthy, how much, how fast. */
export async function status(context: Context): Promise<StatusAnswer> {
  const gathered = await knownApp(context);
  const { state, layout, record } = gathered;
  const live = state.releases.find(release => release.version === state.live);
  const [health, stats] = await Promise.all([
    live === undefined ? null : healthOf(gathered, live),
    frontStats(layout.run),
  ]);
  const processes = state.keep?.processes ?? [];
  const web = processes.find(process => process.release === state.live && process.kind === 'web');

  return {
    ok: true,
    app: record.name,
    target: context.target,
    state: appCondition(gathered, health?.ok ?? false),
    release: state.live,
    commit: live?.source ?? live?.commit ?? null,
    subject: live?.subject ?? null,
    dirty: live?.dirty ?? false,
    up_seconds:
      web?.started === undefined || web.started === null || web.state !== 'running'
        ? null
        : context.now() - web.started,
    url: live === undefined ? null : addressUrl(record),
    health: state.keep === null ? null : health,
    traffic: stats === undefined || state.live === null ? null : traffic(stats, state.live),
    memory_bytes:
      processes.length === 0 ? null : processes.reduce((sum, process) => sum + (process.memory_bytes ?? 0), 0),
    disk_free_bytes: state.disk.bytes,
    processes,
    holder: state.holder,
    unfinished:
      state.unfinished === null
        ? null
        : `${state.unfinished.version ?? 'a change'} stopped at ${state.unfinished.phase}`,
    autostart: isAutostarted(context, record.name),
  };
}

/** `stopped` is a wish: no keeper, and the last run was a stop. `down`: it should serve and does not. */
export function appCondition({ state }: Pick<Gathered, 'state'>, healthy: boolean): StatusAnswer['state'] {
  if (state.live === null) return 'empty';
  const web = state.keep?.processes.find(process => process.release === state.live && process.kind === 'web');
  if (web?.state === 'running') return healthy ? 'live' : 'unhealthy';
  const lastDone = state.runs.filter(run => run.outcome === 'done').at(-1);

  return state.keep === null && lastDone?.kind === 'stop' ? 'stopped' : 'down';
}

async function healthOf({ layout }: Gathered, live: Manifest): Promise<NonNullable<StatusAnswer['health']>> {
  const path = live.health ?? '/';
  const { socket } = layout.release(live.version);
  const headers = { host: '127.0.0.1', 'x-forwarded-proto': 'http' };
  const answer = await unixGet({ run: layout.run, socket }, path, headers);
  if (answer === undefined) return { ok: false, message: `GET ${path}: no answer` };

  const ok = live.health === null ? answer.status < 500 : answer.status >= 200 && answer.status < 300;
  return { ok, message: `GET ${path} ${answer.status} in ${Math.round(answer.seconds * 1000)} ms` };
}

function traffic(stats: FrontStats, live: string): Traffic | null {
  const release = stats.releases[live];
  if (release === undefined) return null;
  const { seconds, requests, errors5xx, p50, p95 } = release.recent;

  return {
    seconds,
    requests,
    requests_per_second: requests / seconds,
    errors_5xx: errors5xx,
    p50_ms: p50,
    p95_ms: p95,
    inflight: release.inflight,
  };
}
