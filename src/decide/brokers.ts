import { own } from '../base/own.ts';
import type { Place, Profile } from '../model/profile.ts';
import { type ServiceAddress, serviceAddress } from './service-address.ts';

/** A message broker that the app names and nobody configured: the address is the code's own default. */
export interface DefaultBroker {
  readonly address: ServiceAddress;
  /** The variable that would set another one. */
  readonly variable: string | null;
  readonly evidence: Place | null;
}

const kinds: Readonly<Record<string, ServiceAddress>> = {
  redis: { kind: 'Redis', host: 'localhost', port: 6379 },
  rabbitmq: { kind: 'RabbitMQ', host: 'localhost', port: 5672 },
};

/** Brokers whose address no variable of the environment sets. */
export function defaultBrokers(
  profile: Profile,
  environment: Readonly<Record<string, string>>,
): readonly DefaultBroker[] {
  return profile.services.flatMap(service => {
    const usual = own(kinds, service);
    if (usual === undefined) return [];

    const naming = profile.environment.filter(({ name, default: fallback }) =>
      [own(environment, name), fallback].some(value => serviceAddress(value ?? '')?.kind === usual.kind),
    );
    if (naming.some(({ name }) => own(environment, name) !== undefined)) return [];

    const [first] = naming;
    return [
      {
        address: serviceAddress(first?.default ?? '') ?? usual,
        variable: first?.name ?? null,
        evidence: first?.source ?? profile.evidence.services ?? null,
      },
    ];
  });
}

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
  { silent, brokers, running }: { silent: readonly DefaultBroker[]; brokers: number; running: readonly string[] },
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

function reason({ address, variable, evidence }: DefaultBroker): string {
  const place = evidence === null ? '' : ` (${evidence})`;
  const set = variable === null ? '' : `, and ${variable} is not set`;
  return `no ${address.kind} answers on ${address.host}:${address.port}${set}${place}`;
}
