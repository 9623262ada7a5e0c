import { entriesIn } from '../data-at.ts';
import type { EntrySource } from '../entry.ts';
import { platformCandidates, platformData, textsUnder } from '../platform-file.ts';

const files: readonly { readonly path: string; readonly keys: readonly string[] }[] = [
  { path: 'railway.json', keys: ['startCommand'] },
  { path: 'railway.toml', keys: ['startCommand'] },
  { path: 'nixpacks.toml', keys: ['cmd'] },
  { path: 'railpack.json', keys: ['startCommand'] },
  { path: 'fly.toml', keys: ['cmd'] },
  { path: 'app.yaml', keys: ['entrypoint', 'run_command'] },
  { path: 'app.yml', keys: ['entrypoint', 'run_command'] },
  { path: '.do/app.yaml', keys: ['run_command'] },
  { path: 'apprunner.yaml', keys: ['command'] },
  { path: 'heroku.yml', keys: ['web'] },
  { path: '.replit', keys: ['run'] },
];

/** The files of hosting platforms that hold a command to start with: Railway, Nixpacks, Railpack, Fly, App Engine, App Platform, App Runner, Heroku, Replit. */
const source: EntrySource = {
  name: 'platform file',
  trust: 90,
  production: true,
  candidates: scope =>
    files.flatMap(({ path, keys }) => {
      const data = platformData(scope, path);
      const processes = path === 'fly.toml' ? entriesIn(data, 'processes').map(([, command]) => command) : [];
      return [...keys.flatMap(key => textsUnder(data, key)), ...processes].flatMap(command =>
        platformCandidates(scope, path, command),
      );
    }),
};

export default source;
