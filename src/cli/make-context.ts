import { posix } from 'node:path';
import type { Context } from '../act/context.ts';
import type { ProgressEvent } from '../model/progress.ts';
import { colours, wantsColour } from '../show/colour.ts';
import { glyphs } from '../show/glyphs.ts';
import type { Reporter, ReporterOptions } from '../show/reporter.ts';
import type { Command } from './command.ts';
import type { GlobalOptions } from './global-options.ts';
import { usageError } from './usage-error.ts';
import type { World } from './world.ts';

const tickMillis = 100;

/** A flow's view of the world, and how to close it. */
export interface Session {
  readonly context: Context;
  end(): void;
}

/** Opens the reporter that fits, listens to Ctrl-C, and puts both behind a `Context`. */
export async function openSession(
  world: World,
  options: GlobalOptions,
  command: Pick<Command, 'streams' | 'interrupt'>,
): Promise<Session> {
  let reporter = await reporterFor(world, options, command.streams === true);
  const timer = setInterval(() => reporter.tick(), tickMillis);
  const interrupts = listenToInterrupts(world, command.interrupt ?? 'exit', () => reporter.end());
  const context: Context = {
    ...facts(world, options),
    now: world.now,
    stdout: world.stdout,
    stderr: world.stderr,
    async ask(question) {
      if (options.yes) return true;
      if (!options.input) throw usageError(`This needs an answer: ${question}`, ['give it with --yes']);
      reporter.end();
      const answer = await world.confirm(question);
      reporter = await reporterFor(world, options, command.streams === true);
      return answer;
    },
    signal: interrupts.signal,
    onSecondInterrupt: interrupts.onSecond,
    report: (event: ProgressEvent) => reporter.report(event),
  };
  return {
    context,
    end() {
      clearInterval(timer);
      interrupts.stop();
      reporter.end();
    },
  };
}

function facts(
  world: World,
  options: GlobalOptions,
): Omit<Context, 'now' | 'stdout' | 'stderr' | 'ask' | 'signal' | 'onSecondInterrupt' | 'report'> {
  const { color, ...rest } = options;
  return {
    ...rest,
    home: stateHome(world),
    environment: world.environment,
    node: world.node,
    assets: world.assets,
    version: world.version,
    began: world.now(),
    isTTY: world.isTTY,
    columns: world.columns ?? 80,
    colour: wantsColour(color, world.environment, world.isTTY.stdout),
  };
}

/** Where decant keeps its state; DECANT_HOME moves all of it. */
export function stateHome(world: Pick<World, 'environment' | 'cwd'>): string {
  const { DECANT_HOME, XDG_STATE_HOME, HOME } = world.environment;
  if (DECANT_HOME) return posix.resolve(world.cwd, DECANT_HOME);
  // The XDG base directory specification: a relative path there is to be ignored.
  if (XDG_STATE_HOME?.startsWith('/')) return posix.join(XDG_STATE_HOME, 'decant');
  return posix.join(HOME ?? '/', '.local/state/decant');
}

async function reporterFor(world: World, options: GlobalOptions, streams: boolean): Promise<Reporter> {
  if (options.json && streams) return (await import('../show/reporters/json.ts')).jsonReporter(world.stdout);
  const reporterOptions: ReporterOptions = {
    write: world.stderr,
    now: world.now,
    verbose: options.verbose,
    quiet: options.quiet || options.json,
    columns: () => world.columns,
    view: {
      colours: colours(wantsColour(options.color, world.environment, world.isTTY.stderr)),
      glyphs: glyphs(world.environment),
    },
  };
  if (world.isTTY.stderr && world.environment.TERM !== 'dumb' && !world.environment.CI)
    return (await import('../show/reporters/tty.ts')).ttyReporter(reporterOptions);
  return (await import('../show/reporters/plain.ts')).plainReporter(reporterOptions);
}

interface Interrupts {
  readonly signal: AbortSignal;
  readonly onSecond: (listener: () => void) => void;
  readonly stop: () => void;
}

function listenToInterrupts(world: World, manner: 'cancel' | 'exit' | 'child', clean: () => void): Interrupts {
  const controller = new AbortController();
  let second: (() => void) | undefined;
  const leave = (): void => {
    clean();
    world.exit(130);
  };
  const stop = world.onInterrupt(() => {
    if (manner === 'child') return;
    if (manner === 'exit') return leave();
    if (!controller.signal.aborted) return controller.abort();
    if (second === undefined) return leave();
    clean();
    second();
  });
  return {
    signal: controller.signal,
    onSecond: listener => {
      second = listener;
    },
    stop,
  };
}
