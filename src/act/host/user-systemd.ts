import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { runCommand } from './command.ts';

/** Whether systemd is what started this machine. https://www.freedesktop.org/software/systemd/man/sd_booted.html */
export function hasSystemd(): boolean {
  return existsSync('/run/systemd/system');
}

/** Asks the user's manager; false when it said no, or does not run. */
export async function userSystemctl(
  { environment }: Context,
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  // sudo, su and cron set no runtime folder, and the manager may run all the same.
  const folder = environment.XDG_RUNTIME_DIR ?? `/run/user/${userInfo().uid}`;
  const env = { ...environment, XDG_RUNTIME_DIR: folder, ...more };

  return (await runCommand(['systemctl', '--user', ...words], { env })).status === 0;
}

/** Enables or disables a unit, through the manager or, where it does not run, by the links that it reads when it starts. */
export async function switchUnit(context: Context, change: 'enable' | 'disable', unit: string): Promise<boolean> {
  return (
    (await userSystemctl(context, [change, unit])) ||
    (await userSystemctl(context, [change, unit], { SYSTEMD_OFFLINE: '1' }))
  );
}

/** Lets the user's services run without a login; false when that is not for this user to decide. */
export async function enableLinger(context: Context): Promise<boolean> {
  const { username } = userInfo();
  // Without polkit logind refuses even what is so already.
  if (existsSync(`/var/lib/systemd/linger/${username}`)) return true;

  // Nobody can answer a question for a password here.
  const asked = await runCommand(['loginctl', '--no-ask-password', 'enable-linger', username]);
  return asked.status === 0 && (await managerStarted(context));
}

const rounds = 50;
const pauseMilliseconds = 100;

/** Lingering has just been allowed: the manager is on its way. */
async function managerStarted(context: Context): Promise<true> {
  for (let round = 0; round < rounds; round += 1) {
    if (await userSystemctl(context, ['show-environment'])) break;
    await wait(pauseMilliseconds);
  }
  return true;
}
