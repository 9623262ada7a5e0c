import { defineFailure } from '../failure.ts';

const signs =
  /lock timeout|LockNotAvailable|database is locked|database table is locked|Lock wait timeout exceeded|deadlock detected/;

export default defineFailure({
  code: 'migration-locked',
  means: 'The migration waited for a lock in the database and gave up',
  rank: 30,
  person: false,
  match: ({ phase, output, message }) => {
    const said = [message, ...output].filter(line => signs.test(line)).at(-1);
    if (said === undefined || (phase !== 'migrate' && phase !== 'snapshot')) return null;

    return {
      what: 'The migration waited for a lock in the database and gave up, so that visitors did not have to wait.',
      evidence: [said.trim(), ...output.filter(line => line.startsWith('[SQL: '))],
      next: [...whoHolds(said), 'decant up    # again, when the long transaction has ended'],
    };
  },
});

function whoHolds(said: string): string[] {
  if (/is locked/.test(said)) return ['Close the program that writes to the SQLite file (a shell, a worker)'];
  if (/Lock wait timeout/.test(said)) return ['In MySQL: SHOW FULL PROCESSLIST;'];
  return ["In psql: SELECT pid, now() - xact_start AS since, query FROM pg_stat_activity WHERE state <> 'idle';"];
}
