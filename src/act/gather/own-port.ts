import { DecantError, exitCodes } from '../../base/errors.ts';
import { areRivals, fixedPort } from '../../decide/relay-command.ts';
import type { Profile } from '../../model/profile.ts';
import type { Context } from '../context.ts';
import { type AppRecord, canListen, freePort } from './app-store.ts';
import type { Say } from './chosen-record.ts';
import { isServing } from './deployment.ts';
import type { Gathered } from './gathered.ts';

/** The record of an app that insists on a port of its own: visitors come to another one. Throws where somebody has it. */
export async function besideOwnPort(
  { home }: Context,
  about: { readonly gathered: Gathered; readonly profile: Profile; readonly isAsked: boolean },
  say: Say,
): Promise<AppRecord> {
  const { gathered, profile, isAsked } = about;
  const { record, state } = gathered;
  const port = fixedPort(profile.listens);
  if (port === null) return record;

  const live = state.releases.find(release => release.version === state.live);
  const isOurs = isServing(gathered) && areRivals(profile.listens, live);
  if (port === record.port) {
    if (isAsked || state.live !== null || state.keep !== null) throw shared(record, profile, port);
    const other = await freePort(home, record.host, port);
    say(`${record.name} listens on ${port} itself: decant serves it on ${other}, and keeps that.`);
    return { ...record, port: other };
  }
  if (!isOurs && !(await canListen('127.0.0.1', port))) throw taken(profile, port);
  return record;
}

function shared({ name }: AppRecord, profile: Profile, port: number): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'port-shared',
    what: `${name} listens on ${port} itself, so decant can't serve it there.`,
    evidence: places(profile),
    state: 'Nothing was changed.',
    next: [`decant stop -a ${name}`, `decant up --port ${port + 1} -a ${name}`],
  });
}

function taken(profile: Profile, port: number): DecantError {
  return new DecantError(exitCodes.person, {
    code: 'port-taken',
    what: `The app listens on port ${port}, and another program has it now.`,
    evidence: places(profile),
    state: 'Nothing was changed.',
    next: ['stop that program, then: decant up', 'or let the app listen on the port that the variable PORT names'],
  });
}

function places({ evidence }: Profile): string[] {
  return evidence.listens === undefined ? [] : [evidence.listens];
}
