import { expect, test } from 'vitest';
import { emptyInstall } from '../install/manifest.ts';
import { systemPackages } from './system-packages.ts';

test.each([
  [{ flask: '==3.1.3' }, []],
  [{ psycopg2: '' }, ['build-essential', 'libpq-dev', 'python3-dev']],
  [{ 'psycopg2-binary': '==2.9.9' }, []],
  [{ lxml: '==4.2.1' }, ['build-essential', 'libxml2-dev', 'libxslt1-dev', 'python3-dev']],
  [{ lxml: '==5.3.0', pillow: '>=8' }, []],
  [{ psutil: '==5.6.0' }, ['build-essential', 'python3-dev']],
  [{ 'opencv-python': '', 'opencv-python-headless': '' }, ['libgl1', 'libglib2.0-0']],
  [
    { weasyprint: '==60.1', 'python-magic': '' },
    ['libharfbuzz-subset0', 'libmagic1', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
  ],
  [
    { pycairo: '', pygobject: '' },
    ['build-essential', 'libcairo2-dev', 'libgirepository1.0-dev', 'pkg-config', 'python3-dev'],
  ],
] as const)('%j', (declared, expected) => {
  expect(systemPackages({ ...emptyInstall, declared })).toEqual(expected);
});
