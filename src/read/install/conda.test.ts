import { describe, expect, test } from 'vitest';
import { condaEnvironment } from './conda-environment.ts';

function one(spec: string) {
  return condaEnvironment(`dependencies:\n  - ${spec}\n`);
}

describe('a conda package in PEP 508', () => {
  test.each([
    ['flask', 'flask'],
    ['flask=3.1', 'flask==3.1.*'],
    ['flask=3.1.3=pyhd8ed1ab_0', 'flask==3.1.3'],
    ['flask==3.1.3', 'flask==3.1.3'],
    ['flask>=3,<4', 'flask>=3,<4'],
    ['flask 3.1.*', 'flask==3.1.*'],
    ['"flask >=3 "', 'flask>=3'],
    ['conda-forge::flask=3', 'flask==3.*'],
    ['flask=2.0.0rc1', 'flask==2.0.0rc1'],
    ["flask[version='>=3']", 'flask>=3'],
    ['flask=1.2|1.3', 'flask'],
    ['Flask-SQLAlchemy', 'flask-sqlalchemy'],
    ['pytorch=2.1', 'torch==2.1.*'],
    ['psycopg2', 'psycopg2-binary'],
    ['opencv=4.8', 'opencv-python-headless'],
  ])('%s', (spec, expected) => {
    expect(one(spec)?.taken.map(({ requirement }) => requirement)).toEqual([expected]);
  });

  test.each([
    'mkl',
    '_libgcc_mutex=0.1=main',
    'libgcc-ng',
    'vs2015_runtime',
    'ca-certificates',
    'ld_impl_linux-64',
    'pip',
    'vc=14.2',
  ])('%s is left out', spec => {
    expect([one(spec)?.taken, one(spec)?.left.length]).toEqual([[], 1]);
  });
});

test('Python itself, and the pip part', () => {
  const found = condaEnvironment('name: x\ndependencies:\n  - python=3.8\n  - pip:\n    - flask==3.1.3\n    - -e .\n');
  expect(found).toEqual({ python: '==3.8.*', taken: [], left: [], pip: ['flask==3.1.3', '-e .'] });
});

test.each(['x', 'services: {web: {}}', 'dependencies: {a: 1}', ': :', 'dependencies: ['])(
  '%s is no environment',
  text => {
    expect(condaEnvironment(text)).toBeUndefined();
  },
);
