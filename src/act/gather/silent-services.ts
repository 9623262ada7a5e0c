import { connect } from 'node:net';
import { type IdleProcess, idleProcesses } from '../../decide/brokers.ts';
import { type DefaultService, defaultBrokers, defaultDatabase } from '../../decide/named-services.ts';
import { type Address, addressWords } from '../../decide/service-address.ts';
import type { Profile } from '../../model/profile.ts';
import type { AppState } from '../../model/state.ts';
import { urlForm } from '../../read/database-need.ts';
import { configSet } from '../../read/failures/config-set.ts';

/** What nobody answers for, at the addresses that are the code's own defaults. */
export interface Silence {
  /** Queue workers that can't run without their broker. */
  readonly idle: readonly IdleProcess[];
  /** One sentence for each server that no idle process tells of. */
  readonly warnings: readonly string[];
}

/** Asks the servers whose addresses nobody configured. The app may do well without them: nothing is refused here. */
export async function silentServices(
  profile: Profile,
  environment: Readonly<Record<string, string>>,
  { state, target }: { readonly state: AppState; readonly target: string },
): Promise<Silence> {
  const brokers = defaultBrokers(profile, environment);
  const database = defaultDatabase(profile, environment);
  const [silent, absent] = await Promise.all([silentOf(brokers), silentOf(database === null ? [] : [database])]);
  const live = state.releases.find(release => release.version === state.live);
  const running = Object.keys(live?.processes ?? {});
  const idle = idleProcesses(profile, { brokers: brokers.length, silent, running });
  const told = idle.length > 0 ? absent : [...absent, ...silent];

  return { idle, warnings: told.map(each => silenceWords(each, { app: profile.app, target })) };
}

async function silentOf(services: readonly DefaultService[]): Promise<readonly DefaultService[]> {
  const answers = await Promise.all(services.map(async ({ address }) => Promise.all(address.at.map(accepts))));
  return services.filter((_, at) => answers[at]?.includes(true) === false);
}

function silenceWords(
  { address, variable, evidence }: DefaultService,
  about: { readonly app: string; readonly target: string },
): string {
  const place = evidence === null ? '' : ` (${evidence})`;
  const said = `No ${address.kind} answers on ${addressWords(address)}, where the code looks for it${place}`;
  if (variable === null) return `${said}.`;
  const form = /HOST|SERVER/.test(variable) ? null : urlForm(address.kind);
  return `${said}. Set another with  ${configSet(about, [{ name: variable, default: form }])}`;
}

/** Whether somebody accepts a connection there within a second. */
function accepts(address: Address): Promise<boolean> {
  return new Promise(resolve => {
    const place = 'socket' in address ? { path: address.socket } : { host: address.host, port: address.port };
    const socket = connect({ ...place, timeout: 1000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => settle(true));
    socket.on('timeout', () => settle(false));
    socket.on('error', () => settle(false));
  });
}
