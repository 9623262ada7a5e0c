import { expect, test } from 'vitest';
import { openPythonParser } from '../src/act/source/python-parser.ts';
import { deployPlan } from '../src/decide/deploy-plan.ts';
import { profileOf } from '../src/read/detect/profile.ts';
import facts from './golden/facts.json' with { type: 'json' };
import { exampleDeployment, type GoldenFacts } from './support/example-deployment.ts';
import { textFiles } from './support/repo-files.ts';

const app = `from flask import Flask
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///x.db"
db = SQLAlchemy(app)
@app.cli.command()
def initdb():
    db.create_all()
`;
const migrated = `${app}from flask_migrate import Migrate\nmigrate = Migrate(app, db)\n`;

async function stepsOf(requirements: string, text: string): Promise<readonly string[]> {
  const files = textFiles({ 'requirements.txt': requirements, 'app.py': text, 'migrations/env.py': '' });
  const read = profileOf(files, await openPythonParser(), { app: 'shop' });
  const { plan } = deployPlan(exampleDeployment('shop', { ...read, files }, facts as unknown as GoldenFacts));
  return plan.steps.map(({ id }) => id).filter(id => /^migrate\.(import|init|run)$/.test(id));
}

test.each([
  ['flask==1.1.4\nflask-sqlalchemy', app, ['migrate.import', 'migrate.init']],
  ['flask==3.1.0\nflask-sqlalchemy', app, ['migrate.init', 'migrate.import']],
  ['flask==1.1.4\nflask-sqlalchemy\nflask-migrate', migrated, ['migrate.import', 'migrate.run']],
  ['flask\nflask-sqlalchemy\nflask-migrate', migrated, ['migrate.run']],
])("Flask's command hid import errors before 2.0: %j", async (requirements, text, steps) => {
  expect(await stepsOf(requirements, text)).toEqual(steps);
});
