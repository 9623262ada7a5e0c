import { DecantError, exitCodes } from '../base/errors.ts';
import type { Failure } from '../model/answers.ts';
import { colours, wantsColour } from '../show/colour.ts';
import { glyphs } from '../show/glyphs.ts';
import { troubleView } from '../show/trouble-view.ts';
import type { World } from './world.ts';

/** The options that decide how a failure looks. */
export interface Manner {
  readonly json: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

/** Prints what went wrong and answers the exit code. Together with `main.ts` the only place that does. */
export function printFailure(error: DecantError, world: World, manner: Manner): number {
  if (manner.json) {
    world.stdout(`${JSON.stringify({ schema: 1, type: 'result', ...failureOf(error) })}\n`);
    return error.exit;
  }
  const view = {
    ...(world.columns === undefined ? {} : { columns: world.columns }),
    colours: colours(wantsColour(manner.color, world.environment, world.isTTY.stderr)),
    glyphs: glyphs(world.environment),
    now: world.now(),
  };
  world.stderr(troubleView(error.trouble, view));
  return error.exit;
}

/** Any exception that decant did not throw on purpose, as a trouble with a ready text for an issue. */
export function bug(error: unknown, world: World, command: string): DecantError {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new DecantError(exitCodes.bug, {
    code: 'bug',
    what: `This is a bug in decant: ${(stack.split('\n')[0] ?? '').slice(0, 200)}`,
    evidence: [
      `decant ${world.version}, Node ${world.nodeVersion}, ${world.platform}, command: ${command}`,
      ...stack
        .split('\n')
        .slice(1, 9)
        .map(line => line.trim()),
    ],
    state: 'What serves goes on serving. If a release was being made, the next command undoes or finishes it.',
    next: ['open an issue and paste the text above', 'decant status'],
  });
}

function failureOf(error: DecantError): Failure {
  const { code, what, evidence, state, next } = error.trouble;
  return { ok: false, code, exit: error.exit, what, evidence, state, next };
}
