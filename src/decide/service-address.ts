import { own } from '../base/own.ts';

/** Where a server listens. */
export type Address = { readonly host: string; readonly port: number } | { readonly socket: string };

/** A server that a value names; any one of its addresses will do. */
export interface ServiceAddress {
  /** As people call it: "PostgreSQL". */
  readonly kind: string;
  readonly at: readonly Address[];
}

interface Service {
  readonly kind: string;
  readonly port: number;
  /** Without a host, its clients take localhost; those of databases a socket file that only they know. */
  readonly isLocal?: boolean;
}

const services: Readonly<Record<string, Service>> = {
  postgres: { kind: 'PostgreSQL', port: 5432 },
  postgresql: { kind: 'PostgreSQL', port: 5432 },
  mysql: { kind: 'MySQL', port: 3306 },
  mariadb: { kind: 'MySQL', port: 3306 },
  redis: { kind: 'Redis', port: 6379, isLocal: true },
  rediss: { kind: 'Redis', port: 6379, isLocal: true },
  unix: { kind: 'Redis', port: 6379 },
  amqp: { kind: 'RabbitMQ', port: 5672, isLocal: true },
  amqps: { kind: 'RabbitMQ', port: 5671, isLocal: true },
  pyamqp: { kind: 'RabbitMQ', port: 5672, isLocal: true },
  mongodb: { kind: 'MongoDB', port: 27017 },
};

const usualPorts: Readonly<Record<string, number>> = { postgresql: 5432, mysql: 3306, redis: 6379, rabbitmq: 5672 };

/**
 * The server that a URL like `postgresql+psycopg2://user:pw@host:port/db` names, with all of its hosts or its socket
 * (`?host=/run/postgresql`, `?unix_socket=`, `redis+socket://`); null for anything else.
 */
export function serviceAddress(value: string): ServiceAddress | null {
  const match = /^([a-z]+)(?:\+([a-z0-9_]+))?:\/\/(?:[^@/]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(value);
  const [, scheme = '', driver, hosts = '', path = '', query = ''] = match ?? [];
  const service = own(services, scheme);
  if (match === null || service === undefined || driver === 'srv') return null;

  const { kind } = service;
  if (scheme === 'unix' || driver === 'socket') return path === '' ? null : { kind, at: [{ socket: path }] };
  const { host, port, unix_socket: socket } = Object.fromEntries(new URLSearchParams(query));
  if (socket?.startsWith('/')) return { kind, at: [{ socket }] };
  const given = hosts === '' ? (host ?? '') : decoded(hosts);
  const list = given === '' && service.isLocal === true ? ['localhost'] : given.split(',').filter(each => each !== '');
  const at = list.map(each => addressOf(each, Number(port ?? service.port)));
  return at.length === 0 || at.some(each => each === null) ? null : { kind, at: at.filter(each => each !== null) };
}

/** The server of a database, or Redis and its like, that a host and a port name; `kind` as in a profile. */
export function partsAddress(kind: string, host: string, port: string | undefined): ServiceAddress | null {
  const usual = own(usualPorts, kind);
  if (usual === undefined || !/^\d*$/.test(port ?? '')) return null;
  const address = addressOf(host, Number(port || usual));
  return address === null ? null : { kind: own(services, kind)?.kind ?? 'RabbitMQ', at: [address] };
}

/** "db", "db:5433", "[::1]:5432", or the folder of PostgreSQL's socket. */
function addressOf(text: string, usual: number): Address | null {
  if (text.startsWith('/'))
    return { socket: /\.(sock|s\.PGSQL\.\d+)$/.test(text) ? text : `${text}/.s.PGSQL.${usual}` };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([\w.-]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  // A switch is no host: USE_REDIS_SERVER=true.
  if (host === undefined || /^(true|false|yes|no|on|off|\d+)$/i.test(host)) return null;
  return { host, port: port === undefined ? usual : Number(port) };
}

/** "localhost:6379", "a:1, b:2", "/run/redis.sock" */
export function addressWords({ at }: ServiceAddress): string {
  return at.map(each => ('socket' in each ? each.socket : `${each.host}:${each.port}`)).join(', ');
}

/** `%2Frun%2Fpostgresql` stands where a host does. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
