import { defineFailure } from '../failure.ts';
import { becauses } from '../resolver.ts';

export default defineFailure({
  code: 'pins-conflict',
  means: 'No set of versions satisfies all requirements',
  rank: 26,
  person: true,
  match: ({ output, phase, profile }) => {
    const evidence = [...uvConflict(output), ...pipConflict(output)];
    if (evidence.length === 0 || phase !== 'build') return null;

    return {
      what: 'The requirements contradict each other: no set of versions satisfies all of them.',
      evidence,
      next: [`Loosen one of these pins in ${profile.dependencies.files[0] ?? 'the requirements'}, then: decant up`],
    };
  },
});

function uvConflict(output: readonly string[]): readonly string[] {
  return output.some(line => line.includes('No solution found')) ? becauses(output) : [];
}

function pipConflict(output: readonly string[]): readonly string[] {
  const start = output.findIndex(line => line.startsWith('The conflict is caused by:'));
  if (start === -1) return [];

  const end = output.findIndex((line, index) => index > start && line.trim() === '');
  return output.slice(start + 1, end === -1 ? undefined : end).map(line => line.trim());
}
