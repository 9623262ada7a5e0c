import type { Explanation } from './failure.ts';

/** What npm says of a failure that a person can mend; null: its words tell of none that is known. */
export function npmFault(output: readonly string[]): Explanation | null {
  const said = output.map(line => line.replace(/^npm (?:error|ERR!) ?/, '').trim());
  return missingTool(said) ?? missingScript(said) ?? staleLock(said) ?? conflict(said);
}

function missingTool(said: readonly string[]): Explanation | null {
  const line = said.find(each => /^sh: (?:(?:line )?\d+: )?\S+: (?:command )?not found$/.test(each));
  const tool = line?.match(/(\S+): (?:command )?not found$/)?.[1];
  if (line === undefined || tool === undefined || !said.some(each => each.startsWith('> '))) return null;

  return {
    what: `The script of package.json calls ${tool}, and no installed package has it.`,
    evidence: [...said.filter(each => each.startsWith('> ')).slice(-1), line],
    next: [
      `npm install --save-dev PACKAGE    # in the folder of package.json: the package that has ${tool}`,
      'or install first, in decant.yaml: build: [npm ci, npm run build]',
    ],
  };
}

function missingScript(said: readonly string[]): Explanation | null {
  const line = said.find(each => /^Missing script: "/.test(each));
  if (line === undefined) return null;

  return {
    what: `package.json has no script ${line.slice('Missing script: '.length)}.`,
    evidence: [line],
    next: [
      'npm run    # in the folder of package.json: names those that it has',
      'and name one of them in decant.yaml',
    ],
  };
}

function staleLock(said: readonly string[]): Explanation | null {
  const missing = said.filter(each => /^(?:Missing|Invalid): .*lock file/.test(each));
  if (!said.includes('code EUSAGE') || missing.length === 0) return null;

  return {
    what: "npm's lock does not fit package.json, and `npm ci` installs only what both say.",
    evidence: missing.slice(0, 5),
    next: [
      'npm install    # in the folder of package.json; then commit the lock that it writes',
      'or in decant.yaml, without the lock: build: [npm install, npm run build]',
    ],
  };
}

function conflict(said: readonly string[]): Explanation | null {
  if (!said.includes('code ERESOLVE')) return null;

  const wanted = said.find(each => /^peer(?:Optional)? .* from /.test(each));
  const found = said.find(each => each.startsWith('Found: '));
  return {
    what: 'npm finds no versions of the packages that fit together.',
    evidence: [found, wanted].filter(each => each !== undefined),
    next: [
      'Name versions in package.json that fit together, and commit them with their lock',
      'or as npm before 7 did, in decant.yaml: build: [npm install --legacy-peer-deps, npm run build]',
    ],
  };
}
