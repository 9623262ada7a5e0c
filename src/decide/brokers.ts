import type { Profile } from '../model/profile.ts';
import type { DefaultService } from './named-services.ts';
import { addressWords } from './service-address.ts';

/** A process that is left out of a release, and why. */
export interface IdleProcess {
  readonly process: string;
  readonly why: string;
}

/**
 * Queue workers that have no broker: nobody configured one, and none answers at the code's own default (`silent`). The
 * web process is well without them. What the live release runs (`running`) is never left out: there it is a failure.
 */
export function idleProcesses(
  profile: Profile,
  { silent, brokers, running }: { silent: readonly DefaultService[]; brokers: number; running: readonly string[] },
): readonly IdleProcess[] {
  const [broker] = silent;
  if (broker === undefined || silent.length < brokers) return [];

  return Object.entries(profile.processes)
    .filter(([name, command]) => name !== 'web' && isQueueWorker(name, command) && !running.includes(name))
    .map(([process]) => ({ process, why: reason(broker) }));
}

/** By the queue's own program, or by the name that people give to a script that starts it. */
function isQueueWorker(name: string, command: string): boolean {
  return (
    queueWorker.test(command) || (/^(?:\w+[-_])?(?:workers?|celery|rq|queue)$/.test(name) && /worker/.test(command))
  );
}

const queueWorker = /(?:^|[\s/])(?:rq|rqworker|rqscheduler|celery|dramatiq|huey_consumer(?:\.py)?|arq|taskiq)\s/;

function reason({ address, variable, evidence }: DefaultService): string {
  const place = evidence === null ? '' : ` (${evidence})`;
  const set = variable === null ? '' : `, and ${variable} is not set`;
  return `no ${address.kind} answers on ${addressWords(address)}${set}${place}`;
}
