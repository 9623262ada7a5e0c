import { withoutCredentials } from '../../base/credentials.ts';
import type { AppsAnswer } from '../../model/answers.ts';
import type { Context } from '../context.ts';
import { appRecords } from '../gather/app-store.ts';
import { gather } from '../gather/gathered.ts';
import { addressUrl } from '../submit/up-answer.ts';
import { appCondition } from './status.ts';

/** Every app of this home. */
export async function apps(context: Context): Promise<AppsAnswer> {
  const rows = [];

  for (const record of appRecords(context.home)) {
    const gathered = await gather(context, record, { keepsAnswers: false });
    const live = gathered.state.releases.find(release => release.version === gathered.state.live);
    const condition = appCondition(gathered, true);
    rows.push({
      app: record.name,
      source: withoutCredentials(record.source),
      target: context.target,
      state: condition === 'unhealthy' ? ('live' as const) : condition,
      release: gathered.state.live,
      commit: live?.source ?? live?.commit ?? null,
      dirty: live?.dirty ?? false,
      url: live === undefined ? null : addressUrl(record),
    });
  }

  return { ok: true, apps: rows };
}
