import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../src/model/profile.ts';
import { all } from '../src/read/failures/causes/_all.gen.ts';
import { explainedFailure } from '../src/read/failures/explain.ts';
import type { Explanation, FailureContext } from '../src/read/failures/failure.ts';

/** One recorded failure: what the tools said, and what a person is told. The folder's name is the cause. */
interface Case {
  /** Which tool said it. */
  readonly recorded: string;
  readonly context: Omit<Partial<FailureContext>, 'profile'> & { readonly profile?: Partial<Profile> };
  readonly want: Explanation;
}

const folder = fileURLToPath(new URL('cases/failures', import.meta.url));
const cases = readdirSync(folder).flatMap(cause =>
  readdirSync(`${folder}/${cause}`).map(file => ({ cause, file, ...read(`${folder}/${cause}/${file}`) })),
);

test.each(cases)('$cause/$file', ({ cause, context, want }) => {
  const { code, person: _, ...said } = explainedFailure(failureContext(context));

  expect(code).toBe(cause);
  expect(said).toEqual(want);
});

describe('the causes', () => {
  test.each(all)('$code has a case', ({ code }) => {
    expect(cases.map(({ cause }) => cause)).toContain(code);
  });

  test('every folder of cases belongs to a cause, or to none', () => {
    const codes = new Set([...all.map(({ code }) => code), 'unknown']);
    expect(cases.map(({ cause }) => cause).filter(cause => !codes.has(cause))).toEqual([]);
  });

  test('are asked in an order that is fixed: no two have the same rank', () => {
    expect(new Set(all.map(({ rank }) => rank)).size).toBe(all.length);
  });

  test('have a file of their own name', () => {
    const files = readdirSync(fileURLToPath(new URL('../src/read/failures/causes', import.meta.url)));
    for (const { code } of all) expect(files).toContain(`${code}.ts`);
  });
});

describe('what people are told', () => {
  test('no password, no path of a release', () => {
    for (const { context } of cases) {
      const { what, evidence, next } = explainedFailure(failureContext(context));
      const text = [what, ...evidence, ...next].join('\n');
      expect(text).not.toMatch(/s3cret/);
      expect(text).not.toMatch(/releases\/v\d/);
    }
  });

  test('a password in the address of an index is masked', () => {
    const output = ['error: Failed to fetch: https://shop:hunter2@index.example/simple/flask/', '  cause: dns error'];
    const { evidence } = explainedFailure(failureContext({ step: 'build.venv', phase: 'build', output }));
    expect(evidence).toEqual([
      'error: Failed to fetch: https://shop:***@index.example/simple/flask/',
      'cause: dns error',
    ]);
  });

  test('an output that nobody knows is cut to twelve lines', () => {
    const output = Array.from({ length: 80 }, (_, index) => `line ${index + 1}`);
    const { code, evidence } = explainedFailure(failureContext({ output }));
    expect(code).toBe('unknown');
    expect(evidence).toEqual(output.slice(-12));
  });
});

function failureContext({ profile, ...context }: Case['context']): FailureContext {
  return {
    step: 'build.command:1',
    phase: 'build',
    reason: 'exit',
    message: 'exited with status 1',
    output: [],
    environmentNames: [],
    app: 'shop',
    target: 'local',
    python: '3.12.1',
    ...context,
    profile: { ...plainProfile, ...profile },
  };
}

const plainProfile: Profile = {
  schema: 1,
  app: 'shop',
  root: '.',
  framework: 'flask',
  entry: 'app:app',
  candidates: [],
  evidence: {},
  python: { requires: null, source: null },
  dependencies: { manager: 'pip', files: ['requirements.txt'], pinned: true, hashes: false },
  install: { project: false, system: [] },
  migrations: null,
  initCommands: [],
  database: null,
  environment: [],
  listens: null,
  processes: {},
  static: [],
  build: [],
  unbuilt: [],
  health: null,
  routes: [],
  services: [],
  state: [],
  needs: { websocket: false, gevent: false, singleProcess: false },
  worker_class: 'gthread',
  problems: [],
};

function read(path: string): Case {
  return JSON.parse(readFileSync(path, 'utf8'));
}
