import { own } from '../base/own.ts';

export interface ServiceAddress {
  /** As people call it: "PostgreSQL". */
  readonly kind: string;
  readonly host: string;
  readonly port: number;
}

const services: Readonly<Record<string, { kind: string; port: number; isLocal?: boolean }>> = {
  postgres: { kind: 'PostgreSQL', port: 5432 },
  postgresql: { kind: 'PostgreSQL', port: 5432 },
  mysql: { kind: 'MySQL', port: 3306 },
  mariadb: { kind: 'MySQL', port: 3306 },
  redis: { kind: 'Redis', port: 6379, isLocal: true },
  rediss: { kind: 'Redis', port: 6379, isLocal: true },
  amqp: { kind: 'RabbitMQ', port: 5672, isLocal: true },
  pyamqp: { kind: 'RabbitMQ', port: 5672, isLocal: true },
  mongodb: { kind: 'MongoDB', port: 27017 },
};

/**
 * The server that a URL like `postgresql+psycopg2://user:pw@host:port/db` names; null for anything else. Without a
 * host, clients of Redis and RabbitMQ take localhost, those of databases a socket file.
 */
export function serviceAddress(value: string): ServiceAddress | null {
  const match = /^([a-z]+)(?:\+[a-z0-9_]+)?:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#,]+)?(?::(\d+))?(?:[/?#]|$)/.exec(value);
  const service = own(services, match?.[1] ?? '');
  if (match === null || service === undefined) return null;

  const host = match[2]?.replace(/^\[|\]$/g, '') ?? (service.isLocal === true ? 'localhost' : null);
  if (host === null) return null;
  return { kind: service.kind, host, port: match[3] === undefined ? service.port : Number(match[3]) };
}
