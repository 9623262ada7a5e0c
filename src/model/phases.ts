/** The activation's chapters, in the order in which they run (design.md §1). */
export const phases = [
  'lock',
  'preflight',
  'build',
  'state',
  'snapshot',
  'migrate',
  'start',
  'gate',
  'switch',
  'workers',
  'watch',
  'drain',
  'prune',
] as const;
