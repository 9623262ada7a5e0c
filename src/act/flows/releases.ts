import { existsSync } from 'node:fs';
import { phases } from '../../model/phases.ts';
import type { Manifest } from '../../model/release.ts';
import type { ReleaseAnswer, ReleaseDiffAnswer, ReleaseRow, ReleasesAnswer } from '../../model/release-answers.ts';
import type { ReleaseDiffRequest, ReleaseRequest, ReleasesRequest } from '../../model/requests.ts';
import type { Run } from '../../model/state.ts';
import type { Context } from '../context.ts';
import { readConfig } from '../gather/config-store.ts';
import type { Gathered } from '../gather/gathered.ts';
import { keptRelease, knownApp } from '../gather/known-app.ts';
import { lastWords } from '../gather/last-words.ts';
import { runCommand } from '../host/command.ts';
import { git } from '../source/git.ts';
import { changedNames } from '../submit/redeploy.ts';

/** What was ever tried, newest first: good releases and failed ones. */
export async function listReleases(context: Context, request: ReleasesRequest): Promise<ReleasesAnswer> {
  const { state, record } = await knownApp(context);
  const rows = [...versions(state.runs)]
    .filter(([, runs]) => runs.some(hasBegun))
    .map(([version, runs]) => releaseRow(version, runs, state))
    .reverse();

  return {
    ok: true,
    app: record.name,
    target: context.target,
    live: state.live,
    previous: state.previous,
    releases: rows.slice(0, request.count),
  };
}

/** Runs by the version that they made or made live, in the order of their first try. */
function versions(runs: readonly Run[]): Map<string, Run[]> {
  const byVersion = new Map<string, Run[]>();
  for (const run of runs)
    if (run.version !== null) byVersion.set(run.version, [...(byVersion.get(run.version) ?? []), run]);

  return byVersion;
}

/** A number is used up when the build begins: a run that ended before has none. */
function hasBegun({ failure }: Run): boolean {
  return failure === null || phases.indexOf(failure.phase) >= phases.indexOf('build');
}

function releaseRow(version: string, runs: readonly Run[], state: Gathered['state']): ReleaseRow {
  const manifest = state.releases.find(release => release.version === version);
  const good = runs.some(run => run.outcome === 'done' && run.switched);
  const last = runs.at(-1);
  const first = runs[0];

  return {
    release: version,
    state: state.live === version ? 'live' : good ? 'good' : last?.outcome === 'cancelled' ? 'cancelled' : 'failed',
    commit: manifest?.source ?? manifest?.commit ?? first?.commit ?? null,
    subject: manifest?.subject ?? null,
    dirty: manifest?.dirty ?? false,
    at: first?.at ?? 0,
    by: first?.by ?? '',
    seconds: first?.seconds ?? null,
    kind: first?.kind ?? 'deploy',
    note: good ? null : noteOf(last),
    kept: manifest !== undefined,
  };
}

function noteOf(last: Run | undefined): string | null {
  if (last?.outcome === 'cancelled') return 'cancelled';
  if (last?.outcome === 'unfinished') return 'not finished';
  return last?.failure ? `failed: ${last.failure.phase}` : null;
}

/** A release that is kept, or what is known of one that is not: why it failed, and where its logs are. */
export async function showRelease(context: Context, request: ReleaseRequest): Promise<ReleaseAnswer> {
  const gathered = await knownApp(context);
  const { state, layout, record } = gathered;
  const runs = state.runs.filter(run => run.version === request.version);
  const manifest = runs.some(hasBegun)
    ? (state.releases.find(release => release.version === request.version) ?? null)
    : keptRelease(gathered, request.version);
  const { logs } = layout.release(request.version);
  const row = releaseRow(request.version, runs, state);

  return {
    ok: true,
    app: record.name,
    target: context.target,
    ...row,
    live: state.live === request.version,
    manifest,
    runs,
    evidence: row.state === 'failed' ? lastWords(logs) : [],
    logs: existsSync(logs) ? logs : null,
  };
}

/** What differs between two releases: code, facts, names of variables, packages. */
export async function diffReleases(context: Context, request: ReleaseDiffRequest): Promise<ReleaseDiffAnswer> {
  const gathered = await knownApp(context);
  const from = keptRelease(gathered, request.from);
  const to = keptRelease(gathered, request.to);
  const code = await git([`--git-dir=${gathered.layout.repository}`, 'diff', from.commit, to.commit]);

  return {
    ok: true,
    app: gathered.record.name,
    from: from.version,
    to: to.version,
    code: code === '' ? '' : `${code}\n`,
    facts: factDifferences(from, to),
    environment: environmentDifference(gathered, from, to),
    packages: from.venv === to.venv ? [] : await packageDifference(gathered, from, to),
  };
}

function factDifferences(from: Manifest, to: Manifest): { name: string; from: string; to: string }[] {
  const facts = (release: Manifest) => ({
    python: release.python,
    venv: release.venv.slice(0, 10),
    entry: release.entry ?? 'none',
    migrations: release.migration?.hash.slice(0, 10) ?? 'none',
    processes: Object.keys(release.processes).join(', ') || 'web',
    health: release.health ?? 'none',
  });
  const before = facts(from);
  const after = facts(to);
  const names = Object.keys(before) as (keyof typeof before)[];

  return names
    .filter(name => before[name] !== after[name])
    .map(name => ({ name, from: before[name], to: after[name] }));
}

function environmentDifference({ layout }: Gathered, from: Manifest, to: Manifest): ReleaseDiffAnswer['environment'] {
  const values = (release: Manifest) => readConfig(`${layout.release(release.version).folder}/config.json`);
  const [before, after] = [values(from), values(to)];
  const [old, now] = [new Set(before.map(({ name }) => name)), new Set(after.map(({ name }) => name))];
  const changed = changedNames(before, after);

  return {
    added: changed.filter(name => !old.has(name)),
    removed: changed.filter(name => !now.has(name)),
    changed: changed.filter(name => old.has(name) && now.has(name)),
  };
}

async function packageDifference(
  { layout }: Gathered,
  from: Manifest,
  to: Manifest,
): Promise<ReleaseDiffAnswer['packages']> {
  const [before, after] = await Promise.all([from, to].map(release => packages(layout.release(release.version).venv)));
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();

  return names
    .map(name => ({ name, from: before?.[name] ?? null, to: after?.[name] ?? null }))
    .filter(row => row.from !== row.to);
}

const listing =
  'import json;from importlib import metadata;print(json.dumps({d.metadata["Name"]:d.version for d in metadata.distributions() if d.metadata["Name"]}))';

/** Installed distributions of an environment, by name. */
async function packages(venv: string): Promise<Record<string, string>> {
  const outcome = await runCommand([`${venv}/bin/python`, '-I', '-c', listing]);
  return outcome.status === 0 ? JSON.parse(outcome.stdout.toString()) : {};
}
