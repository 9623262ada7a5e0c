import { own } from '../base/own.ts';
import type { Place, Profile } from '../model/profile.ts';
import { partsAddress, type ServiceAddress, serviceAddress } from './service-address.ts';

type Environment = Readonly<Record<string, string>>;

/** A server that a variable of the environment names. */
export interface NamedService {
  readonly variable: string;
  readonly address: ServiceAddress;
}

/** A server whose address nobody configured: it is the code's own default. */
export interface DefaultService {
  readonly address: ServiceAddress;
  /** The variable that would set another one. */
  readonly variable: string | null;
  readonly evidence: Place | null;
}

/** Servers that the environment names, by a URL or by a host and a port. */
export function namedServices(profile: Profile, environment: Environment): readonly NamedService[] {
  const urls = Object.entries(environment).map(([variable, value]) => ({ variable, address: serviceAddress(value) }));
  const hosts = hostVariables(profile, Object.keys(environment)).map(({ service, host, port }) => ({
    variable: host,
    address: partsAddress(service, own(environment, host) ?? '', value(profile, environment, port)),
  }));
  return [...urls, ...hosts].filter((row): row is NamedService => row.address !== null);
}

/** The database server at the code's default, where the environment says nothing of it. */
export function defaultDatabase(profile: Profile, environment: Environment): DefaultService | null {
  const { database } = profile;
  if (database === null || database.kind === 'sqlite') return null;
  const names = [database.variable, database.parts?.host].filter(name => typeof name === 'string');
  if (names.some(name => own(environment, name) !== undefined)) return null;

  const found = names.map(name => profile.environment.find(each => each.name === name));
  const [variable] = found.filter(each => each?.default !== null && each !== undefined);
  const fallback = variable?.default ?? '';
  const address =
    serviceAddress(fallback) ??
    (variable?.name === database.parts?.host
      ? partsAddress(database.kind, fallback, value(profile, environment, database.parts?.port))
      : null);
  if (variable !== undefined && address !== null)
    return { address, variable: variable.name, evidence: variable.source };

  const fast = serviceAddress(database.server ?? '');
  return fast === null ? null : { address: fast, variable: null, evidence: profile.evidence.database ?? null };
}

/** Brokers (Redis, RabbitMQ) whose address no variable of the environment sets. */
export function defaultBrokers(profile: Profile, environment: Environment): readonly DefaultService[] {
  return profile.services.flatMap(service => {
    const usual = brokerKinds.has(service) ? partsAddress(service, 'localhost', undefined) : null;
    if (usual === null) return [];

    const hosts = hostVariables(
      profile,
      profile.environment.map(({ name }) => name),
    ).filter(each => each.service === service);
    const naming = profile.environment.filter(
      ({ name, default: fallback }) =>
        hosts.some(({ host }) => host === name) ||
        [own(environment, name), fallback].some(text => serviceAddress(text ?? '')?.kind === usual.kind),
    );
    if (naming.some(({ name }) => own(environment, name) !== undefined)) return [];

    const [first] = naming;
    const port = hosts.find(({ host }) => host === first?.name)?.port;
    const address =
      serviceAddress(first?.default ?? '') ??
      partsAddress(service, first?.default || 'localhost', value(profile, environment, port)) ??
      usual;
    return [{ address, variable: first?.name ?? null, evidence: first?.source ?? profile.evidence.services ?? null }];
  });
}

const brokerKinds: ReadonlySet<string> = new Set(['redis', 'rabbitmq']);

interface HostVariable {
  readonly service: string;
  readonly host: string;
  readonly port: string | undefined;
}

/** REDIS_HOST with REDIS_PORT, and the parts of the database. */
function hostVariables({ services, database }: Profile, names: readonly string[]): readonly HostVariable[] {
  const ofDatabase =
    database?.parts?.host !== undefined && names.includes(database.parts.host)
      ? [{ service: database.kind, host: database.parts.host, port: database.parts.port }]
      : [];
  const others = services.filter(service => brokerKinds.has(service));
  return [
    ...ofDatabase,
    ...names.flatMap(host => {
      const service = others.find(each => host.includes(each.toUpperCase()));
      return service === undefined || !/(HOST|HOSTNAME|SERVER)$/.test(host) || /^(USE|ENABLE|WITH|HAS)_/.test(host)
        ? []
        : [{ service, host, port: host.replace(/(HOST|HOSTNAME|SERVER)$/, 'PORT') }];
    }),
  ];
}

/** What a variable holds: what is set, else the code's default. */
function value({ environment: known }: Profile, environment: Environment, name: string | undefined) {
  if (name === undefined) return undefined;
  return own(environment, name) ?? known.find(each => each.name === name)?.default ?? undefined;
}
