/** What other tools taught people's fingers, in our words: `config:set` is `config set`, `help up` is `up --help`. */
export function withHabits(argv: readonly string[], commands: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  if (first === undefined) return argv;
  if (first === 'releases:rollback') return ['rollback', ...rest];
  if (/^[a-z]+:[a-z]+$/.test(first)) return [...first.split(':'), ...rest];
  if (first === 'help' && rest[0] !== undefined && commands.includes(rest[0])) return [...rest, '--help'];
  return argv;
}
