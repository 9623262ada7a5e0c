import { expect, test } from 'vitest';
import { openPythonParser } from '../../src/act/source/python-parser.ts';
import { profileOf } from '../../src/read/detect/profile.ts';
import { textFiles } from '../support/repo-files.ts';

const parse = await openPythonParser();
const folder = { 'migrations/env.py': '', 'migrations/versions/1.py': 'revision = "1"\ndown_revision = None\n' };
const flask = 'from flask import Flask\n';

function migrations(texts: Readonly<Record<string, string>>) {
  const files = textFiles({ 'requirements.txt': 'flask\nflask-migrate\n', ...folder, ...texts });
  const { profile } = profileOf(files, parse, { app: 'x' });
  return { ...profile.migrations, at: profile.evidence.migrations, said: profile.problems.map(({ id }) => id) };
}

const factory = (body: string) =>
  `import os\n${flask}from flask_migrate import Migrate, upgrade\nfrom alembic import command\n\ndef set_up(app):\n    Migrate(app)\n${body}\ndef create_app():\n    app = Flask(__name__)\n    set_up(app)\n    return app\n`;

test.each([
  ['its factory', { 'app.py': factory('    upgrade()\n') }, 'app.py:8'],
  ["Alembic's command", { 'app.py': factory('    command.upgrade(None, "head")\n') }, 'app.py:8'],
  [
    'its module',
    {
      'app.py': `${flask}import flask_migrate\napp = Flask(__name__)\nwith app.app_context():\n    flask_migrate.upgrade()\n`,
    },
    'app.py:5',
  ],
])('an app that migrates itself in %s has no command', (_, texts, at) => {
  expect(migrations(texts)).toMatchObject({ tool: 'self', command: '', folder: 'migrations', at });
});

test('its folder is the one that it names', () => {
  const texts = {
    'shop/migrations/env.py': '',
    'shop/migrations/versions/1.py': '',
    'shop/migrations/script.py.mako': '',
  };
  const app = factory('    upgrade(os.path.join(app.root_path, "migrations"))\n');
  expect(migrations({ ...texts, 'shop/__init__.py': app })).toMatchObject({ tool: 'self', folder: 'shop/migrations' });
});

test.each([
  ['a command of its own does', '@app.cli.command("deploy")\ndef deploy():\n    upgrade()\n'],
  ['nothing calls it', 'def later():\n    upgrade()\n'],
  ['only its own start by hand does', 'if __name__ == "__main__":\n    upgrade()\n'],
])('an app does not migrate itself where %s', (_, more) => {
  const app = `${flask}from flask_migrate import Migrate, upgrade\napp = Flask(__name__)\nMigrate(app)\n${more}`;
  expect(migrations({ 'app.py': app })).toMatchObject({ tool: 'flask-migrate', command: 'flask db upgrade' });
});

const app = `${flask}app = Flask(__name__)\n`;
const script = `from flask_migrate import Migrate, MigrateCommand\nfrom flask_script import Manager\nfrom app import app\nMigrate(app)\nmanager = Manager(app)\nmanager.add_command("database", MigrateCommand)\n`;
const group =
  'import click\nfrom flask.cli import FlaskGroup\nfrom flask_migrate import Migrate\nfrom app import app\nMigrate(app)\n\n@click.group(cls=FlaskGroup)\ndef cli():\n    pass\n';

test.each([
  [
    "Flask-Script's",
    { 'manage.py': `${script}if __name__ == "__main__":\n    manager.run()\n` },
    'python manage.py database upgrade',
  ],
  ["a click group's", { 'tool.py': `${group}if __name__ == "__main__":\n    cli()\n` }, 'python tool.py db upgrade'],
  [
    'an installed script',
    { 'tool.py': group, 'pyproject.toml': '[project]\nname = "x"\n[project.scripts]\nshop = "tool:cli"\n' },
    'shop db upgrade',
  ],
])('migrations that only a program of the app knows run through it: %s', (_, texts, command) => {
  expect(migrations({ 'app.py': app, ...texts })).toMatchObject({ tool: 'flask-migrate', command, said: [] });
});

test('an old Flask-Migrate has no flask command', () => {
  const texts = {
    'app.py': `${app}from flask_migrate import Migrate\nMigrate(app)\n`,
    'manage.py': `${script}if __name__ == "__main__":\n    manager.run()\n`,
  };
  expect(migrations(texts).command).toBe('flask db upgrade');
  const old = { ...texts, 'requirements.txt': 'flask\nflask-migrate==1.8.0\n' };
  expect(migrations(old).command).toBe('python manage.py database upgrade');
});
