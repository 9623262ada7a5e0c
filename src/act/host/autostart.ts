import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { unitThatLeaves, userUnit } from '../../decide/templates/user-unit.ts';
import type { Context } from '../context.ts';
import { unitVariables } from './passed-variables.ts';
import { enableLinger, switchUnit, userSystemctl } from './user-systemd.ts';

/** The user's systemd unit of an app. */
export function autostartUnit(context: Context, app: string): string {
  return join(unitFolder(context), unitName(app));
}

/** Whether the app comes back after a reboot: its unit is there and enabled. */
export function isAutostarted(context: Context, app: string): boolean {
  return existsSync(join(unitFolder(context), 'default.target.wants', unitName(app)));
}

/** Writes and enables the unit, and starts it if the app serves; answers what could not be done, one sentence each. */
export async function enableAutostart(
  context: Context,
  app: string,
  { program, serves }: { readonly program: string; readonly serves: boolean },
): Promise<{ linger: boolean; warnings: string[] }> {
  const { home, node } = context;
  const unit = userUnit({ app, home, node, program, environment: unitVariables(context.environment) });
  const linger = await enableLinger(context);
  await writeUnit(autostartUnit(context, app), unit);

  const runs = await userSystemctl(context, ['daemon-reload']);
  const enabled = await switchUnit(context, 'enable', unitName(app));
  if (runs && serves) await userSystemctl(context, ['start', unitName(app)]);

  return {
    linger,
    warnings: [
      ...(enabled ? [] : [`the unit could not be enabled: systemctl --user enable ${unitName(app)} says why`]),
      ...(linger
        ? []
        : [
            `lingering could not be enabled: the app starts at login and ends at logout, not with the machine; sudo loginctl enable-linger ${userInfo().username} does it`,
          ]),
      ...(runs ? [] : ['you have no login session, so your systemd does not run: the unit begins with the next one']),
      ...(serves ? [] : ['the app does not run now: decant start starts it']),
    ],
  };
}

/** Disables and removes the unit while the app goes on serving; its path, or null when there was none. */
export async function disableAutostart(context: Context, app: string): Promise<string | null> {
  const file = autostartUnit(context, app);
  if (!existsSync(file)) return null;

  // The manager must forget ExecStop before it ends the unit.
  await writeUnit(file, unitThatLeaves(await readFile(file, 'utf8')));
  await userSystemctl(context, ['daemon-reload']);
  await userSystemctl(context, ['stop', unitName(app)]);
  await switchUnit(context, 'disable', unitName(app));
  await rm(file);
  await userSystemctl(context, ['daemon-reload']);
  await userSystemctl(context, ['reset-failed', unitName(app)]);
  return file;
}

/** A person stopped the app: neither systemd nor a reboot brings it back. Whether there was something to keep down. */
export async function suspendAutostart(context: Context, app: string): Promise<boolean> {
  if (!existsSync(autostartUnit(context, app))) return false;

  const had = isAutostarted(context, app);
  await switchUnit(context, 'disable', unitName(app));
  await userSystemctl(context, ['stop', unitName(app)]);
  return had;
}

/** The app serves again: so does its unit, if it has one. */
export async function resumeAutostart(context: Context, app: string): Promise<void> {
  if (!existsSync(autostartUnit(context, app))) return;

  if (!isAutostarted(context, app)) await switchUnit(context, 'enable', unitName(app));
  await userSystemctl(context, ['start', unitName(app)]);
}

/** Proxies may hold passwords: nobody else reads it. */
async function writeUnit(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  await writeFile(file, text, { mode: 0o600 });
}

function unitFolder({ environment: { XDG_CONFIG_HOME, HOME } }: Context): string {
  return join(XDG_CONFIG_HOME || join(HOME ?? homedir(), '.config'), 'systemd/user');
}

function unitName(app: string): string {
  return `decant-${app}.service`;
}
