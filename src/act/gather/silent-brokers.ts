import { connect } from 'node:net';
import { type DefaultBroker, defaultBrokers, type IdleProcess, idleProcesses } from '../../decide/brokers.ts';
import type { Profile } from '../../model/profile.ts';
import type { AppState } from '../../model/state.ts';

/** The queue workers that can't run here, because nothing answers where the code looks for its broker. */
export async function processesWithoutBroker(
  profile: Profile,
  environment: Readonly<Record<string, string>>,
  state: AppState,
): Promise<readonly IdleProcess[]> {
  const brokers = defaultBrokers(profile, environment);
  const answers = await Promise.all(brokers.map(accepts));
  const live = state.releases.find(release => release.version === state.live);

  return idleProcesses(profile, {
    brokers: brokers.length,
    silent: brokers.filter((_, index) => answers[index] === false),
    running: Object.keys(live?.processes ?? {}),
  });
}

/** Whether somebody accepts a TCP connection there within a second. */
function accepts({ address }: DefaultBroker): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: address.host, port: address.port, timeout: 1000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => settle(true));
    socket.on('timeout', () => settle(false));
    socket.on('error', () => settle(false));
  });
}
