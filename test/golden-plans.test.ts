import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPythonParser } from '../src/act/source/python-parser.ts';
import { deployPlan } from '../src/decide/deploy-plan.ts';
import { phases } from '../src/model/phases.ts';
import { plan as planSchema } from '../src/model/plan-schema.ts';
import type { ParsePython } from '../src/model/repo-files.ts';
import { profileOf } from '../src/read/detect/profile.ts';
import { exampleDeployment, type GoldenFacts } from './support/example-deployment.ts';
import { repoFiles } from './support/repo-files.ts';

const root = join(import.meta.dirname, '..');
const golden = join(root, 'test/golden');
const facts: GoldenFacts = JSON.parse(readFileSync(join(golden, 'facts.json'), 'utf8'));
const examples = readdirSync(join(root, 'examples')).filter(name =>
  existsSync(join(root, 'examples', name, 'README.md')),
);
let parse: ParsePython;

beforeAll(async () => {
  parse = await openPythonParser();
});

describe.each(examples)('the plan of examples/%s', app => {
  const decide = () => {
    const files = repoFiles(join(root, 'examples', app));
    return deployPlan(exampleDeployment(app, { files, ...profileOf(files, parse, { app }) }, facts));
  };

  it('is what its goldens say', () => {
    const { plan, blobs } = decide();
    const written = plan.steps.flatMap(({ action }) =>
      action.do === 'write' && blobs[action.blob] !== undefined ? [[action.path, blobs[action.blob] ?? '']] : [],
    );
    compare(join(golden, app, 'plan.json'), `${JSON.stringify(plan, null, 1)}\n`);
    compare(join(golden, app, 'files.json'), `${JSON.stringify(Object.fromEntries(written), null, 1)}\n`);
  });

  it('fits the schema, runs its phases in order, and is the same twice', () => {
    const { plan } = decide();
    const order = plan.steps.map(step => phases.indexOf(step.phase));

    expect(planSchema.safeParse(plan).error?.issues ?? []).toEqual([]);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(plan.steps.map(step => step.id)).size).toBe(plan.steps.length);
    expect(JSON.stringify(decide())).toBe(JSON.stringify(decide()));
  });

  it('holds no value of the environment', () => {
    const { plan } = decide();
    expect(JSON.stringify(plan)).not.toContain('generated-SECRET_KEY');
  });
});

/** `UPDATE_GOLDENS=1` writes them anew; their diff is the review. */
function compare(file: string, text: string): void {
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
