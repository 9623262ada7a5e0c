import { defineFailure, type Explanation, type FailureContext } from '../failure.ts';
import { becauses, prose } from '../resolver.ts';

export default defineFailure({
  code: 'no-python-fits',
  means: 'No Python of this machine fits what the app or a package asks for',
  rank: 22,
  person: true,
  match: context =>
    context.phase === 'build' || context.phase === 'preflight' || context.phase === 'lock'
      ? (noInterpreter(context) ?? uvSays(context) ?? pipSays(context))
      : null,
});

function noInterpreter(context: FailureContext): Explanation | null {
  const said = [context.message, ...context.output].find(line =>
    /No interpreter found for |no Python fits/i.test(line),
  );
  if (said === undefined) return null;

  const { requires, source } = context.profile.python;
  return {
    what: requires === null ? 'No fitting Python is on this machine.' : `No Python on this machine fits "${requires}".`,
    evidence: [...(source === null ? [] : [`${source}  ${requires ?? ''}`.trim()]), said.trim()],
    next: [
      `uv python install ${wanted(requires ?? said) ?? context.python}    # or by your system's own packages`,
      ...(source === null ? [] : [`or declare another version in ${source.replace(/:\d+$/, '')}`]),
    ],
  };
}

function uvSays(context: FailureContext): Explanation | null {
  const found = /current Python version \(([^)]+)\) does not satisfy Python([^ ]+) and (\S+) depends on/.exec(
    prose(context.output),
  );
  if (found === null) return noWheel(context);

  const [, current = '', requires = '', dependency = ''] = found;
  return unfit(current, requires, dependency, becauses(context.output).slice(0, 1));
}

function noWheel(context: FailureContext): Explanation | null {
  const found = /(\S+) has no (?:usable )?wheels with a matching Python (?:ABI|version) tag/.exec(
    prose(context.output),
  );
  if (found === null) return null;

  const hint = /hint: (You require .+)/.exec(prose(context.output))?.[1];
  return {
    what: `${found[1]} has no wheel for Python ${context.python}, and no source to build it from.`,
    evidence: [...becauses(context.output).slice(0, 1), ...(hint === undefined ? [] : [hint.trim()])],
    next: [
      `Declare an older Python in .python-version, or pin a newer version of ${found[1]?.replace(/==.*/, '')}`,
      'decant up',
    ],
  };
}

function pipSays(context: FailureContext): Explanation | null {
  const project = line(context, /Package '([^']+)' requires a different Python: (\S+) not in '([^']+)'/);
  if (project !== null) return unfit(project[2] ?? '', project[3] ?? '', project[1] ?? '', [project.input.trim()]);

  const pin = line(context, /Could not find a version that satisfies the requirement (\S+?)==(\S+)/);
  const ignored = line(context, /Ignored the following versions that require a different python version: (.+)/);
  if (pin === null || ignored === null) return null;

  const [, name = '', version = ''] = pin;
  const requires = ignored[1]?.split('; ').find(entry => entry.startsWith(`${version} Requires-Python `));
  if (requires === undefined) return null;
  return unfit(context.python, requires.replace(/^.* Requires-Python /, ''), `${name}==${version}`, [requires]);
}

function unfit(current: string, requires: string, dependency: string, evidence: readonly string[]): Explanation {
  return {
    what: `${dependency} needs Python ${requires}, and this is Python ${current}.`,
    evidence,
    next: [
      `uv python install ${wanted(requires) ?? requires}    # or by your system's own packages`,
      `or pin a version of ${dependency.replace(/==.*/, '')} that still runs on Python ${current}`,
    ],
  };
}

/** "3.14" of ">=3.14,<4". */
function wanted(requires: string): string | undefined {
  return /\d+\.\d+/.exec(requires)?.[0];
}

function line(context: FailureContext, pattern: RegExp): RegExpExecArray | null {
  for (const text of context.output) {
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
  return null;
}
