import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { uvVersion } from '../../base/uv-pin.ts';
import type { Interpreter, Uv } from '../../model/deployment.ts';
import { runCommand } from '../host/command.ts';

/** Older ones lack options that the plan uses. */
const oldest = [0, 5] as const;

/** The host's own uv, decant's own, or where a step of the plan will put it. */
export async function findUv(request: {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interpreters: readonly Interpreter[];
}): Promise<Uv> {
  const installer = uvInstaller(request.interpreters);
  const own = join(request.home, `tools/uv-${uvVersion}/bin/uv`);
  if (existsSync(own)) return { path: own, version: uvVersion, installed: true, installer };

  const program = (request.environment.PATH ?? '')
    .split(':')
    // A version manager's shim is a script that answers late, and only for the version in use.
    .filter(folder => !folder.endsWith('/shims'))
    .map(folder => join(folder, 'uv'))
    .find(path => existsSync(path));
  const version =
    program === undefined
      ? undefined
      : /^uv (\d+\.\d+\.\d+)/.exec((await runCommand([program, '--version'])).stdout.toString())?.[1];

  if (program !== undefined && version !== undefined && isRecent(version))
    return { path: program, version, installed: true, installer };
  return { path: own, version: uvVersion, installed: false, installer };
}

function uvInstaller(interpreters: readonly Interpreter[]): Uv['installer'] {
  const recent = interpreters.filter(python => !/^3\.[0-7]\./.test(python.version));
  const direct = recent.find(python => python.pip);
  const indirect = direct ?? recent.find(python => python.ensurepip);

  return indirect === undefined ? null : { python: indirect.path, venv: direct === undefined };
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || minor >= oldest[1];
}
