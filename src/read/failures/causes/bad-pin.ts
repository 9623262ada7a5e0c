import { defineFailure, type Explanation, type FailureContext } from '../failure.ts';
import { becauses, prose } from '../resolver.ts';

export default defineFailure({
  code: 'bad-pin',
  means: 'A requirement names a version or a package that the index does not have',
  rank: 24,
  person: true,
  match: context => (context.phase === 'build' ? (uvSays(context) ?? pipSays(context)) : null),
});

function uvSays(context: FailureContext): Explanation | null {
  const text = prose(context.output);
  const version = /there (?:is|are) no versions? of (\S+?)(?= and|,|\.(?: |$))/.exec(text)?.[1];
  if (version !== undefined) return noVersion(context, version, becauses(context.output));

  const name = /(\S+) was not found in the (?:package registry|provided package locations)/.exec(text)?.[1];
  return name === undefined ? null : noPackage(context, name, becauses(context.output));
}

function pipSays(context: FailureContext): Explanation | null {
  for (const line of context.output) {
    const match = /satisfies the requirement (\S+).*\(from versions: (.*)\)/.exec(line);
    if (match === null) continue;

    const [, requirement = '', versions = ''] = match;
    const here = ` for Python ${context.python}`;
    // pip before 19.2 leaves it empty.
    if (versions === 'none' || versions.trim() === '')
      return noPackage(context, requirement.replace(/[<>=!~[].*/, '') + here, [line]);
    const newest = versions.split(', ').slice(-5).join(', ');
    return noVersion(context, requirement + here, [`the newest there are: ${newest}`]);
  }
  return null;
}

function noVersion(context: FailureContext, requirement: string, evidence: readonly string[]): Explanation {
  return {
    what: `There is no ${requirement} in the package index.`,
    evidence,
    next: [`Pin a version that exists in ${file(context)}, then: decant up`],
  };
}

function noPackage(context: FailureContext, name: string, evidence: readonly string[]): Explanation {
  return {
    what: `There is no package ${name} in the package index.`,
    evidence,
    next: [`Correct the name in ${file(context)}, or name the index that has it (PIP_INDEX_URL), then: decant up`],
  };
}

function file({ profile }: FailureContext): string {
  return profile.dependencies.files[0] ?? 'the requirements';
}
