import type { Problem } from '../../model/profile.ts';

/** A line of a requirements file that can't be installed elsewhere as it stands, and what was done about it. */
export interface Mended {
  readonly kind: 'path' | 'dropped' | 'system' | 'python';
  readonly name: string;
  readonly place: string;
}

/** One problem for each kind, naming every line. */
export function mendingProblems(mended: readonly Mended[], lostHashes: boolean): readonly Problem[] {
  const found = kinds.flatMap(({ kind, id, says }) => {
    const lines = mended.filter(each => each.kind === kind);
    const [first] = lines;
    if (first === undefined) return [];
    const names = lines.map(({ name, place }) => `${name} (${place})`).join(', ');
    return [{ id, message: `${says}: ${names}.`, place: first.place }];
  });
  const [first] = mended;
  if (!lostHashes || first === undefined) return found;
  const message =
    'The hashes of the requirements are not checked, since some of their lines can not be used as they stand.';
  return [...found, { id: 'hashes-unused', message, place: first.place }];
}

const kinds = [
  {
    kind: 'path',
    id: 'requirement-path',
    says: 'These lines name a path of the machine that froze them; only the name is used',
  },
  {
    kind: 'dropped',
    id: 'requirement-left-out',
    says: 'These lines name a path of the machine that froze them, and nothing that an index has; they are left out',
  },
  {
    kind: 'system',
    id: 'requirement-system',
    says: 'These packages exist for Windows or macOS only and are left out elsewhere',
  },
  {
    kind: 'python',
    id: 'requirement-python',
    says: 'Python 3 has these itself, and no index has them for it; they are left out',
  },
] as const;
