import { defineFailure, type FailureContext } from '../failure.ts';

export default defineFailure({
  code: 'database-ahead',
  means: 'The database was migrated by newer code, and this code does not know its revision',
  rank: 46,
  person: true,
  match: context => {
    if (context.phase !== 'migrate') return null;

    const said = context.output.find(line => unknownRevision.test(line));
    const revision = unknownRevision.exec(said ?? '')?.[1] ?? missingRevision(context);
    if (revision === undefined) return null;

    const { code } = context.revisions ?? { code: [] };
    return {
      what: `The database is at revision ${revision}, which this code does not have.`,
      evidence: [
        ...(said === undefined ? [] : [said.trim()]),
        ...(code.length === 0 ? [] : [`the code has ${code.length} other revisions`]),
      ],
      next: [
        `Deploy a commit that has revision ${revision}, or commit its file; then: decant up`,
        `decant rollback -a ${context.app}    # older code on today's database: it runs no migration`,
      ],
    };
  },
});

const unknownRevision = /Can't locate revision identified by '([^']+)'/;

/** Flask-Migrate logs that error, and an app may have switched its logger off. */
function missingRevision({ revisions, reason }: FailureContext): string | undefined {
  if (revisions === undefined || revisions.code.length === 0 || reason !== 'exit') return undefined;
  return revisions.database.find(revision => !revisions.code.includes(revision));
}
