import { describe, expect, it } from 'vitest';
import { addressWords, partsAddress, serviceAddress } from './service-address.ts';

const words = (address: ReturnType<typeof serviceAddress>) =>
  address === null ? null : `${address.kind} ${addressWords(address)}`;

describe('serviceAddress', () => {
  it.each([
    ['redis://', 'Redis localhost:6379'],
    ['redis:///1', 'Redis localhost:6379'],
    ['redis://:pw@cache:6380/0', 'Redis cache:6380'],
    ['redis+socket:///run/redis.sock?virtual_host=1', 'Redis /run/redis.sock'],
    ['unix:///run/redis.sock', 'Redis /run/redis.sock'],
    ['amqps://u:p@mq//', 'RabbitMQ mq:5671'],
    ['postgresql+psycopg2://u:p@db/shop', 'PostgreSQL db:5432'],
    ['postgresql://u:p@[::1]:5433/shop', 'PostgreSQL ::1:5433'],
    ['postgresql://u:p@one,two:5433/shop', 'PostgreSQL one:5432, two:5433'],
    ['postgresql:///shop?host=/run/postgresql', 'PostgreSQL /run/postgresql/.s.PGSQL.5432'],
    ['postgresql:///shop?host=db&port=5433', 'PostgreSQL db:5433'],
    ['postgresql://%2Frun%2Fpg/shop', 'PostgreSQL /run/pg/.s.PGSQL.5432'],
    ['mysql+pymysql://u@/shop?unix_socket=/run/mysqld/mysqld.sock', 'MySQL /run/mysqld/mysqld.sock'],
    ['mongodb://a:1,b:2/shop', 'MongoDB a:1, b:2'],
    ['mongodb+srv://cluster.example/shop', null],
    ['postgresql:///shop', null],
    ['postgresql://%ZZ/shop', null],
    ['sqlite:///app.db', null],
    ['hello', null],
    ['constructor://h:1/x', null],
  ])('%s', (url, want) => expect(words(serviceAddress(url))).toBe(want));
});

describe('partsAddress', () => {
  it.each([
    ['postgresql', 'db', undefined, 'PostgreSQL db:5432'],
    ['postgresql', 'db:5433', '', 'PostgreSQL db:5433'],
    ['postgresql', '/run/postgresql', '5433', 'PostgreSQL /run/postgresql/.s.PGSQL.5433'],
    ['mysql', 'db', '3307', 'MySQL db:3307'],
    ['redis', 'cache', undefined, 'Redis cache:6379'],
    ['rabbitmq', 'mq', undefined, 'RabbitMQ mq:5672'],
    ['mysql', 'db', 'tcp://db:3306', null],
    ['other', 'db', undefined, null],
    ['postgresql', 'a b', undefined, null],
  ])('%s %s %s', (kind, host, port, want) => expect(words(partsAddress(kind, host, port))).toBe(want));
});
