import { expect, test } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { migrationRevisions } from './migration-revisions.ts';

const profile = (tool: string) =>
  ({ root: 'backend', migrations: { tool, command: '', folder: 'migrations' } }) as unknown as Profile;
const texts: Readonly<Record<string, string>> = {
  'backend/migrations/env.py': 'revision = "env"\n',
  'backend/migrations/versions/a.py': '"""a"""\nrevision = "1a2b"\ndown_revision = None\n',
  'backend/migrations/versions/b.py': "revision: str = '3c4d'\ndown_revision: str | None = '1a2b'\n",
  'migrations/versions/c.py': 'revision = "other"\n',
};
const files = { paths: Object.keys(texts).sort(), text: (path: string) => texts[path] };

test.each([
  ['flask-migrate', ['1a2b', '3c4d']],
  ['alembic', ['1a2b', '3c4d']],
  ['django', []],
])('%s has %j', (tool, revisions) => {
  expect(migrationRevisions(files, profile(tool))).toEqual(revisions);
});
