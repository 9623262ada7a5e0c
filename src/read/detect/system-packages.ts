import type { Install } from '../../model/install.ts';

/** Debian packages without which a declared distribution can't be built; those that ship wheels for everyone are not here. */
export function systemPackages(install: Install): readonly string[] {
  const found = Object.keys(install.declared).flatMap(name =>
    Object.hasOwn(needed, name) ? (needed[name] ?? []) : [],
  );
  return [...new Set(found)].toSorted();
}

const needed: Readonly<Record<string, readonly string[]>> = {
  psycopg2: ['build-essential', 'libpq-dev', 'python3-dev'],
  mysqlclient: ['build-essential', 'default-libmysqlclient-dev', 'pkg-config', 'python3-dev'],
  'flask-mysqldb': ['build-essential', 'default-libmysqlclient-dev', 'pkg-config', 'python3-dev'],
  'python-ldap': ['build-essential', 'libldap2-dev', 'libsasl2-dev', 'python3-dev'],
  pycairo: ['build-essential', 'libcairo2-dev', 'pkg-config', 'python3-dev'],
  uwsgi: ['build-essential', 'python3-dev'],
  pylibmc: ['build-essential', 'libmemcached-dev', 'python3-dev', 'zlib1g-dev'],
  xmlsec: ['build-essential', 'libxmlsec1-dev', 'pkg-config', 'python3-dev'],
  pygraphviz: ['build-essential', 'graphviz', 'libgraphviz-dev', 'python3-dev'],
  pyodbc: ['build-essential', 'python3-dev', 'unixodbc-dev'],
};
